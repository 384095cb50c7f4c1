from analysis.data.load import load
from analysis.displacement.disagreements import disagreements
from analysis.displacement.scope import scope_of

SCOPE = scope_of(load())
ROWS = disagreements(SCOPE).rows


def _row(area, month):
    return next(row for row in ROWS if row[0] == area and str(row[2]) == month)


def test_four_and_three_point_nine_million_cannot_be_told_apart():
    # 4 million written with one digit is 3.8 to 4.2; 3.9 is 3.85 to 3.95: they meet
    row = _row("Latin America and the Caribbean", "2019-12")
    assert {row[3].value, row[5].value} == {3_900_000, 4_000_000}
    assert row[-1] == "yes: not distinguishable"


def test_figures_whose_ranges_do_not_meet_are_said_to_differ():
    # 6,038,937 is exact; 6.1 million is 6.05 to 6.15
    assert _row("World", "2021-11")[-1] == "no"


def test_a_year_is_no_month():
    # "more than 1.74 million" in 2021 is not set against 1,842,390 in November 2021
    assert not [row for row in ROWS if row[0] == "Colombia" and str(row[2]).startswith("2021")]


def test_where_no_two_sources_meet_in_a_month_the_table_says_so():
    table = disagreements(scope_of(load(), origin="COL"))
    assert table.rows == []
    assert "No two sources" in table.empty
