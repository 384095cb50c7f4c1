"""Which of several figures for one date leads."""

from made_tables import made

from analysis.data.precedence import precedence


def first_of(*figures):
    data = made(
        displacement=[row for row, _source in figures],
        sources={row["source"]: source for row, source in figures},
    )
    return min(data.displacement, key=precedence).source.key


def figure(source, *, resolution=0, kind="own", published="2021-06"):
    dating = "stated" if published else "unknown"
    return (
        {"value": 100, "resolution": resolution, "source": source},
        {"kind": kind, "published": published or "", "dating": dating},
    )


def test_the_publishers_own_figure_leads_a_finer_and_newer_report_of_it():
    own = figure("own", resolution=10, published="2021-01")
    assert first_of(figure("report", kind="reported"), own) == "own"


def test_a_data_set_is_the_publishers_own():
    assert first_of(figure("dataset", kind="dataset"), figure("own", resolution=1)) == "dataset"


def test_the_finest_leads_a_newer_one_that_is_coarser():
    fine = figure("fine", published="2021-01")
    assert first_of(figure("coarse", resolution=10, published="2021-12"), fine) == "fine"


def test_of_two_equally_fine_the_newer_leads():
    assert first_of(figure("old", published="2020"), figure("new", published="2021")) == "new"


def test_a_figure_whose_date_of_publication_is_unknown_comes_last():
    assert first_of(figure("undated", published=None), figure("dated", published="1999")) == "dated"
