"""Which digits count as numbers typed into prose."""

import pytest
from miniature import notebook

from reportbook.checking.typed_numbers import typed_numbers
from reportbook.files.notebooks import notebook_text
from reportbook.report.contents import Page
from reportbook.report.project import Project

CONFIG = {"parse": {"myst_enable_extensions": ["amsmath", "colon_fence", "dollarmath"]}}


@pytest.fixture
def typed(tmp_path):
    def read(text):
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        return list(typed_numbers(Project(tmp_path, CONFIG, (Page("page", path),))))

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.7 million people", ["7.7"]),
        ("84.4 % of them, or 5%", ["84.4 %", "5%"]),
        ("10,000-20,000 people", ["10,000-20,000"]),
        ("1/3 of them, 3½ years, ½ a year", ["1/3", "3½", "½"]),
        ("US$3m, €4.5bn, £5 million and 3.5x", ["$3m", "€4.5bn", "£5", "3.5x"]),
        ("the 3rd year, a 1.5-fold rise, a 5-year plan", ["3rd", "1.5-fold", "5"]),
        ("12 000, 12\u00a0000 and 12\u202f000", ["12 000", "12\u00a0000", "12\u202f000"]),
        ("**1**2 and 3*4* and <b>5</b>6", ["12", "34", "56"]),
        ("1 in 5, between 5 and 10, −5, ≈7", ["1", "5", "5", "10", "5", "7"]),
        ("2000 people, 2020 million, 2020%, $2020", ["2000", "2020", "2020%", "$2020"]),
        ("on this page 12 million are shown, in part 5%", ["12", "5%"]),
        ("the counterpart 3, from 2019 12, top 5", ["3", "12", "5"]),
        ("# 7 people\n\n- 8\n\n> 9\n\n1. 10", ["7", "8", "9", "10"]),
        ("| a | 4 |\n| --- | --- |\n| 5 | 6 |", ["4", "5", "6"]),
        ("```{admonition} 4 people\n:class: note\n\n5 people\n```", ["4", "5"]),
        ("```{note}\nit is 5\n```\n\n:::{card} C 6\n7\n:::", ["5", "6", "7"]),
        ("```{figure} x-12.png\n:alt: 4 bars\n\nCaption 5\n```", ["4", "5"]),
        ("<div>\n12 million\n</div>\n\na <i>13</i>", ["12", "13"]),
        ("[12 people](x.md) and ![13 bars](x.png)", ["12", "13"]),
        ("a note[^1]\n\n[^1]: 7 million", ["7"]),
        ("{holds}`all 5 <a.b > 1>`, {ref}`the 6 <x>`, {sup}`7`", ["5", "6", "7"]),
    ],
)
def test_numbers_typed_into_prose(typed, text, expected):
    assert [found.text for found in typed(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2019, 2019–2023, 2019-23, 2020/21, the 2020s, 1990’s, mid-2020, (2020), 2020.",
        "26 May 2020, 26 May, 26th May 2020, 5–7 May 2020, 5 and 6 May, 12-May-2020, 12 Sept 2020",
        "May 26, 2020, May 5–7, 2020, Sept. 12, 2020, until May 26.",
        "2020-05-26, 2020-05, 26/05/2020, 5/26/2020, 26.05.2020, Q3 2020, 2020Q1, H1 2020",
        "on the 26\nMay 2020, in Section\n3, of COVID-\u200b19".replace("-\u200b", "-"),
        "Section 3.2, sections 3 and 4, Figure 4, table 2, Steps 1–4, page 12, pp. 12–14, § 5",
        "COVID-19, SARS-CoV-2, R4V, H1N1, G7, CO2, A4, d001, r4v-2024, v2.0, version 2.0",
        "ISO 8601, ISO 3166-1 alpha-3, COL, RFC 2119",
        "COVID-**19** and H{sub}`2`O",
        "`12` and ``13``\n\n```\n14\n```\n\n    15\n",
        "$x = 12$, {math}`13`\n\n$$\n14\n$$\n\n```{math}\n15\n```\n\n"
        "\\begin{equation}\n16\n\\end{equation}",
        "[a](http://x.org/12), [b][1], <http://x.org/13>, https://x.org/14, a12@x.org, doi:10.1/2"
        "\n\n[1]: http://x.org/15",
        "<!-- 12 -->\n\na <!-- 13 --> b\n\n% 14\n",
        "---\nnumber: 12\n---\n\n(target-13)=\n# Title\n\n+++ {\"number\": 14}\n",
        "<p title='12'>x</p>\n\n<style>\np { margin: 13px }\n</style>\n",
        "1. first\n2. second\n\n1) third",
        "word[^1]\n\n[^1]: note",
        "{number}`a.b12`, {typed}`95 <a threshold>`, **{typed}`96 <another>`**",
        "| {typed}`5 <why>` | x |\n| --- | --- |\n| {number}`a.b\\|value` | y |",
        "::::{grid} 1 1 3 3\n:gutter: 3\n\n:::{grid-item-card} Title\n:columns: 12\nx\n:::\n::::",
        "```{image} x-12.png\n:width: 13px\n```\n\n```{code-cell}\n14\n```",
        "five, half of them, twice",
    ],
)  # fmt: skip
def test_what_is_no_typed_number(typed, text):
    assert [found.text for found in typed(text)] == []


def test_file_cell_and_line(typed, tmp_path):
    text = (
        "# T\n\none\n`a\nb` 5 and\n6\n\n| a |\n|---|\n| 7 |\n\n:::{note}\n:class: tip\n\n8\n:::\n"
    )
    text += "\n<div>\n<b\n>9</b>\n</div>\n"
    assert [f"{found}: {found.text}" for found in typed(text)] == [
        "page.md, line 5: 5",
        "page.md, line 6: 6",
        "page.md, line 10: 7",
        "page.md, line 15: 8",
        "page.md, line 20: 9",
    ]
    made = notebook(("code", "1"), ("text", "# T\n\nno number"), ("text", "some\n**7** here"))
    path = tmp_path / "made.ipynb"
    path.write_text(notebook_text(made))
    (found,) = typed_numbers(Project(tmp_path, {}, (Page("folder/made", path),)))
    assert f"{found}: {found.text}" == "folder/made.ipynb, cell 3, line 2: 7"
