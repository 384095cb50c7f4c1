"""A report in small, written into a folder: two notebooks, pages that quote them, two editions.

Its numbers can be checked by hand: 6 of 8 people is 75 %, 5 of 8 is 62.5 %.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CONFIG = """
title: Miniature
author: Nobody
only_build_toc_files: true
execute: {execute_notebooks: "off", stderr_output: warn}
html: {favicon: notebooks/_static/favicon.svg}
sphinx:
  recursive_update: true
  extra_extensions: [reportbook.sphinx]
  config:
    html_math_renderer: mathml
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
  - file: notebooks/ledger
  - file: notebooks/sources
"""

INDEX = """\
# Miniature

The share is {number}`people.share`, in words {number}`people.share|words`.
One dollar brought {number}`money.ratio|value`. See [the people](people.ipynb).

$$ \\frac{a}{b} = 0.75 $$
"""

LEDGER = "# Ledger\n\n```{ledger}\n```\n"
SOURCES = "# Sources\n\n```{sources}\n```\n"

THINGS = '''
"""Things that can be published, as small as they come."""


class Thing:
    def __init__(self, record, shown, media="text/html"):
        self.record, self.shown, self.media = record, shown, media

    def as_record(self):
        return self.record

    def _repr_mimebundle_(self, **_):
        return {"text/plain": self.record.get("text", "a thing"), self.media: self.shown}


SOURCE = {"source": "bureau", "publisher": "Bureau", "title": "A count", "published": "2023-10",
          "dating": "inferred", "kind": "own", "via": "", "url": "https://example.org/count"}


def number(value, label="Share"):
    text = f"{100 * value:.1f}%"
    formats = {"value": text, "range": f"{text} (±1)", "words": f"about {text}"}
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


def chart(title):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9"/></svg>'
    record = {"kind": "chart", "title": title, "alt": f"A line: {title}", "sources": ["bureau"],
              "source_records": [SOURCE]}
    return Thing(record, svg, "image/svg+xml")
'''

PEOPLE_PARAMETERS = """\
from typing import Literal

as_of: str | None = None  # knowledge of this date; None is everything
reading: Literal["plain", "wide"] = "plain"  # which reading
country: str = "COL"
"""
PEOPLE = """\
from things import number, chart
from reportbook import publish

share = 6 / 8 if as_of is None else 5 / 8
publish("people.share", number(share, "Share of people"))
"""
MONEY_PARAMETERS = "as_of: str | None = None\nfacilities: list[str] = []\n"
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
        "notebooks/index.md": INDEX,
        "notebooks/ledger.md": LEDGER,
        "notebooks/sources.md": SOURCES,
        "notebooks/things.py": THINGS,
        "notebooks/_static/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "editions/latest.yml": "title: Everything\n",
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


COUNTS = """\
observation,published,value,as_stated,source
p001,2020-06-01,5,five,bureau
p002,2023-10-01,6,six,bureau
"""
SINCE = "# Since the last edition\n\n```{changes}\n```\n"
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
    )
    nbformat.write(people, root / "notebooks" / "people.ipynb")
    return root
