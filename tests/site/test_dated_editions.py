"""The editions with a date, read as published: they know nothing later, and speak in sentences."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.data.load import load

AS_OF = {"2020-05": "2020-05-31", "2023-12": "2023-12-31"}
READ = (".bib", ".csv", ".html", ".ipynb", ".js", ".json", ".md", ".svg", ".txt", ".xml")
# By file: what may name a later year, and why.
ALLOWED = {
    "notebooks/index.html": ["2026"],  # how the edition is cited: by the year it was made in
    "searchindex.js": ["2026"],  # the words of that page
}
# What its shortest names would find by chance in other words.
LEAST = {"appeal": 8, "title": 20}


@pytest.fixture(params=AS_OF)
def edition(request, dated_editions):
    return dated_editions / request.param


def texts(edition: Path):
    """Every text in the files of an edition, with the file's name; of a drawing, what it shows."""
    for path in sorted(edition.rglob("*")):
        name = path.relative_to(edition).as_posix()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for part in filter(lambda each: each.endswith(".xml"), book.namelist()):
                    if part != "docProps/core.xml":  # the day on which the file was made
                        yield f"{name}: {part}", book.read(part).decode("utf-8")
        elif path.is_file() and path.suffix in READ and "_static" not in path.parts:
            text = path.read_text(encoding="utf-8")
            yield name, "\n".join(_SHOWN.findall(text)) if path.suffix == ".svg" else text


_SHOWN = re.compile(r">([^<>]+)<")


def years(text: str) -> set[int]:
    """The years in a text; among longer digits it is an amount."""
    return {int(year) for year in re.findall(r"(?<![\d.,$-])20\d\d(?![.,]?\d)", text)}


def rows(data):
    """The figures of a report's data, by key."""
    return {row.key: row for table in data.tables.values() for row in table}


def test_no_text_names_a_later_year(edition):
    data = load().known(AS_OF[edition.name])
    said = " ".join(map(str, [*rows(data).values(), *data.sources.values()]))
    known = years(said)  # a plan for a year is published before that year
    last = int(AS_OF[edition.name][:4])
    named = [
        (name, year)
        for name, text in texts(edition)
        for year in sorted(years(text) - known)
        if last < year < last + 20 and str(year) not in ALLOWED.get(name, ())
    ]
    assert named == []


@pytest.mark.parametrize("kind", ["source", "title", "observation", "appeal"])
def test_no_text_names_what_became_known_later(edition, kind):
    def names(data):
        return {
            "source": lambda: set(data.sources),
            "title": lambda: {source.title for source in data.sources.values()},
            "observation": lambda: set(rows(data)),
            "appeal": lambda: {row.cells.get("appeal") or "" for row in rows(data).values()},
        }[kind]()

    everything = load()
    later = names(everything) - names(everything.known(AS_OF[edition.name]))
    later = {name for name in later if len(name) >= LEAST.get(kind, 1)}
    if not later:
        pytest.skip(f"nothing of that kind became known after {edition.name}")
    found = re.compile(rf"(?<![\w#-])(?:{'|'.join(map(re.escape, sorted(later)))})(?![\w-])")
    named = [(name, hit[0]) for name, text in texts(edition) if (hit := found.search(text))]
    assert named == []


def numbers_of(edition):
    """The published numbers of an edition that have a value, by name."""
    published = json.loads((edition / "results.json").read_text(encoding="utf-8"))["numbers"]
    return {name: each for name, each in published.items() if each["value"] is not None}


def test_every_number_has_a_name_for_sentences_which_does_not_say_its_date(edition):
    named = {name: each["formats"] for name, each in numbers_of(edition).items()}
    nameless = [name for name, said in named.items() if not said.get("called", "")[:1].islower()]
    assert nameless == []
    dates = {name: said["date"] for name, said in named.items() if said.get("date")}
    assert [name for name, date in dates.items() if date in named[name]["called"]] == []


def test_every_number_has_a_label_with_or_without_a_value(edition):
    published = json.loads((edition / "results.json").read_text(encoding="utf-8"))["numbers"]
    assert [name for name, each in published.items() if not each["label"]] == []


def test_what_an_edition_does_not_know_is_one_line_a_page_in_its_ledger(edition):
    page = BeautifulSoup((edition / "notebooks" / "ledger.html").read_bytes(), "html.parser")
    entries = {each["id"] for each in page.select(".rb-entry")}
    folded = {each["id"] for each in page.select(".rb-absent li")}
    assert len(entries) == len(numbers_of(edition))
    published = json.loads((edition / "results.json").read_text(encoding="utf-8"))["numbers"]
    assert len(entries | folded) == len(published)
    pages = {each["notebook"] for each in published.values() if each["value"] is None}
    assert len(page.select("details.rb-absent:not([open])")) == len(pages)


def test_no_label_says_one_date_twice(edition):
    said = {name: (each["label"], each["formats"].get("date")) for name, each in
            numbers_of(edition).items()}  # fmt: skip
    assert [label for label, date in said.values() if date and label.count(date) > 1] == []


def test_what_changed_is_told_in_names_and_not_in_labels(edition):
    told = json.loads((edition / "changes.json").read_text(encoding="utf-8")).get("headlines", [])
    assert [each for each in told if each.startswith("“")] == []
    assert bool(told) == (edition.name != "2020-05")  # which has none before it
