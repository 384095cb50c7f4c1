"""Estimates: the worked values, the refusals, and properties that hold for any figures."""

import dataclasses
import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made import SOURCE, estimate, observation

from analysis.data.periods import Period
from analysis.errors import Incompatible
from analysis.numbers.estimate import (
    Absent,
    Estimate,
    annual_growth,
    concentration,
    gap,
    per_month,
    ratio,
    share,
    total,
)


def test_readings_of_one_sentence():
    # 101.5 million in grants, 1.32 billion of investment, 77.7 million from donors
    grants, investment, donors = (
        estimate(key, value, unit="USD", resolution=step)
        for key, value, step in (("g", 101.5e6, 1e5), ("i", 1.32e9, 1e7), ("d", 77.7e6, 1e5))
    )
    readings = [
        ratio(investment, grants - donors),
        ratio(investment - donors, grants),
        ratio(investment - grants, grants),
        ratio(investment, grants + donors),
        ratio(investment - donors, grants + donors),
    ]
    assert [round(r.value, 1) for r in readings] == [55.5, 12.2, 12.0, 7.4, 6.9]
    assert readings[0].derivation == "i / (g - d)"


def test_a_gap_keeps_the_range_of_both_sides():
    # 498.5 - 100 = 398.5 and 499.5 - 99 = 400.5
    required = estimate("a", 499e6, unit="USD", resolution=1e6)
    received = estimate("b", 100e6, unit="USD", resolution=1e6, hedge="nearly")
    missing = gap(required, received)
    assert (missing.value, missing.low, missing.high) == (399e6, 398.5e6, 400.5e6)


def test_an_observation_used_twice_is_one_variable():
    # p 9-11, others exactly 30: p/(p+30) runs from 9/39 to 11/41, not from 9/41 to 11/39.
    part = estimate("a", 10, resolution=2)
    result = share(part, total([part, estimate("b", 30)]))
    assert (result.low, result.high) == (pytest.approx(9 / 39), pytest.approx(11 / 41))
    assert (part - part).low == (part - part).high == 0


def test_a_share_of_a_stated_total_never_passes_the_whole():
    # 9-11 of 9.5-10.5: the wording allows 11/9.5, the meaning does not.
    result = share(estimate("a", 10, resolution=2), estimate("b", 10, resolution=1))
    assert result.high == 1
    assert result.low == pytest.approx(9 / 10.5)


def test_a_ratio_may_pass_one_where_a_share_may_not():
    result = ratio(estimate("a", 30, unit="USD"), estimate("b", 20, unit="USD"), unit="share")
    assert result.value == 1.5
    assert result.high == 1.5


def test_nothing_is_divided_by_zero():
    result = ratio(estimate("a", 5, unit="USD"), estimate("b", 0, unit="USD"))
    assert isinstance(result, Absent)
    assert "USD is zero" in result.reason


def test_a_range_that_reaches_zero_at_the_bottom_has_no_bounds():
    result = ratio(estimate("a", 5, unit="USD"), estimate("b", 1, unit="USD", resolution=2))
    assert (result.value, result.low, result.high) == (5, None, None)


def test_a_ceiling_leaves_the_low_end_open():
    ceiling = estimate("a", 25, unit="USD", resolution=1, hedge="up to")
    assert (ceiling.low, ceiling.high) == (None, 25)
    assert ratio(ceiling, estimate("b", 5, unit="USD")).low is None
    assert ratio(ceiling, estimate("b", 5, unit="USD")).high == 5


def test_percent_becomes_a_share():
    stated = estimate("a", 20, unit="percent", resolution=1)  # 19.5 to 20.5
    assert (stated.unit, stated.value) == ("share", pytest.approx(0.20))
    assert (stated.low, stated.high) == (pytest.approx(0.195), pytest.approx(0.205))


def test_growth_is_annual_and_refuses_less_than_a_year():
    before, after = estimate("a", 100_000), estimate("b", 146_410)
    # 1.1 to the fourth is 1.4641; four years have 1461 days
    assert annual_growth(before, after, 1461).value == pytest.approx(0.10)
    with pytest.raises(ValueError, match="at least 365 days; these are 364"):
        annual_growth(before, after, 364)


def test_a_yearly_rate_goes_by_days():
    # from 6,805,209 on 5 August 2022 to nearly 7.9 million at the end of 2024, 879 days
    before = estimate("a", 6_805_209)
    after = estimate("b", 7_900_000, resolution=100_000, hedge="nearly")
    rate = annual_growth(before, after, 879)
    assert rate.value == pytest.approx((7_900_000 / 6_805_209) ** (365.25 / 879) - 1)
    assert rate.formats["range"] == "6.39% a year (5.83–6.40%)"  # 6.3948 to the outside
    assert rate.derivation == "(b / a) ^ (365.25 / 879) - 1"


def test_change_per_month():
    # a twelfth of 365.25 days is 30.4375: 487 days are sixteen months
    change = per_month(estimate("b", 260) - estimate("a", 100), 487)
    assert change.unit == "persons/month"
    assert change.value == 10
    assert change.formats["value"] == "10 a month"
    assert change.derivation == "(b - a) / (487 / 30.4375)"


def test_concentration_by_hand():
    # shares .5 .3 .2 -> .25 + .09 + .04
    parts = [estimate(k, v) for k, v in (("a", 50), ("b", 30), ("c", 20))]
    assert concentration(parts).value == pytest.approx(0.38)


@pytest.mark.parametrize(
    ("a", "b", "trait"),
    [
        (estimate("a", 1), estimate("b", 1, unit="USD"), "unit, 'persons' and 'USD'"),
        (estimate("a", 1, nature="stock"), estimate("b", 1, nature="flow"), "'stock' and 'flow'"),
        (
            estimate("a", 1, definition="R4V"),
            estimate("b", 1, definition="UNHCR"),
            "definition, 'R4V' and 'UNHCR'",
        ),
    ],
)
def test_unlike_things_refuse_and_both_are_named(a, b, trait):
    for combine in (lambda: a + b, lambda: a - b, lambda: share(a, b), lambda: a.meets(b)):
        with pytest.raises(Incompatible, match=trait):
            combine()


def test_dollars_are_not_divided_by_persons():
    with pytest.raises(Incompatible, match=r"persons \(b\).*one is in USD, the other in persons"):
        ratio(estimate("a", 1, unit="USD"), estimate("b", 1))


def test_nothing_reported_is_not_zero():
    with pytest.raises(ValueError, match="nothing reported is not zero"):
        total([])


def test_ranges_that_meet_are_not_distinguishable():
    # 4 million to a tenth (3.8-4.2) and 3.9 million (3.85-3.95); more than 4.3 (4.3-4.4) and 5.1
    four = estimate("a", 4e6, resolution=4e5)
    assert four.meets(estimate("b", 3.9e6, resolution=1e5))
    assert not estimate("c", 4.3e6, resolution=1e5, hedge="more than").meets(
        estimate("d", 5.1e6, resolution=1e5)
    )


def test_record_holds_the_words_down_to_the_source():
    part, whole = estimate("a", 6_500_000), estimate("b", 7_700_000)
    record = share(part, whole).labelled("Share in the region").as_record()
    assert record["kind"] == "number"
    assert record["label"] == "Share in the region"
    assert record["observations"] == ["a", "b"]
    assert record["sources"] == ["press"]
    assert [o["as_stated"] for o in record["observation_records"]] == ["6,500,000", "7,700,000"]
    assert record["source_records"][0]["publisher"] == "Press"


MADE = {"source": SOURCE, "period": Period.parse("2024-07"), "place": "Colombia"}


def of_a_place(key, value, **changes):
    return Estimate.of(dataclasses.replace(observation(key, value), **(MADE | changes)))


def test_a_number_says_what_a_sentence_needs_where_all_its_figures_agree():
    one, other = of_a_place("a", 20), of_a_place("b", 30, place="World")
    when = {"date": "July 2024", "when": "in July 2024"}
    assert one.parts == {**when, "area": "Colombia", "source": "Press"}
    assert ratio(one, other).parts == {**when, "source": "Press"}
    assert ratio(one, other).about("Peru").parts["subject"] == "Peru"
    later = of_a_place("c", 50, period=Period.parse("2024-08-05"))
    assert (one + later).parts == {"area": "Colombia", "source": "Press"}
    assert (later - one).between(one, later).parts["from"] == "July 2024"
    assert (later - one).between(one, later).parts["to"] == "5 August 2024"
    assert "from" not in ((later - one).between(one, later) + one).parts
    assert one.as_record()["formats"]["date"] == "July 2024"
    assert (one.as_record()["period"], (one + later).as_record()["period"]) == ("2024-07", "")


@pytest.mark.parametrize(
    ("first", "last", "covers"),
    [
        ("2015-12-31", "2020-05", "53 months"),  # 1613 days, 52.99 months of 30.4375
        ("2022-08-05", "2023-12", "17 months"),  # 513 days, 16.85
        ("2020-04-30", "2020-05-31", "31 days"),
        ("2020-05-30", "2020-05-31", "1 day"),
    ],
)
def test_a_change_covers_the_days_between_its_dates(first, last, covers):
    before, after = (of_a_place(date, 20, period=Period.parse(date)) for date in (first, last))
    (aspect,) = (after - before).between(before, after).as_record()["basis"].values()
    assert aspect == f"covers {covers}, from {before.date} to {after.date}"


def test_what_is_computed_from_a_number_has_neither_its_noun_nor_its_basis():
    one, other = (of_a_place(key, 20).called("the people").on("way", "…") for key in ("a", "b"))
    for made in (one + other, one - other, ratio(one, other)):
        assert (made.noun, made.basis) == ("", ())
    assert one.labelled("People").as_record()["formats"]["called"] == "the people"


def test_an_inferred_date_says_so_wherever_it_stands():
    period = dataclasses.replace(Period.parse("2024-07"), inferred=True)
    assert of_a_place("inferred", 20, period=period).parts["date"] == "July 2024 (date inferred)"
    assert period == Period.parse("2024-07")  # it is the same month, only less sure


def test_who_reports_whom_is_said_once_and_many_sources_are_counted():
    press = dataclasses.replace(SOURCE, kind="reported", via="ANSA", publisher="R4V")
    others = [dataclasses.replace(SOURCE, key=key, publisher=key) for key in "wxyz"]
    parts = [of_a_place(s.key, 1, source=s) for s in (press, *others)]
    assert parts[0].parts["source"] == "R4V, as reported by ANSA"
    assert total(parts[1:4]).parts["source"] == "w, x, and y"
    assert total(parts[1:]).parts["source"] == "w, x, y, and 1 other source"


def test_an_absent_number_has_words_for_a_sentence():
    formats = Absent("no source states it", "share", "Share").as_record()["formats"]
    assert formats["date"] == "an unknown date"
    assert formats["source"] == "no source in this report’s data"


def test_absent_says_why_and_has_no_value():
    record = Absent("no source states both sides", "share", "Share").as_record()
    assert record["value"] is record["low"] is record["high"] is None
    assert record["formats"]["range"] == "not reported (no source states both sides)"


# Properties, for any figures and any wording of them.
HEDGES = st.sampled_from(["", "approximately", "more than", "at least", "nearly"])
FIGURES = st.integers(10, 10_000_000)
KEYS = itertools.count()


@st.composite
def amounts(draw, unit="persons"):
    value = draw(FIGURES)
    step = draw(st.sampled_from([0, 0.001, 0.01, 0.1])) * value
    hedge = draw(HEDGES) if step else ""
    return estimate(f"k{next(KEYS)}", value, unit=unit, resolution=step, hedge=hedge)


def narrower(e):
    o = e.observations[0]
    return estimate(o.key, o.value, unit=o.unit, resolution=o.resolution / 2, hedge=o.hedge)


def within(e):
    slack = 1e-9 * max(abs(e.value), 1e-9)
    return e.low - slack <= e.value <= e.high + slack


@given(amounts(), amounts(), amounts())
def test_a_value_lies_in_its_range(a, b, c):
    for result in (
        a,
        a + b,
        a - b,
        ratio(a, b),
        share(a, total([a, b, c])),
        concentration([a, b, c]),
    ):
        assert within(result)


@given(st.lists(amounts(), min_size=1, max_size=8))
def test_a_share_of_a_part_lies_between_nothing_and_all(parts):
    result = share(parts[0], total(parts))
    assert 0 <= result.low <= result.high <= 1


@given(amounts(), amounts(), amounts())
def test_shares_of_all_parts_add_to_one(a, b, c):
    whole = total([a, b, c])
    assert math.fsum(share(x, whole).value for x in (a, b, c)) == pytest.approx(1)


@given(amounts(), amounts(), amounts())
def test_narrower_inputs_never_widen_a_result(a, b, c):
    def results(x, y, z):
        return [x + y, x - y, ratio(x, y), share(x, total([x, y, z])), concentration([x, y, z])]

    tight = [narrower(x) for x in (a, b, c)]
    for wide, narrow in zip(results(a, b, c), results(*tight), strict=True):
        slack = 1e-9 * max(abs(wide.value), 1e-9)
        assert wide.low - slack <= narrow.low
        assert narrow.high <= wide.high + slack


@given(FIGURES, FIGURES, st.sampled_from([10, 1000, 1e6]), HEDGES)
def test_scaling_both_sides_leaves_a_ratio_unchanged(top, bottom, factor, hedge):
    def at(scale):
        return ratio(
            estimate("a", top * scale, resolution=top * scale / 10, hedge=hedge),
            estimate("b", bottom * scale, resolution=bottom * scale / 100),
        )

    for bound in ("value", "low", "high"):
        assert getattr(at(factor), bound) == pytest.approx(getattr(at(1), bound))


@given(st.lists(amounts(), min_size=2, max_size=7))
def test_concentration_lies_between_equal_and_single(parts):
    index = concentration(parts)
    assert 1 / len(parts) - 1e-9 <= index.low <= index.value <= index.high <= 1 + 1e-9


@given(st.lists(amounts(), min_size=2, max_size=4), st.data())
def test_no_figures_within_their_ranges_leave_the_range_of_concentration(parts, choose):
    index = concentration(parts)
    drawn = [
        p.low + choose.draw(st.floats(0, 1)) * (p.high - p.low) if p.high > p.low else p.value
        for p in parts
    ]
    assume(sum(drawn) > 0)
    at = sum((d / sum(drawn)) ** 2 for d in drawn)
    assert index.low - 1e-9 <= at <= index.high + 1e-9


def test_an_observation_that_is_corrected_makes_another_estimate():
    one, corrected = estimate("a", 10, resolution=2), estimate("a", 20, resolution=2)
    assert (one.value, one.high, one.formats["value"]) == (10, 11, "10")
    assert (corrected.value, corrected.high, corrected.formats["value"]) == (20, 21, "20")


def test_a_record_can_be_changed_and_the_estimate_stays():
    made = estimate("a", 30)
    made.as_record()["formats"]["value"] = "thirty"
    assert made.formats["value"] == "30"
