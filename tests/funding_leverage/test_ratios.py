"""A ratio for every facility that has both sides, by status and basis, and why others have none."""

import pytest
from made_tables import made

from analysis.errors import NotAccepted
from analysis.funding_leverage.ratios import ratios, stated_against_computed
from analysis.numbers.estimate import Absent


def both(facility, investment, grants, *, role="loans", **changes):
    """Both sides of a ratio, as rows."""
    return [
        {"facility": facility, "role": role, "value": investment, **changes},
        {"facility": facility, "role": "non_reimbursable", "value": grants, **changes},
    ]


def one(role, value, **changes):
    return {"role": role, "value": value, **changes}


# Eight facilities; the words from which their bases are read stand in `facilities`.
SEVERAL = made(
    leverage=[
        *both("gcff-ecuador-2022", 500, 30),  # beside the grant: 16.67
        *both("gcff-ecuador-2020", 500, 6),  # buys down interest: 83.33
        *both("gcff-jordan-2016", 300, 51),  # a total that includes the grant: 5.88
        *both("idb-pledge-2020", 1100, 85, status="expected"),  # 12.94
        *both("idb-migration-initiative", 1320, 100, status="achieved"),  # 13.2
        *both("gcf-adb-project-2020", 1310, 100, status=""),  # climate finance: 13.1
        one("parent_loan", 100, facility="idb-costa-rica"),
        one("non_reimbursable", 20, facility="idb-costa-rica"),
        one("from_donors", 20, facility="idb-donor-pledges-2023"),
        one("matching", 5, facility="idb-donor-pledges-2023"),
        one("from_donors", 8, facility="gcff-us-commitment-2021"),
    ]
)


def test_each_ratio_is_investment_over_grants():
    found = {r.facility.key: r.value.value for r in ratios(SEVERAL).all}
    assert found == pytest.approx({
        "idb-migration-initiative": 13.2, "gcff-ecuador-2020": 500 / 6,
        "gcff-ecuador-2022": 500 / 30, "gcff-jordan-2016": 300 / 51,
        "idb-pledge-2020": 1100 / 85, "gcf-adb-project-2020": 13.1,
    })  # fmt: skip


def test_a_facility_without_a_ratio_says_why():
    reasons = {w.facility.key: w.reason for w in ratios(SEVERAL).without}
    assert len(reasons) == 3
    assert "the loan came first" in reasons["idb-costa-rica"]
    assert "both sides are grants" in reasons["idb-donor-pledges-2023"]
    assert "a contribution to a fund" in reasons["gcff-us-commitment-2021"]


def test_what_is_stated_of_a_facility_without_a_ratio_is_told():
    rows = ratios(SEVERAL).table_without().as_record()["rows"]
    (costa_rica,) = [row for row in rows if "Costa Rica" in row[0]]
    assert costa_rica[2] == "loan before the grant: USD 100; grants: USD 20"


def test_grants_that_lower_a_loans_interest_are_marked_whatever_their_size():
    marked = {r.facility.key for r in ratios(SEVERAL).all if r.buys_down}
    assert marked == {r.facility.key for r in ratios(SEVERAL).all if r.facility.buys_down}
    assert {"gcff-ecuador-2020", "gcff-ecuador-2022"} <= marked


def test_groups_hold_one_status_and_basis_and_climate_stands_apart():
    groups = ratios(SEVERAL).groups
    assert [group.title for group in groups] == [
        "Achieved, investment beside the grant",
        "Approved, investment beside the grant",
        "Approved, total that includes the grant",
        "Expected, investment beside the grant",
        "Climate finance: status not stated, investment beside the grant",
    ]
    assert [len(group.ratios) for group in groups] == [1, 2, 1, 1, 1]


def test_the_less_advanced_side_decides_the_status_and_both_are_named():
    loan, grant = both("gcff-colombia-2019", 750, 30, period="2019-04-12")
    data = made(leverage=[loan | {"status": "planned"}, grant])
    (row,) = ratios(data).table().as_record()["rows"]
    assert row[1] == "planned (grants approved), 12 April 2019"
    assert row[2:4] == ["loans and grants of USD 750", "grants of USD 30"]
    assert "part of a $750 million" in row[5]
    assert "makes the loan cheaper, not possible" in row[6]


def test_facilities_can_be_chosen():
    found = ratios(SEVERAL, ["idb-costa-rica", "gcff-ecuador-2022"])
    assert [r.facility.key for r in found.all] == ["gcff-ecuador-2022"]
    assert [w.facility.key for w in found.without] == ["idb-costa-rica"]


def test_an_unknown_facility_names_the_nearest_and_lists_all():
    with pytest.raises(NotAccepted, match=r"mean 'gcff-ecuador-2022'.*idb-pledge-2020"):
        ratios(SEVERAL, ["gcff-equador-2022"])


def test_one_chosen_before_it_was_known_says_so_and_draws_no_table():
    later = {"source": "later"}
    data = made(
        leverage=[*both("gcff-2017", 10, 2), *both("gcff-ecuador-2022", 500, 30, **later)],
        sources={"report": {"published": "2018"}, "later": {"published": "2022"}},
    ).known("2020-05-31")
    assert [r.facility.key for r in ratios(data).all] == ["gcff-2017"]
    found = ratios(data, ["gcff-ecuador-2022"])
    assert found.all == ()
    assert found.without[0].reason == "no source in this report’s data speaks of it"
    assert "in this report’s data" in found.table().as_record()["reason"]


def test_sides_of_two_sources_make_no_ratio():
    data = made(leverage=[one("loans", 400), one("non_reimbursable", 50, source="another")])
    (found,) = ratios(data).without
    assert found.reason == "no one source states both sides for one date"


def test_sides_of_two_dates_make_no_ratio():
    data = made(leverage=[one("loans", 400), one("non_reimbursable", 50, period="2021")])
    assert ratios(data).all == ()


def test_the_newest_pair_counts():
    data = made(
        leverage=[
            *both("gcff-ecuador-2022", 400, 50, period="2021"),
            *both("gcff-ecuador-2022", 600, 60, period="2022"),
        ]
    )
    (found,) = ratios(data).all
    assert found.value.value == 10  # 600 / 60, not 400 / 50


def test_a_pair_without_a_date_stands_for_the_present():
    data = made(
        leverage=[
            *both("gcff-cumulative", 400, 50, period=""),
            *both("gcff-cumulative", 600, 60, period="2022"),
        ]
    )
    (found,) = ratios(data).all
    assert found.value.value == 8  # 400 / 50
    assert "undated" in found.labelled.label


def test_no_grants_leave_the_ratio_undefined():
    (found,) = ratios(made(leverage=both("gcff-ecuador-2022", 400, 0))).all
    assert isinstance(found.value, Absent)
    assert "zero" in found.value.reason


def test_a_ceiling_leaves_a_bound_unknown():
    ceiling = one("loans", 400, hedge="up to", resolution=1)
    (found,) = ratios(made(leverage=[ceiling, one("non_reimbursable", 50)])).all
    assert (found.value.low, found.value.high) == (None, 8)


def test_ceilings_without_an_investment_are_no_ratio():
    data = made(leverage=[one("non_reimbursable", 50, hedge="up to", resolution=1)])
    assert "ceilings" in ratios(data).without[0].reason


def test_a_facility_not_read_yet_gets_no_ratio_until_its_basis_is_known():
    (found,) = ratios(made(leverage=both("new-fund", 400, 50))).without
    assert "has not been read" in found.reason


@pytest.mark.parametrize(("stated", "meets"), [(8, "yes"), (7, "no")])
def test_a_stated_ratio_is_held_against_its_sums(stated, meets):
    # 400 / 50 = 8; a stated 7 is 6.5 to 7.5
    ratio = one("stated_ratio", stated, unit="ratio", resolution=1, status="")
    data = made(leverage=[*both("gcff-ecuador-2022", 400, 50), ratio])
    (row,) = stated_against_computed(ratios(data).all).as_record()["rows"]
    assert row[2] == str(stated)  # in the source's words
    assert row[4] == meets
