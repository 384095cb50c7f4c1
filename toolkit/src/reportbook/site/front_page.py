"""The page at the site's root: what the report is, its key numbers, a trend, all editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from reportbook.book.downloads import FOLDER, address
from reportbook.files.dates import reader_date
from reportbook.report.settings import Front
from reportbook.results.attribution import attributions
from reportbook.results.files import RESULTS
from reportbook.results.naming import name_and_dates
from reportbook.site.page_list import PageList

_CHANGES = "changes"  # the page on which an edition says what is new in it


@dataclass(frozen=True)
class Listed:
    """An edition as the site lists it: its folder, its results, its pages."""

    folder: Path
    results: Mapping[str, Any]
    pages: PageList = field(default_factory=PageList)

    @property
    def name(self) -> str:
        """The edition's name, which is its address below the site's."""
        return self.folder.name

    @property
    def title(self) -> str:
        """What readers see as its name."""
        return self.results.get("title") or self.name

    @property
    def as_of(self) -> str | None:
        """The date up to which its sources were published; None if all sources count."""
        return self.results.get("as_of")

    @property
    def overrides(self) -> Mapping[str, str]:
        """The parameters that were set with ``-p`` when it was built."""
        return self.results.get("overrides") or {}


def front_page(
    editions: Sequence[Listed], front: Front, *, title: str, head: str = "", language: str = "en"
) -> str:
    """The HTML of the front page; `editions` are latest first, `head` is added to its head."""
    template = Template(
        files("reportbook.site").joinpath("templates/front_page.html").read_text(encoding="utf-8")
    )
    newest = "".join(_newest(editions[0], front)) if editions else ""
    return template.substitute(
        language=escape(language),
        title=escape(title),
        head=head,
        about=f'<p class="about">{escape(front.about)}</p>' if front.about else "",
        newest=newest,
        editions="\n".join(_entry(each, language) for each in editions),
    )


def _newest(edition: Listed, front: Front) -> Iterator[str]:
    cards = [
        _card(edition, each.name)
        for each in front.key_numbers
        if each.name in edition.results.get("numbers", {})
    ]
    trend = _trend(edition, front)
    if not cards and not trend:
        return
    name = escape(edition.name)
    yield f'<section aria-labelledby="newest"><h2 id="newest">{escape(edition.title)}</h2>'
    yield f'<ul class="cards">{"".join(cards)}</ul>' if cards else ""
    yield trend
    yield f'<p><a class="read" href="{name}/index.html">Read this edition</a></p></section>'


def _card(edition: Listed, name: str) -> str:
    record = edition.results["numbers"][name]
    formats = record.get("formats") or {}
    shown = formats.get("range") or record["text"]
    value, bracket, beside = shown.partition(" (")
    called, dates = map(escape, name_and_dates(name, record))
    said = [
        f'<p class="label">{called}</p>',
        f'<p class="value">{escape(value)}'
        + (f' <span class="range">({escape(beside)}</span></p>' if bracket else "</p>"),
    ]
    by = attributions(
        edition.results["sources"].get(key, {}) for key in record.get("sources") or ()
    )
    if record.get("reason"):
        said.append(f"<p>{escape(record['reason'])}</p>")
    page = f"{escape(edition.name)}/{record['notebook']}.html"
    more = f'<a href="{page}" aria-label="{called}: more">more</a>'
    said.append(f"<p>{' · '.join(filter(None, (dates, escape(by), more)))}</p>")
    return f"<li>{''.join(said)}</li>"


def preview(edition: Listed, front: Front) -> str:
    """The address in the site of the picture for links to it; empty if there is none."""
    picture = f"{FOLDER}/{address(front.trend.name)}.png" if front.trend else ""
    there = picture and (edition.folder / picture).is_file()
    return f"{edition.name}/{picture}" if there else ""


def _trend(edition: Listed, front: Front) -> str:
    """The trend chart's picture as HTML; empty if the edition has none, as for lack of data."""
    if front.trend is None:
        return ""
    chart = edition.results.get("charts", {}).get(front.trend.name)
    if not chart:
        return ""
    stem = address(front.trend.name)
    if not (edition.folder / FOLDER / f"{stem}.svg").is_file():
        return ""
    name = escape(edition.name)
    return (
        f'<p class="trend"><a href="{name}/{chart["notebook"]}.html#{stem}">'
        f'<img src="{name}/{FOLDER}/{stem}.svg" alt="{escape(" ".join(chart["alt"].split()))}">'
        "</a></p>"
    )


def _entry(edition: Listed, language: str) -> str:
    known = "Everything known so far"
    if edition.as_of:
        known = f"What was known on {reader_date(edition.as_of, language)}"
    changed = ", ".join(f"{name} = {value}" for name, value in edition.overrides.items())
    said = [f"{known}, with {changed}" if changed else known]
    corrections = edition.results.get("corrections")
    if corrections:
        said.append(f"Corrected on {reader_date(corrections[-1]['date'], language)}")
    if edition.results.get("scope"):
        said.append(edition.results["scope"])
    name = escape(edition.name)
    links = []
    if any(edition.results.get(kind) for kind in ("numbers", "charts", "tables")):
        links.append(f'<a href="{name}/{RESULTS}">all numbers as data</a>')
    for page in edition.pages.titles:
        if page.rsplit("/", 1)[-1] == _CHANGES:
            links.insert(0, f'<a href="{name}/{escape(page)}.html">what changed</a>')
    return (
        f'<li><a class="edition" href="{name}/index.html">{escape(edition.title)}</a>'
        f"<p>{escape('. '.join(each.rstrip('.') for each in said))}.</p>"
        + (f"<p>{' · '.join(links)}</p></li>" if links else "</li>")
    )
