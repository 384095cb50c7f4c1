"""Prose that depends on what an edition knows, taken out of texts anyone can read."""

import re

import pytest

from reportbook.errors import ReportError
from reportbook.report.when import as_shown, cells_as_shown, whens

PAGE = """\
# People

Always.

```{when} people.returned
Some came back.
```

## Returns
:::{when} people.returned
:::

About returns.

### Where

To here.

## Others

Always, too.
"""


def words(text):
    return [line for line in text.split("\n") if line]


def test_a_block_and_a_section_stay_where_the_condition_applies():
    shown = as_shown(PAGE, lambda asked: True)
    assert "{when}" not in shown
    assert words(shown) == [
        "# People", "Always.", "Some came back.", "## Returns", "About returns.", "### Where",
        "To here.", "## Others", "Always, too.",
    ]  # fmt: skip


def test_they_go_where_it_does_not_and_lines_keep_their_places():
    shown = as_shown(PAGE, lambda asked: False)
    assert words(shown) == ["# People", "Always.", "## Others", "Always, too."]
    for number, line in enumerate(shown.split("\n")):
        assert line in ("", PAGE.split("\n")[number])


def test_a_section_takes_the_cells_below_it_along():
    cells = [
        {"cell_type": "markdown", "source": "# A\n\n## B\n```{when} x.y\n```\n\nText"},
        {"cell_type": "code", "source": "publish('x.y', 1)"},
        {"cell_type": "markdown", "source": "more\n\n### C\n\nthird"},
        {"cell_type": "code", "source": "2"},
        {"cell_type": "markdown", "source": "last of it\n\n## D\n\nstays"},
        {"cell_type": "code", "source": "3"},
    ]
    shown = cells_as_shown(cells, lambda asked: False)
    assert [words(cell["source"]) for cell in shown] == [["# A"], ["## D", "stays"], ["3"]]
    kept = cells_as_shown(cells, lambda asked: True)
    assert [cell["source"] for cell in kept[1:]] == [cell["source"] for cell in cells[1:]]
    assert cells[0]["source"].startswith("# A")  # what was given is as it was


def test_the_rest_of_a_section_can_depend_on_a_condition():
    cells = [
        {"cell_type": "markdown", "source": "## A\n\nstays\n\n```{when} x.y\n```\n\ngoes"},
        {"cell_type": "code", "source": "1"},
        {"cell_type": "markdown", "source": "### B\n\ngoes"},
        {"cell_type": "markdown", "source": "## C\n\nstays"},
        {"cell_type": "code", "source": "2"},
    ]
    shown = cells_as_shown(cells, lambda asked: False)
    assert [words(cell["source"]) for cell in shown] == [
        ["## A", "stays"],
        ["## C", "stays"],
        ["2"],
    ]
    assert len(cells_as_shown(cells, lambda asked: True)) == len(cells)


def test_blocks_stand_in_one_another_and_in_other_directives():
    text = (
        "````{note}\n```{when} a.b\nfirst\n```\n````\n"
        "````{when} c.d\nouter\n```{when} a.b\ninner\n```\n````\n"
    )
    shown = as_shown(text, lambda asked: asked == "c.d")
    assert words(shown) == ["````{note}", "````", "outer"]


JOINED = """\
Before,
```{when} a.b
first,
```
```{when} c.d
second,
```
after.

Alone:

```{when} c.d
its own.
```

- one
```{when} a.b
- two
```
"""


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("a.b c.d", ["Before, first, second, after.", "Alone:", "its own.", "- one - two"]),
        ("c.d", ["Before, second, after.", "Alone:", "its own.", "- one"]),
        ("", ["Before, after.", "Alone:", "- one"]),
    ],
)
def test_what_no_blank_line_separates_is_one_paragraph(known, said):
    shown = as_shown(JOINED, lambda asked: asked in known.split())
    paragraphs = [" ".join(each.split("\n")) for each in re.split(r"\n\n+", shown.strip("\n"))]
    assert paragraphs == said
    lines, before = shown.split("\n"), JOINED.split("\n")
    assert len(lines) == len(before)
    for text in ("Alone:", "its own.", "- one"):
        assert text not in lines or lines.index(text) == before.index(text)


def test_code_that_shows_the_directive_is_left_alone():
    text = "````\n```{when} a.b\nshown as code\n```\n````\n\n```python\n# no heading\n```\n"
    assert as_shown(text, lambda asked: False) == text
    assert whens(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```{when}\ntext\n```", r"line 1: \{when\} needs a condition"),
        ("a\n\n```{when} a.b\ntext\n", r"line 3: \{when\} a.b is not closed"),
    ],
)
def test_what_is_badly_written_says_where(text, said):
    with pytest.raises(ReportError, match=said):
        as_shown(text, lambda asked: True)
