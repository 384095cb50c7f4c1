"""Claims of the sources, recomputed: every verdict that can be checked on paper."""

import pytest
from made import estimate

from analysis.claims.verdicts import (
    PartOfWhole,
    Verdict,
    across_sources,
    count,
    of_one_source,
    parts_of_wholes,
    table,
    verdict,
)
from analysis.data.load import load
from analysis.numbers.estimate import Absent, Estimate, ratio, total


@pytest.fixture(scope="module")
def own():
    return {c.observation.key: c for c in of_one_source(load())}


@pytest.fixture(scope="module")
def across():
    return {c.observation.key: c for c in across_sources(load())}


def stated(value, *, resolution=1, hedge=""):
    return estimate("s", value, unit="percent", resolution=resolution, hedge=hedge)


def quotient(part, whole, step):
    sides = (estimate(k, v, resolution=step) for k, v in (("p", part), ("w", whole)))
    return ratio(*sides, unit="share")


@pytest.mark.parametrize(
    ("percent", "computed", "expected"),
    [
        # 20 of 100 exactly is 20 per cent.
        (20, quotient(20, 100, 0), Verdict.CONSISTENT),
        # 20.4 of 100 rounds to 20; 20.6 does not, and 20.6 million of 100 is no rounder.
        (20, quotient(20_400, 100_000, 0), Verdict.CONSISTENT),
        (20, quotient(20_600, 100_000, 0), Verdict.CONTRADICTED),
        # 6,527,064 of 7,710,887 is 84.65, not 84; 6.5 of 7.7 million is 84.4, which rounds to it.
        (84, quotient(6_527_064, 7_710_887, 0), Verdict.ONLY_IF_ROUNDED),
        # 5.96 (5.955-5.965) of 7.1 (7.05-7.15) is at most 84.6, not 84.9; 6.0 of 7.1 is 84.5.
        (90, quotient(5_960_000, 7_100_000, 100_000), Verdict.CONTRADICTED),
        (20, Absent("the whole is not stated with it", "share"), Verdict.NOT_COMPUTABLE),
    ],
)
def test_a_verdict_compares_the_two_ranges(percent, computed, expected):
    assert verdict(stated(percent), computed) is expected


def test_the_contradicted_claims_are_all_found_and_no_other(own):
    accused = {key for key, claim in own.items() if claim.verdict is Verdict.CONTRADICTED}
    # d088: 84.9 per cent beside 5.96 of more than 7.1 million (82.7-84.0).
    # f114: 2.14 billion beside 1.18 and 0.9782 billion (2.153-2.163).
    assert accused == {"d088", "f114"}
    rounded = {key for key, claim in own.items() if claim.verdict is Verdict.ONLY_IF_ROUNDED}
    assert rounded == {"d100"}


@pytest.mark.parametrize(
    "key",
    [
        "f005",  # the IOM plan's 20 per cent
        *("d017", "d212", "d297", "d298"),  # shares in the region
        *("f129", "f132", "f135", "f138", "f141", "f144", "f147"),  # the overview, month by month
        *("f022", "f033"),  # UNHCR's and the regional plan's coverage
        *("f091", "f167"),  # Venezuela's plan on both its bases
        "l030",  # five times
        *("f060", "f063", "f066", "f069", "f072", "f123", "f125", "f127", "f188"),  # FTS
        *("f023", "f037", "f181", "l010", "l012", "d132"),  # sums
        "f178",  # a gap
    ],
)
def test_what_holds_is_not_accused(own, key):
    assert own[key].verdict is Verdict.CONSISTENT
    assert {o.source for o in own[key].computed.observations} == {own[key].observation.source}


def test_a_claim_without_its_sides_is_not_computable_and_says_which(own):
    assert own["f112"].verdict is Verdict.NOT_COMPUTABLE
    assert own["f112"].computed.reason == "the whole is not stated with it"
    assert own["d126"].computed.reason == "the part is not stated with it"


def test_comparisons_across_sources_stand_apart(own, across):
    # 1.18 of 6.71 billion from another OCHA page is 17.6 per cent: the 18 of the highlights.
    assert across["f112"].verdict is Verdict.CONSISTENT
    assert round(across["f112"].computed.value, 3) == 0.176
    assert not across["f112"].own
    assert all(claim.own for claim in own.values())
    assert all(own[key].verdict is Verdict.NOT_COMPUTABLE for key in across)


def test_every_derived_figure_in_the_data_is_a_claim(own):
    data = load()
    derived = [o.key for o in data.displacement if o.unit == "percent"]
    derived += [o.key for o in data.funding if o.unit == "percent"]
    derived += [o.key for o in data.leverage if o.unit == "ratio"]
    assert set(derived) <= set(own)


def test_a_claim_is_known_only_with_its_source():
    keys = {c.observation.key for c in of_one_source(load().known("2020-05-31"))}
    assert "f005" in keys  # 26 May 2020
    assert "f112" not in keys  # 4 June 2020


def test_no_part_passes_its_whole():
    checks = parts_of_wholes(load())
    assert len(checks) > 50
    assert all(check.holds for check in checks)
    pairs = {(c.part.derivation, c.whole.derivation) for c in checks}
    assert ("d002", "d001") in pairs
    assert ("f095 + f096 + f097 + f098", "f094") in pairs


def test_a_part_passes_its_whole_only_beyond_every_reading():
    whole = estimate("w", 10, resolution=1)  # 9.5 to 10.5
    assert PartOfWhole("", estimate("p", 11, resolution=1), whole).holds  # 10.5 to 11.5
    assert not PartOfWhole("", estimate("p", 12, resolution=1), whole).holds
    assert PartOfWhole("", estimate("p", 12, resolution=1, hedge="up to"), whole).holds


def test_the_table_puts_the_contradicted_first_with_the_arithmetic(own):
    shown = table(list(own.values()), "Claims", "none")
    record = shown.as_record()
    assert [row[1] for row in record["rows"][:3]] == [
        "contradicted",
        "contradicted",
        "consistent only if rounded",
    ]
    first = next(row for row in record["rows"] if row[2] == "84.9 por ciento")
    assert first[4] == "5.96 million ÷ more than 7.1 million"
    assert first[3]["text"] == "83.9% (82.7–84.0%)"


def test_counts_rest_on_the_claims_counted(own):
    both = list(own.values())
    contradicted = count(both, Verdict.CONTRADICTED)
    assert contradicted.value == 2
    assert {o.key for o in contradicted.observations} == {"d088", "f114"}
    assert str(contradicted) == "2"
    assert count(both).value == len(both)


def test_a_sum_is_rounded_at_one_scale():
    # 1.18 and 0.9782 billion: 1.2 + 1.0 = 2.2 and 1.18 + 0.98 = 2.16, neither is 2.14.
    parts = [
        estimate("a", 1.18e9, unit="USD", resolution=1e7),
        estimate("b", 978.2e6, unit="USD", resolution=1e5),
    ]
    claim = Estimate.of(estimate("c", 2.14e9, unit="USD", resolution=1e7).observations[0])
    assert verdict(claim, total(parts)) is Verdict.CONTRADICTED
