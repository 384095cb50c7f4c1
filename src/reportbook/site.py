"""The published site: a front page, a list for the version switcher, a folder per edition."""

from __future__ import annotations

import html
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from reportbook.dates import reader_date
from reportbook.staging import RESULTS

SWITCHER = "editions.json"


@dataclass(frozen=True)
class Listed:
    """An edition as the front page lists it."""

    name: str
    title: str
    as_of: str | None
    overrides: Mapping[str, str]


def put_in_place(
    site: Path,
    made: Mapping[str, Path],
    *,
    title: str,
    icon: Path | None = None,
    language: str = "en",
) -> list[Listed]:
    """Publish the pages of `made` (edition name to folder) in `site`, whole or not at all.

    Editions published earlier and not made now are kept as they are. A new site is put together
    beside the old one and takes its place by renaming; if that fails, the old one stands.
    """
    new, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    if old.exists() and not site.exists():  # an earlier run was cut off between the two renamings
        old.rename(site)
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    new.mkdir(parents=True)
    for name, folder in _published(site).items():
        if name not in made:
            shutil.copytree(folder, new / name, copy_function=_link)
    for name, folder in made.items():
        shutil.copytree(folder, new / name)
    listed = read_site(new)
    _write_front_page(new, listed, title=title, icon=icon, language=language)
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return listed


def read_site(site: Path) -> list[Listed]:
    """The editions a site holds, latest first, from their own results."""
    found = []
    for folder in _published(site).values():
        results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        found.append(
            Listed(
                folder.name,
                results.get("title") or folder.name,
                results.get("as_of"),
                results.get("overrides") or {},
            )
        )
    found.sort(key=lambda each: each.name, reverse=True)
    found.sort(key=lambda each: (each.as_of is None, each.as_of or ""), reverse=True)
    return found


def _published(site: Path) -> dict[str, Path]:
    if not site.is_dir():
        return {}
    return {path.name: path for path in sorted(site.iterdir()) if (path / RESULTS).is_file()}


def _link(source: str, target: str) -> None:
    """A published file is never written to again, so both sites may share it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _write_front_page(
    site: Path, listed: Sequence[Listed], *, title: str, icon: Path | None, language: str
) -> None:
    switcher = [
        {
            "name": f"{each.name} (latest)" if number == 0 and each.name != "latest" else each.name,
            "version": each.name,
            "url": f"../{each.name}/",
            "preferred": number == 0,
        }
        for number, each in enumerate(listed)
    ]
    (site / SWITCHER).write_text(json.dumps(switcher, indent=1) + "\n", encoding="utf-8")
    mark = ""
    if icon is not None:
        shutil.copyfile(icon, site / f"favicon{icon.suffix}")
        mark = f'<link rel="icon" href="favicon{icon.suffix}">'
    template = Template(
        files("reportbook").joinpath("templates/front_page.html").read_text(encoding="utf-8")
    )
    page = template.substitute(
        language=html.escape(language),
        title=html.escape(title),
        icon=mark,
        editions="\n".join(_entry(each, language) for each in listed),
    )
    (site / "index.html").write_text(page, encoding="utf-8")


def _entry(edition: Listed, language: str) -> str:
    known = "Everything known so far"
    if edition.as_of:
        known = f"What was known on {reader_date(edition.as_of, language)}"
    changed = ", ".join(f"{name} = {value}" for name, value in edition.overrides.items())
    note = f"{known}, with {changed}" if changed else known
    name = html.escape(edition.name)
    return (
        f'<li><a href="{name}/index.html">{html.escape(edition.title)}</a>'
        f'<p>{html.escape(note)} · <a class="data" href="{name}/{RESULTS}">all numbers as '
        "data</a></p></li>"
    )
