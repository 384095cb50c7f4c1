"""A ratio for every facility that has both sides, by status and basis, and why others have none."""

import csv
import shutil
from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.errors import NotAccepted
from analysis.funding_leverage.ratios import ratios, stated_against_computed
from analysis.numbers.estimate import Absent

FOLDER = Path(__file__).parents[2] / "data"
DATA = load(FOLDER)


@pytest.fixture
def tiny(tmp_path):
    """Return data whose leverage table holds only the rows given: role, value and what differs."""

    def made(*rows):
        shutil.copytree(FOLDER, tmp_path / "data")
        path = tmp_path / "data" / "leverage.csv"
        with open(path, encoding="utf-8", newline="") as stream:
            columns = next(csv.reader(stream))
        default = {
            "facility": "gcff-ecuador-2022", "area": "ECU", "status": "approved",
            "period": "2022", "unit": "USD", "resolution": "0", "source": "world-bank-2022",
        }  # fmt: skip
        with open(path, "w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
            writer.writeheader()
            for n, (role, value, changes) in enumerate(rows, 1):
                stated = {"observation": f"l{n:03}", "role": role, "value": value}
                writer.writerow({**default, **stated, "as_stated": str(value), **changes})
        return load(tmp_path / "data")

    return made


@pytest.mark.parametrize(
    ("key", "status", "basis", "value"),
    [
        ("idb-migration-initiative", "achieved", "beside", 13.0),  # 1,320 / 101.5
        ("gcff-2017", "cumulative", "beside", 5.0),  # 1,000 / 200
        ("gcff-2019", "cumulative", "beside", 5.0),  # 2,500 / 500
        ("gcff-cumulative", "cumulative", "beside", 7.66),  # 7,300 / 953
        ("idb-colombia-2021", "approved", "beside", 17.06),  # 300 / 17.589
        ("gcff-ecuador-2022", "approved", "beside", 16.67),  # 500 / 30
        ("gcff-ecuador-2020", "approved", "beside", 83.33),  # 500 / 6
        ("gcff-jordan-2016", "approved", "including", 5.88),  # 300 / 51
        ("idb-grant-facility-2019", "planned", "beside", 8.0),  # 800 / 100
        ("gcff-colombia-2019", "planned", "including", 23.81),  # 750 / 31.5
        ("idb-pledge-2020", "expected", "beside", 12.94),  # 1,100 / 85
        ("gcf-adb-project-2020", "", "beside", 13.1),  # 1,310 / 100
    ],
)
def test_the_ratios_of_the_data(key, status, basis, value):
    (found,) = [r for r in ratios(DATA).all if r.facility.key == key]
    assert (found.status, found.facility.basis) == (status, basis)
    assert found.value.value == pytest.approx(value, abs=6e-3)
    assert found.value.low <= found.value.value <= found.value.high


def test_there_are_no_others_and_each_of_those_says_why():
    found = ratios(DATA)
    assert len(found.all) == 12
    reasons = {w.facility.key: w.reason for w in found.without}
    assert set(reasons) == {
        "idb-costa-rica", "idb-donor-pledges-2023", "idb-grant-facility-2022",
        "idb-grant-facility-2022-phase-1", "gcff-us-commitment-2021",
    }  # fmt: skip
    assert "the loan came first" in reasons["idb-costa-rica"]
    assert "both sides are grants" in reasons["idb-donor-pledges-2023"]
    assert "ceilings" in reasons["idb-grant-facility-2022"]


def test_costa_ricas_two_sums_are_told_without_a_ratio():
    (row,) = [
        row for row in ratios(DATA).table_without().as_record()["rows"] if "Costa Rica" in row[0]
    ]
    assert row[2] == "grants: USD 20 million; loan before the grant: USD 100 million"


def test_small_buy_downs_are_flagged_by_size():
    # 6 of 500 and 31.5 of 750 million are below a twentieth; 30 of 500 and 51 of 300 are not
    flagged = {r.facility.key for r in ratios(DATA).all if r.small_buy_down}
    assert flagged == {"gcff-ecuador-2020", "gcff-colombia-2019"}


def test_groups_hold_one_status_and_basis_and_climate_stands_apart():
    groups = ratios(DATA).groups
    assert [group.title for group in groups] == [
        "Achieved, investment beside the grant",
        "Cumulative, investment beside the grant",
        "Approved, investment beside the grant",
        "Approved, total that includes the grant",
        "Planned, investment beside the grant",
        "Planned, total that includes the grant",
        "Expected, investment beside the grant",
        "Climate finance: status not stated, investment beside the grant",
    ]
    assert all(len({r.group for r in group.ratios}) == 1 for group in groups)


def test_the_less_advanced_side_decides_the_status_and_both_are_named():
    row = next(r for r in ratios(DATA).table().as_record()["rows"] if "Colombia 2019" in r[0])
    assert row[1] == "planned (grants approved), 12 April 2019"
    assert row[2:4] == ["loans and grants of USD 750 million", "grants of USD 31.5 million"]
    assert "part of a $750 million" in row[5]
    assert "small buy-down" in row[6]


def test_an_edition_knows_only_what_was_published():
    early = {r.facility.key for r in ratios(DATA.known("2020-05-31")).all}
    assert early == {
        "gcff-2017", "gcff-2019", "idb-grant-facility-2019", "gcff-colombia-2019",
        "idb-pledge-2020", "gcf-adb-project-2020",
    }  # fmt: skip


def test_facilities_can_be_chosen():
    found = ratios(DATA, ["idb-costa-rica", "gcff-ecuador-2022"])
    assert [r.facility.key for r in found.all] == ["gcff-ecuador-2022"]
    assert [w.facility.key for w in found.without] == ["idb-costa-rica"]


def test_an_unknown_facility_names_the_nearest_and_lists_all():
    with pytest.raises(NotAccepted, match=r"mean 'gcff-ecuador-2022'.*idb-pledge-2020"):
        ratios(DATA, ["gcff-equador-2022"])


def test_one_chosen_before_it_was_known_says_so_and_draws_no_table():
    found = ratios(DATA.known("2020-05-31"), ["gcff-ecuador-2022"])
    assert found.all == ()
    assert found.without[0].reason == "nothing was published by 31 May 2020"
    assert "31 May 2020" in found.table().as_record()["reason"]


def test_sides_of_two_sources_make_no_ratio(tiny):
    data = tiny(("loans", 400, {}), ("non_reimbursable", 50, {"source": "idb-2020"}))
    (found,) = ratios(data).without
    assert found.reason == "no one source states both sides for one date"


def test_sides_of_two_dates_make_no_ratio(tiny):
    data = tiny(("loans", 400, {}), ("non_reimbursable", 50, {"period": "2021"}))
    assert ratios(data).all == ()


def test_the_newest_pair_counts(tiny):
    data = tiny(
        ("loans", 400, {"period": "2021"}),
        ("non_reimbursable", 50, {"period": "2021"}),
        ("loans", 600, {}),
        ("non_reimbursable", 60, {}),
    )
    (found,) = ratios(data).all
    assert found.value.value == 10  # 600 / 60, not 400 / 50


def test_no_grants_leave_the_ratio_undefined(tiny):
    (found,) = ratios(tiny(("loans", 400, {}), ("non_reimbursable", 0, {}))).all
    assert isinstance(found.value, Absent)
    assert "zero" in found.value.reason


def test_a_ceiling_leaves_a_bound_unknown(tiny):
    ceiling = {"hedge": "up to", "resolution": "1"}
    (found,) = ratios(tiny(("loans", 400, ceiling), ("non_reimbursable", 50, {}))).all
    assert (found.value.low, found.value.high) == (None, 8)


def test_a_facility_not_read_yet_gets_no_ratio_until_its_basis_is_known(tiny):
    new = {"facility": "new-fund"}
    (found,) = ratios(tiny(("loans", 400, new), ("non_reimbursable", 50, new))).without
    assert "has not been read" in found.reason


def test_stated_ratios_meet_their_sums():
    rows = stated_against_computed(ratios(DATA).all).as_record()["rows"]
    # "five times" and 1,000 / nearly 200; "1:13" and 1,310 / 100 = 13.1
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("GCFF to April 2017", "five times that amount", "yes"),
        ("GCF and ADB, climate project", "a ratio of 1:13", "yes"),
    ]


def test_a_stated_ratio_off_its_sums_is_told(tiny):
    stated = ("stated_ratio", 7, {"unit": "ratio", "resolution": "1", "status": ""})
    data = tiny(("loans", 400, {}), ("non_reimbursable", 50, {}), stated)
    (row,) = stated_against_computed(ratios(data).all).as_record()["rows"]
    assert row[4] == "no"  # 400 / 50 = 8 is outside 6.5 to 7.5
