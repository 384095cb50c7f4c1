"""The published site: a front page, a list for the version switcher, a folder per edition."""

from __future__ import annotations

import html
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from reportbook.book.page_head import meta_tags
from reportbook.files.exchange import exchange
from reportbook.report.settings import Front
from reportbook.results.files import RESULTS, load_results, write_schemas
from reportbook.results.versions import EDITIONS_VERSION
from reportbook.site import theme_files
from reportbook.site.front_page import Listed, front_page, preview
from reportbook.site.page_list import keep_pages, read_pages

SWITCHER = "editions.json"
SITE_MAP = "sitemap.xml"
SCHEMAS = "_schema"  # an underscore, as no edition's name begins with one


def put_in_place(
    site: Path,
    made: Mapping[str, Sequence[Path]],
    *,
    title: str,
    icon: Path | None = None,
    language: str = "en",
    front: Front | None = None,
    address: str = "",
) -> list[Listed]:
    """Publish the editions of `made` in `site`, whole or not at all.

    `made` gives by name the folders whose files belong at the edition's address.

    `address` is where the site is published, ending in a slash; with it come a site map and what
    names pages by their full address.

    Editions published earlier and not made now are kept as they are, and their pages are not read.
    A new site is put together beside the old one and trades places with it; if that fails, the old
    one stands.
    """
    new, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    if old.exists() and not site.exists():  # an earlier run was cut off while they traded places
        old.rename(site)
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    new.mkdir(parents=True)
    for name, folder in _published(site).items():
        if name not in made:
            shutil.copytree(folder, new / name, copy_function=_link)
            for fingerprint in keep_pages(new / name).themes:
                there = Path(theme_files.FOLDER, fingerprint)
                if not (new / there).exists():  # another edition that is kept may have brought it
                    shutil.copytree(site / there, new / there, copy_function=_link)
    for name, folders in made.items():
        for folder in folders:
            shutil.copytree(folder, new / name, dirs_exist_ok=True)
        theme_files.share(new / name)
        keep_pages(new / name)
    listed = read_site(new)
    _write_switcher(new, listed)
    write_schemas(new / SCHEMAS)
    front = front or Front()
    picture = preview(listed[0], front) if address and listed else ""
    tags = meta_tags(
        title=title,
        description=front.about,
        site=title,
        address=address,
        picture=picture and f"{address}{picture}",
    )
    canonical = f'<link rel="canonical" href="{html.escape(address)}">' if address else ""
    page = front_page(
        listed,
        front,
        title=title,
        head="\n".join(filter(None, (_icon(new, icon), canonical, tags))),
        language=language,
    )
    (new / "index.html").write_text(page, encoding="utf-8")
    if address:
        (new / SITE_MAP).write_text(_site_map(listed, address), encoding="utf-8")
    if site.exists():
        exchange(new, site, old)
    else:
        new.rename(site)
    shutil.rmtree(new, ignore_errors=True)
    return listed


def read_site(site: Path) -> list[Listed]:
    """The editions a site holds, from their own results: latest first, those of grids last."""
    found = []
    for folder in _published(site).values():
        path = folder / RESULTS
        results = load_results(path, f"{folder.name}/{RESULTS} of the site")
        found.append(Listed(folder, results, read_pages(folder)))
    found.sort(key=lambda each: each.name, reverse=True)
    found.sort(key=lambda each: (each.as_of is None, each.as_of or ""), reverse=True)
    found.sort(key=lambda each: bool(each.results.get("series")))
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


def _write_switcher(site: Path, listed: Sequence[Listed]) -> None:
    """What the edition switcher on each page reads: the editions and which pages each has."""
    switcher = [
        {
            "schema": EDITIONS_VERSION,
            "name": f"{each.name} (latest)" if number == 0 and each.name != "latest" else each.name,
            "version": each.name,
            "url": f"../{each.name}/",
            "preferred": number == 0,
            "first": each.pages.first,
            "pages": {**each.pages.titles, **each.pages.moved},
        }
        for number, each in enumerate(listed)
    ]
    text = json.dumps(switcher, indent=1, ensure_ascii=False)
    (site / SWITCHER).write_text(text + "\n", encoding="utf-8")


def _site_map(listed: Sequence[Listed], address: str) -> str:
    """Every page of every edition, as search engines read it (sitemaps.org, 0.9)."""
    pages = ["", *(f"{each.name}/{page}.html" for each in listed for page in each.pages.titles)]
    entries = "".join(
        f"<url><loc>{html.escape(address + quote(page))}</loc></url>\n" for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def _icon(site: Path, icon: Path | None) -> str:
    if icon is None:
        return ""
    shutil.copyfile(icon, site / f"favicon{icon.suffix}")
    return f'<link rel="icon" href="favicon{icon.suffix}">'
