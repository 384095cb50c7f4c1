"""Claims of the sources, recomputed: every verdict that can be checked on paper."""

import pytest
from made import estimate
from made_tables import made

from analysis.claims.verdicts import (
    PartOfWhole,
    Verdict,
    across_sources,
    across_table,
    best,
    count,
    cut,
    meant,
    of_one_source,
    parts_of_wholes,
    parts_table,
    table,
    verdict,
)
from analysis.numbers.estimate import Absent, Estimate, ratio, total


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


SOURCES = {"report": {"published": "2020-05"}, "first": {"published": "2019"}}
SHARE = {"indicator": "share_in_region", "area": "LAC", "unit": "percent", "resolution": 1}
COVERAGE = {"measure": "coverage", "unit": "percent", "resolution": 1, "period": "2020-06-30"}
DATA = made(
    displacement=[
        {"value": 100},  # d001
        {"area": "LAC", "value": 80},  # d002
        SHARE | {"value": 80},  # d003: holds
        SHARE | {"value": 90},  # d004: does not
        SHARE | {"value": 80, "period": "2019"},  # d005: no side is stated with it
    ],
    funding=[
        {"measure": "required", "value": 200, "period": "2020-05-31"},  # f001
        {"value": 50, "period": "2020-06-30"},  # f002
        COVERAGE | {"value": 25, "source": "later"},  # f003: the sides are another source's
    ],
    leverage=[
        {"role": "loans", "value": 400},
        {"role": "non_reimbursable", "value": 50},
        {"role": "stated_ratio", "value": 8, "unit": "ratio", "resolution": 1},  # l003: holds
    ],
    sources=SOURCES,
)
OWN = {claim.observation.key: claim for claim in of_one_source(DATA)}


def test_every_derived_figure_is_held_against_its_own_sources_figures():
    assert {key: claim.verdict for key, claim in OWN.items()} == {
        "d003": Verdict.CONSISTENT,
        "d004": Verdict.CONTRADICTED,
        "d005": Verdict.NOT_COMPUTABLE,
        "f003": Verdict.NOT_COMPUTABLE,
        "l003": Verdict.CONSISTENT,
    }
    assert OWN["d003"].computed.derivation == "d002 / d001"


def test_a_claim_without_its_sides_says_which_is_missing():
    assert OWN["d005"].computed.reason == "the part is not stated with it"


def test_comparisons_across_sources_stand_apart():
    (claim,) = across_sources(DATA)
    assert claim.observation.key == "f003"
    assert claim.verdict is Verdict.CONSISTENT
    assert claim.computed.derivation == "f002 / f001"


def test_a_claim_is_known_only_with_its_source():
    assert of_one_source(DATA.known("2020-01-01")) == []


def test_no_part_passes_its_whole():
    whole, part, alone = {"value": 100}, {"area": "LAC", "value": 80}, {"period": "2019"}
    (check,) = parts_of_wholes(made(displacement=[whole, part, part | alone]))
    assert check.holds
    assert (check.part.derivation, check.whole.derivation) == ("d002", "d001")


def test_the_donors_of_a_plan_together_are_a_part_of_it():
    rows = [{"value": 100}, {"donor": "USA", "value": 70}, {"donor": "CAN", "value": 40}]
    (check,) = parts_of_wholes(made(funding=rows))
    assert check.part.derivation == "f002 + f003"
    assert not check.holds
    (row,) = parts_table([check], "Parts", "").rows
    assert (row[2], row[-1]) == ("2 parts added", "more than the whole")


def test_a_part_passes_its_whole_only_beyond_every_reading():
    whole = estimate("w", 10, resolution=1)  # 9.5 to 10.5
    assert PartOfWhole("", estimate("p", 11, resolution=1), whole).holds  # 10.5 to 11.5
    assert not PartOfWhole("", estimate("p", 12, resolution=1), whole).holds
    assert PartOfWhole("", estimate("p", 12, resolution=1, hedge="up to"), whole).holds


def test_the_table_puts_the_contradicted_first_with_the_arithmetic():
    rows = table(list(OWN.values()), "Claims", "none").rows
    assert [row[1] for row in rows] == [
        "contradicted", "consistent", "consistent", "not computable", "not computable",
    ]  # fmt: skip
    assert rows[0][2] == "90 (90%)"  # bare digits, as stated, and what they are
    assert rows[0][6] == "80 ÷ 100"
    assert rows[-1][6] == "the part is not stated with it"


def test_counts_rest_on_the_claims_counted():
    claims = list(OWN.values())
    contradicted = count(claims, Verdict.CONTRADICTED)
    assert contradicted.value == 1
    assert [o.key for o in contradicted.observations] == ["d004"]
    assert str(contradicted) == "1"
    assert count(claims).value == 5


def test_a_sum_is_rounded_at_one_scale():
    # 1.18 and 0.9782 billion: 1.2 + 1.0 = 2.2 and 1.18 + 0.98 = 2.16, neither is 2.14.
    parts = [
        estimate("a", 1.18e9, unit="USD", resolution=1e7),
        estimate("b", 978.2e6, unit="USD", resolution=1e5),
    ]
    claim = Estimate.of(estimate("c", 2.14e9, unit="USD", resolution=1e7).observations[0])
    assert verdict(claim, total(parts)) is Verdict.CONTRADICTED


# Colombia hosts 40 of 100 abroad and of 80 in the region; a bank says that it hosts half.
HALF = {"indicator": "share_of_outflow_hosted", "area": "COL", "unit": "percent", "resolution": 1}
PLAN = {"measure": "required"}
ACROSS = across_sources(made(
    displacement=[
        HALF | {"value": 50, "source": "bank", "as_stated": "50 per cent"},
        {"area": "COL", "value": 40, "source": "bank"},
        {"value": 100},
        {"area": "LAC", "value": 80, "source": "page"},
        {"value": 120, "source": "page"},
    ],
    funding=[
        PLAN | {"value": 618e6, "resolution": 1e6, "period": "2020-09"},
        PLAN | {"value": 618_874_087, "period": "2020-11-13", "source": "page"},
    ],
))  # fmt: skip


def test_what_is_meant_is_what_agrees_beside_the_nearest_that_differs():
    said = meant(ACROSS, "share_of_outflow_hosted")
    assert said.stated.value == said.agreeing.value == 0.5  # 40 of 80
    assert said.agreeing.subject == "those in the region"
    assert said.differing.value == 0.4  # of 100, nearer than a third of 120
    assert said.differing.subject == "all people abroad"


def test_where_no_reading_agrees_nothing_is_said_to_be_meant():
    assert all(isinstance(one, Absent) for one in meant(ACROSS, "growth_since_previous_report"))


def test_a_figure_cut_off_stands_beside_the_finer_one():
    assert [one.value for one in cut(ACROSS)] == [618e6, 618_874_087]
    assert all(isinstance(one, Absent) for one in cut([]))


def test_a_claim_counts_once_by_what_speaks_most_for_it():
    assert [c.verdict for c in best(ACROSS)] == [Verdict.CONSISTENT, Verdict.ONLY_IF_CUT]


def test_a_claim_across_sources_says_whose_figures_it_is_set_beside_and_accuses_nobody():
    rows = across_table(ACROSS, "Claims", "none").rows
    assert [row[-1] for row in rows] == [
        "agree", "differ", "differ", "agree if the finer figure is cut off, not rounded",
    ]  # fmt: skip
    assert [row[-2] for row in rows] == ["page, 2020", "report, 2020", "page, 2020",
                                         "page, 13 November 2020"]  # fmt: skip
    assert rows[0][1] == "50 per cent"
