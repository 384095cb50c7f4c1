import pytest

from analysis.data.load import load
from analysis.displacement import stocks
from analysis.displacement.scope import scope_of
from analysis.displacement.unhcr import unhcr_count
from analysis.errors import Incompatible
from analysis.numbers.estimate import Absent

DATA = load()
COUNT = unhcr_count(scope_of(DATA))


def test_the_sum_of_the_three_categories():
    # 417,010 + 1,181,156 + 6,042,706
    assert COUNT.people().value == 7_640_872
    assert COUNT.people().label.endswith("31 December 2025")


def test_the_regional_share_is_another_one_than_the_governments():
    # (199,736 + 645,242 + 6,042,706) / 7,640,872
    assert COUNT.share_in_region().value == pytest.approx(6_887_684 / 7_640_872)
    shares = [pair.share.value for pair in COUNT.shares]
    assert min(shares) == pytest.approx(0.881, abs=0.001)
    assert max(shares) == pytest.approx(0.957, abs=0.001)


def test_stacks_start_when_the_third_category_does():
    assert [c.period.last_day.year for c in COUNT.stacked] == list(range(2018, 2026))
    assert COUNT.stacked[0].sum.value == 3_078_217


def test_a_sum_without_the_third_category_refuses_to_meet_one_with_it():
    by_year = {c.period.last_day.year: c for c in COUNT.world}
    assert by_year[2017].sum.value == 157_368
    with pytest.raises(Incompatible):
        by_year[2018].sum - by_year[2017].sum


def test_the_series_breaks_in_2018():
    stretches = COUNT.series().stretches
    assert [s.stocks[0].period.last_day.year for s in stretches] == [2015, 2018]
    assert isinstance(COUNT.series().whole_change().people, Absent)


def test_hosts_are_ranked_by_the_sum_not_by_one_category():
    # Brazil: 149,501 + 33,237 + 549,534 = 732,272, before Chile, whose third category is larger
    ranked = [h.area for h in COUNT.hosts]
    assert ranked[:5] == ["COL", "PER", "BRA", "CHL", "ECU"]
    brazil = COUNT.hosts[2]
    assert brazil.sum.value == 732_272
    assert brazil.parts["other_people_in_need_of_international_protection"].value == 549_534


def test_a_reported_zero_counts_and_a_missing_category_does_not():
    areas = {h.area for h in COUNT.hosts}
    assert "DOM" in areas  # zero refugees are reported
    assert "USA" not in areas  # the data give asylum-seekers alone


@pytest.mark.parametrize("as_of", ["2020-05-31", "2023-12-31"])
def test_before_the_dataset_was_published_the_count_is_not_known(as_of):
    before = unhcr_count(scope_of(DATA.known(as_of)))
    assert before.stacked == ()
    assert "no source published by" in before.people().reason
    assert isinstance(before.share_in_region(), Absent)
    assert isinstance(before.largest_host(), Absent)
    assert before.table().rows == []


def test_the_two_definitions_refuse_to_be_compared():
    governments = stocks.abroad(scope_of(DATA), "WLD").leading[-1].people
    with pytest.raises(Incompatible):
        governments.meets(COUNT.people())
