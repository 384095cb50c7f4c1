"""A report in small, written into a folder: two notebooks, pages that quote them, two editions.

Its numbers can be checked by hand: 6 of 8 people is 75 %, 5 of 8 is 62.5 %.
"""

from __future__ import annotations

import hashlib
import textwrap
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CONFIG = """
title: Miniature
author: Nobody
only_build_toc_files: true
execute: {execute_notebooks: "off", stderr_output: warn}
html: {favicon: notebooks/_static/favicon.svg, baseurl: "https://example.org/mini"}
reportbook:
  about: How many, and for how much?
  key_numbers: [people.share, money.ratio]
  trend: people.trend
  observations: {one: count, many: counts}
sphinx:
  recursive_update: true
  config:
    # Jupyter Book's own list without sphinx_thebe, which leaves an error in the browser's console
    extensions: [sphinx_togglebutton, sphinx_copybutton, myst_nb, jupyter_book, sphinx_comments,
      sphinx_external_toc, sphinx.ext.intersphinx, sphinx_design, sphinx_book_theme,
      reportbook.sphinx]
    html_math_renderer: mathml
    bibtex_reference_style: author_year
    html_context: {default_mode: light}
    html_theme_options:
      check_switcher: false
      switcher: {json_url: ../editions.json, version_match: latest}
      article_header_end: [version-switcher, article-header-buttons]
"""

TOC = """\
format: jb-book
root: notebooks/index
chapters:
  - file: notebooks/people
  - file: notebooks/money
  - file: notebooks/places
  - file: notebooks/ledger
  - file: notebooks/sources
"""

INDEX = """\
# Miniature

The share is {number}`people.share`, in words {number}`people.share|words`.
One dollar brought {number}`money.ratio|value`. See [the people](people.ipynb).

$$ \\frac{a}{b} = 0.75 $$

```{cite-edition}
```

```{key-numbers}
people.share
money.ratio
```
"""

CITATION = """\
cff-version: 1.2.0
title: Miniature & more
authors:
  - {family-names: Body, given-names: No}
  - {name: Bureau of Counts}
date-released: "2024-02-03"
"""

PLACES = """\
# Places of a number: {number}`people.share|value`

A line long enough that the number at its end comes to stand at the right
edge of **{number}`people.share`**, and in a link: [{number}`money.ratio`](people.ipynb).

- An item: {number}`people.share`
- A place: {number}`people.share|area|somewhere`, where they {plural}`people.share|lives|live`

| a table | whose frame scrolls |
| --- | --- |
| {number}`people.share\\|words` | WIDE {number}`money.ratio` |

::::{grid} 2 2 2 2

:::{grid-item-card} Left
:link: people
:link-type: doc

{number}`people.share`
:::

:::{grid-item-card} Right
:link: money
:link-type: doc

Ratio {number}`money.ratio`
:::
::::

The last line of the page ends with {number}`money.ratio|words`.
"""

PLACES = PLACES.replace("WIDE", "-".join(["one word wider than any window"] * 5).replace(" ", "-"))
CITING = (
    "# Sources\n\nCounted by {cite:t}`bureau`.\n\n```{sources}\n```\n\n```{bibliography}\n```\n"
)
LEDGER = "# Ledger\n\n```{ledger}\n```\n"

THINGS = '''
"""Things that can be published, as small as they come."""


class Thing:
    def __init__(self, record, shown, media="text/html"):
        self.record, self.shown, self.media = record, shown, media

    def as_record(self):
        return self.record

    def _repr_mimebundle_(self, include=()):
        png = {"image/png": PNG} if "image/png" in include else {}
        return {"text/plain": self.record.get("text", "a thing"), self.media: self.shown, **png}


SOURCE = {"source": "bureau", "publisher": "Bureau", "title": "A count", "published": "2023-10",
          "dating": "inferred", "kind": "own", "via": "", "url": "https://example.org/count"}

PNG = ("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
       "rkJggg==")
COLUMNS = [{"name": "day", "title": "Day", "unit": ""},
           {"name": "people", "title": "People", "unit": "people"}]
ROWS = [["2020", {"text": "some 6", "value": 6, "low": 5.5, "high": 6.5}],
        ["2021", {"text": "not reported", "value": None, "low": None, "high": None}]]


def number(value, label="Share"):
    text = f"{100 * value:.1f}%"
    formats = {"value": text, "range": f"{text} (±1)", "words": f"about {text}",
               "bounds": f"{100 * value - 1:.1f}–{100 * value + 1:.1f}%",
               "formula": f"six or so ÷ eight = {text} (±1)"}
    return Thing(
        {"kind": "number", "label": label, "value": value, "low": value - 0.01,
         "high": value + 0.01, "unit": "share", "text": text, "formats": formats,
         "derivation": "d001 / d002", "observations": ["d001", "d002"], "sources": ["bureau"],
         "observation_records": [
             {"observation": "d001", "as_stated": "six or so", "source": "bureau"},
             {"observation": "d002", "as_stated": "eight", "source": "bureau"}],
         "source_records": [SOURCE]},
        f"<b>{text}</b>",
    )


def chart(title, rows=ROWS):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'
    record = {"kind": "chart", "title": title, "alt": f"A line: {title}", "sources": ["bureau"],
              "source_records": [SOURCE], "licence": "CC-BY-4.0", "as_of": "2020-12-31",
              "table": {"title": title, "columns": COLUMNS, "rows": rows}}
    return Thing(record, svg, "image/svg+xml")


def table(title, rows=ROWS):
    record = {"kind": "table", "title": title, "columns": COLUMNS, "rows": rows, "sources": []}
    return Thing(record, "<table></table>")
'''

PEOPLE_PARAMETERS = """\
from typing import Literal

as_of: str | None = None  # knowledge of this date; None is everything
reading: Literal["plain", "wide"] = "plain"  # which reading
country: str = "COL"
"""
PEOPLE = """\
from things import ROWS, number, chart, table
from reportbook import publish

share = 6 / 8 if as_of is None else 5 / 8
publish("people.share", number(share, "Share of people"))
"""
MONEY_PARAMETERS = "as_of: str | None = None\nfacilities: list[str] = []\n"
CHART_WITH_TABLE = """\
publish("people.seen_chart", chart("Seen", ROWS[:1]))
publish("people.seen_table", table("Seen", ROWS[:1]))
"""
MONEY = """\
from things import number
from reportbook import publish

publish("money.ratio", number(0.5, "Ratio of money"))
"""


def notebook(*cells: tuple[str, str]) -> nbformat.NotebookNode:
    """A notebook of (kind, source) cells; the kinds are text, code and parameters."""
    made = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    for place, (kind, source) in enumerate(cells):
        if kind == "text":
            cell = new_markdown_cell(source)
        else:
            tags = {"tags": ["parameters"]} if kind == "parameters" else {}
            cell = new_code_cell(source, metadata=tags)
        cell["id"] = f"cell-{place}"
        made.cells.append(cell)
    return made


def write(root: Path) -> Path:
    """Write the miniature report into `root` and return it."""
    (root / "editions").mkdir(parents=True)
    (root / "notebooks" / "_static").mkdir(parents=True)
    texts = {
        "_config.yml": CONFIG,
        "_toc.yml": TOC,
        "CITATION.cff": CITATION,
        "notebooks/index.md": INDEX,
        "notebooks/places.md": PLACES,
        "notebooks/ledger.md": LEDGER,
        "notebooks/sources.md": CITING,
        "notebooks/things.py": THINGS,
        "notebooks/_static/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "editions/latest.yml": "title: Everything\nscope: All there is.\n",
        "editions/2020.yml": """\
            title: The year 2020
            parameters: {as_of: "2020-12-31"}
            notebooks:
              people: {reading: wide, country: NO}
            """,
    }
    for name, text in texts.items():
        (root / name).write_text(textwrap.dedent(text), encoding="utf-8")
    people = notebook(
        ("text", "# People\n\nIt is {number}`people.share`."),
        ("parameters", PEOPLE_PARAMETERS),
        ("code", PEOPLE),
        ("code", 'publish("people.trend", chart("Up"))'),
        ("code", CHART_WITH_TABLE),
    )
    money = notebook(("text", "# Money"), ("parameters", MONEY_PARAMETERS), ("code", MONEY))
    nbformat.write(people, root / "notebooks" / "people.ipynb")
    nbformat.write(money, root / "notebooks" / "money.ipynb")
    return root


def replace(path: Path, old: str, new: str) -> None:
    """Change a file of the report; the old text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def digest(folder):
    """What a folder holds, to the byte."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()


COUNTS = """\
observation,published,value,as_stated,source
p001,2020-06-01,5,five,bureau
p002,2023-10-01,6,six,bureau
"""
SINCE = "# Since the last edition\n\n```{changes}\nHow causes are found.\n```\n"
COUNTED = """\
import csv
from things import number, part_of
from reportbook import publish

with open("../data/counts.csv", newline="") as stream:
    rows = [row for row in csv.DictReader(stream) if as_of is None or row["published"] <= as_of]
newest = {**rows[-1], "value": int(rows[-1]["value"])}
share = number(part_of(newest["value"], 8 if reading == "plain" else 10), "Share of people")
share.record |= {"observations": [newest["observation"]], "observation_records": [newest]}
publish("people.share", share)
publish("people.rate", number(0.5 if as_of else 0.505, "Rate"))
late = number(0.5, "Late news")
if as_of:
    late.record |= {"value": None, "text": "not reported", "formats": {}, "reason": "too early"}
publish("people.late", late)
if reading == "wide":
    publish("people.wide", number(0.1, "Of the wide reading"))
"""


def write_comparable(root: Path) -> Path:
    """Write a miniature whose editions differ for reasons that can be told apart.

    2020 knows 5 of 10, read widely: 50 %. The latest edition knows 6, a tenth more, of 8 in the
    plain reading, fifteen hundredths more: 75 %.
    """
    write(root)
    (root / "data").mkdir()
    (root / "data" / "counts.csv").write_text(COUNTS, encoding="utf-8")
    (root / "notebooks" / "changes.md").write_text(SINCE, encoding="utf-8")
    replace(root / "_toc.yml", "ledger\n", "ledger\n  - file: notebooks/changes\n")
    things = root / "notebooks" / "things.py"
    things.write_text(THINGS + "\n\ndef part_of(part, whole):\n    return part / whole\n")
    replace(root / "editions" / "2020.yml", ", country: NO", "")
    people = notebook(
        ("text", "# People\n\nIt is {number}`people.share`."),
        ("parameters", PEOPLE_PARAMETERS),
        ("code", COUNTED),
        ("code", 'from things import chart\npublish("people.trend", chart("Up"))'),
    )
    nbformat.write(people, root / "notebooks" / "people.ipynb")
    return root
