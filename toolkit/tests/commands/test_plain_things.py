"""A report of plain numbers, a data frame and a figure, from its notebook to its site."""

import json

import nbformat
import pytest
from bs4 import BeautifulSoup
from miniature import notebook, write

from reportbook.commands.build import build
from reportbook.report.project import load_project

RAIN = """\
import pandas as pd
from matplotlib.figure import Figure
from reportbook import publish

last = 2 if as_of is None else 1
frame = pd.DataFrame({"month": ["2024-05", "2024-06"], "mm": [120, 50]})[:last]
publish("rain.total", int(frame.mm.sum()), unit="mm", low=110, high=180, source="bureau",
        words="some 120 millimetres" if as_of else "170 mm", label="Rain")
publish("rain.table", frame, caption="Rain by month", units={"mm": "mm"}, source="bureau")
"""
CHART = """\
figure = Figure()
figure.subplots().bar(frame.month, frame.mm)
publish("rain.chart", figure, title="Rain by month", alt="Bars: May has most", data=frame)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = write(tmp_path_factory.mktemp("plain"))
    (root / "data").mkdir()
    (root / "data" / "sources.csv").write_text(
        "source,publisher,title,published\n"
        "bureau,Bureau,Rain,2020-01\nlate,Bureau,News of rain,2023\n"
    )
    rain = notebook(
        ("text", "# Rain\n\nIt rained {number}`rain.total`, {number}`rain.total|source` says."),
        ("parameters", "as_of: str | None = None"),
        ("code", RAIN),
        ("code", CHART),
        ("text", "## News\n```{when} late\n```\n\nThey came in 2023."),
        ("code", '# of the year 2023\npublish("rain.news", 1, source=[] if as_of else "late")'),
        ("text", "## End\n\nThat is all."),
    )
    nbformat.write(rain, root / "notebooks" / "rain.ipynb")
    (root / "notebooks" / "changes.md").write_text("# Changes\n\n```{changes}\n```\n")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: notebooks/rain\nchapters:\n"
        "- file: notebooks/ledger\n- file: notebooks/changes\n"
    )
    config = (root / "_config.yml").read_text()
    for line in ("  key_numbers: [people.share, money.ratio]\n", "  trend: people.trend\n"):
        assert line in config
        config = config.replace(line, "")
    (root / "_config.yml").write_text(
        config.replace("reportbook:\n", "reportbook:\n  units: {mm: '{value} mm'}\n")
    )
    (root / "editions" / "2020.yml").write_text(
        'title: The year 2020\nparameters: {as_of: "2020-12-31"}\n'
    )
    summary = build(load_project(root))
    assert not [problem for each in summary.outcomes for problem in each.problems]
    return root / "_build" / "site"


def page(site, name, edition="latest"):
    html = (site / edition / "notebooks" / f"{name}.html").read_text(encoding="utf-8")
    found = BeautifulSoup(html, "html.parser")
    for tip in found.select(".rb-tip"):
        tip.decompose()
    return found


def test_prose_quotes_a_plain_number_and_the_ledger_has_its_words(site):
    assert "It rained 170 mm (110–180), Bureau says." in page(site, "rain").article.text
    entry = page(site, "ledger").find(id="number-rain-total")
    assert "“170 mm”" in entry.table.text
    assert "As its source states it" in entry.table.text
    assert "Bureau: Rain" in entry.table.text


def test_a_frame_is_a_table_and_a_figure_a_chart_with_files(site):
    rain = page(site, "rain")
    assert [
        row.text
        for row in rain.find("caption", string="Rain by month").find_parent("table").tbody("tr")
    ] == ["May 2024120 mm", "June 202450 mm"]
    assert rain.select_one("figure.rb-chart img")["alt"] == "Bars: May has most"
    assert {path.suffix for path in (site / "latest" / "downloads").iterdir()} == {
        ".csv", ".png", ".svg", ".xlsx",
    }  # fmt: skip
    rows = (site / "latest" / "downloads" / "rain-chart.csv").read_text().splitlines()
    assert rows[0].startswith("month,mm")
    assert rows[1].startswith("May 2024,120")


def test_two_editions_are_compared(site):
    changes = json.loads((site / "latest" / "changes.json").read_text())
    (moved,) = changes["moved"]
    assert (moved["name"], moved["change_text"]) == ("rain.total", "+50 mm")
    assert moved["distinguishable"] is False


def test_a_section_stands_only_in_editions_that_know_enough(site):
    assert "They came in 2023." in page(site, "rain").article.text
    earlier = page(site, "rain", "2020").article.text
    assert "That is all." in earlier
    assert "News" not in earlier
    results = json.loads((site / "2020" / "results.json").read_text())
    assert results["rows"]["source"] == ["bureau"]
    for path in (site / "2020").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".ipynb", ".json", ".csv", ".js", ".bib"):
            assert "2023" not in path.read_text(encoding="utf-8"), path
