"""An edition knows nothing later than its date: read file by file, as published."""

import re
from pathlib import Path

import pytest

from analysis.data.load import load

AS_OF = "2020-05-31"
READ = (".bib", ".csv", ".html", ".ipynb", ".js", ".json", ".md", ".svg", ".txt", ".xml")
# By file: what may name a later year, and why.
ALLOWED = {
    "notebooks/index.html": ["2026"],  # how the edition is cited: by the year it was made in
    "searchindex.js": ["2026"],  # the words of that page
}


def texts(edition: Path):
    for path in sorted(edition.rglob("*")):
        if path.is_file() and path.suffix in READ and "_static" not in path.parts:
            name = path.relative_to(edition).as_posix()
            yield name, path.read_text(encoding="utf-8")


def test_no_text_names_a_later_year(early_edition):
    named = []
    for name, text in texts(early_edition):
        for year in range(2021, 2031):
            if str(year) in ALLOWED.get(name, ()):
                continue
            # in a drawing, and among longer digits, it is a place on the page or an amount
            found = re.search(rf"(?<![\d.,$-]){year}(?![\d.,]\d|\d)", text)
            if found and not (name.endswith(".svg") and not _is_shown(text, str(year))):
                named.append(f"{name}: …{text[max(0, found.start() - 60) : found.end() + 30]}…")
    assert named == []


def _is_shown(svg: str, year: str) -> bool:
    """Whether a drawing has the year among its words."""
    return any(year in words for words in re.findall(r">([^<>]+)<", svg))


@pytest.mark.parametrize("kind", ["source", "observation"])
def test_no_text_names_what_became_known_later(early_edition, kind):
    data, then = load(), load().known(AS_OF)
    if kind == "source":
        later = set(data.sources) - set(then.sources)
    else:
        later = {o.key for table in data.tables.values() for o in table}
        later -= {o.key for table in then.tables.values() for o in table}
    assert len(later) > 50
    keys = re.compile(rf"(?<![\w#-])(?:{'|'.join(map(re.escape, sorted(later)))})(?![\w-])")
    named = [
        f"{name}: {found[0]}"
        for name, text in texts(early_edition)
        if not name.endswith(".svg") and (found := keys.search(text))
    ]
    assert named == []
