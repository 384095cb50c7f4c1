"""The largest displacements beside each other."""

from made_tables import made

from analysis import charts
from analysis.crises.compared import largest
from analysis.displacement.measures import MANDATE
from analysis.numbers.estimate import Absent


def rows(origin, *years, host="TUR"):
    """People from a country in one host at the ends of 2019, 2020, …."""
    return [
        {"year": year, "origin": origin, "host": host, "refugees": people, "asylum_seekers": 0}
        for year, people in enumerate(years, 2019)
        if people is not None
    ]


TABLES = {
    "unhcr_population": [
        *rows("SYR", 10, 200, 400, 1000, 900),  # begins in 2019, of 1,000 at most
        *rows("AFG", 700, 700, 700, 700, 700),  # had begun before
        *rows("HTI", 20, 20, 30, 30, 30, host="USA"),
        *rows("UKR", None, 0, 6, 600, 620, host="POL"),
    ]
}
CRISES = largest(made(tables=TABLES), number=3)


def test_the_largest_first():
    assert [c.name for c in CRISES.crises] == ["Syria", "Afghanistan", "Ukraine"]
    assert CRISES.largest().value == 900
    assert str(CRISES.period) == "2023-12-31"


def test_the_first_years_begin_before_a_tenth_of_the_highest_is_reached():
    syria, afghanistan, ukraine = CRISES.crises
    assert str(syria.start().period) == "2019-12-31"
    assert syria.a_year().value == (900 - 10) / 4  # four years have passed
    assert afghanistan.start() is None
    assert "had begun before the table does, in 2019" in afghanistan.a_year().reason
    assert str(ukraine.start().period) == "2021-12-31"
    assert ukraine.a_year().value == (620 - 6) / 2
    assert CRISES.fastest().subject == "Ukraine"


def test_the_first_years_end_where_the_way_of_counting_does():
    breaks = [{"series": MANDATE, "origin": "SYR", "area": "TUR", "period": "2022"}]
    syria = largest(made(tables=TABLES, breaks=breaks), number=1).crises[0]
    assert syria.a_year().value == (400 - 10) / 2
    at_once = [breaks[0] | {"period": "2020"}]
    syria = largest(made(tables=TABLES, breaks=at_once), number=1).crises[0]
    assert isinstance(syria.a_year(), Absent)


def test_shares_are_of_the_region_in_which_the_country_lies():
    syria, afghanistan, ukraine = CRISES.crises
    assert syria.in_region().value == 1  # Türkiye is in Western Asia
    assert isinstance(afghanistan.in_region(), Absent)  # no host of Southern Asia has a row
    assert ukraine.in_region().value == 1  # Poland is in Eastern Europe


def test_venezuela_is_counted_as_all_others():
    data = made(
        displacement=[{"value": 9999, "period": "2023-12"}],
        tables={"unhcr_population": rows("VEN", 1, 2, 3, 4, 50, host="COL")},
    )
    assert largest(data).largest().value == 50


def test_without_the_table_the_reason_stands_in_their_place():
    none = largest(made())
    assert none.crises == ()
    assert "counts people abroad by origin and host" in none.largest().reason
    assert isinstance(charts.crises_over_time(none, as_of=None), charts.Blank)


def test_the_chart_has_a_panel_for_each():
    chart = charts.crises_over_time(CRISES, as_of=None)
    assert len(chart.figure.axes) == 3
    assert "Syria: 900, at most 1,000" in chart.alt
