"""The numbers whose revisions the report shows."""

from made_tables import made

from analysis.displacement.scope import scope_of
from analysis.funding_leverage.readings import FACILITY
from analysis.vintages.key_numbers import (
    coverage,
    idb_ratio,
    people_abroad,
    requirement,
    share_in_region,
)


def known(result):
    return [(str(v.known_from), round(v.estimate.value, 3)) for v in result.items]


SOURCES = {"first": {"published": "2020-05-26"}, "second": {"published": "2021-01-31"}}
PEOPLE = made(
    displacement=[
        {"value": 100, "period": "2020", "source": "first"},
        {"value": 80, "area": "LAC", "period": "2020", "source": "first"},
        {"value": 200, "period": "2021-01", "source": "second"},
    ],
    sources=SOURCES,
)


def test_the_newest_stock_of_people_at_each_date():
    found = people_abroad(scope_of(PEOPLE))
    assert known(found) == [("2020-05-26", 100), ("2021-01-31", 200)]
    assert "Venezuela" in found.label


def test_the_share_in_the_region_needs_both_sides_of_one_source():
    assert known(share_in_region(scope_of(PEOPLE))) == [("2020-05-26", 0.8)]


def test_requirement_and_coverage_of_an_appeal_step_by_step():
    data = made(
        funding=[
            {"measure": "required", "value": 400, "period": "2020-05", "source": "first"},
            {"value": 100, "period": "2020-05", "source": "first"},
            {"measure": "required", "value": 500, "period": "2020-12", "source": "second"},
        ],
        sources=SOURCES,
    )
    assert known(requirement(data, "IOM-COVID-19")) == [("2020-05-26", 400), ("2021-01-31", 500)]
    assert known(coverage(data, "IOM-COVID-19")) == [("2020-05-26", 0.25)]


def test_an_appeal_of_which_no_money_is_known_has_no_coverage():
    data = made(funding=[{"measure": "required", "value": 400}])
    assert coverage(data, "IOM-COVID-19").items == ()


def test_the_banks_ratio_is_that_of_the_newest_stage_known():
    stages = {
        "idb-grant-facility-2019": (800, "planned", "2019-05", "first"),
        "idb-pledge-2020": (1100, "expected", "2020-05-26", "first"),
        FACILITY: (1300, "achieved", "2019/2023-10", "second"),
    }
    rows = [
        {"facility": key, "role": role, "value": value, "status": status, "period": period,
         "source": source}
        for key, (investment, status, period, source) in stages.items()
        for role, value in (("investment_leveraged", investment), ("non_reimbursable", 100))
    ]  # fmt: skip
    data = made(leverage=rows, sources=SOURCES)
    assert known(idb_ratio(data, "headline")) == [("2020-05-26", 11), ("2021-01-31", 13)]
    assert known(idb_ratio(data, "grants_in_investment"))[-1] == ("2021-01-31", 12)
