"""The published site: a front page, a list for the version switcher, a folder per edition."""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from reportbook.book.page_head import meta_tags
from reportbook.files.copying import copy_tree
from reportbook.files.exchange import beside, exchange, tidy
from reportbook.report.editions import LATEST
from reportbook.report.settings import Front
from reportbook.results.files import RESULTS, load_results, write_schemas
from reportbook.results.versions import EDITIONS_VERSION
from reportbook.site import theme_files
from reportbook.site.archive import take_over
from reportbook.site.content_policy import add_policies, with_policy
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
    taken: Sequence[Path] = (),
    without: Collection[str] = (),
) -> list[Listed]:
    """Publish the editions of `made` in `site`, either all of them or none.

    Editions published earlier and not made now are kept as they are, and their pages are not read.
    A new site is put together beside the old one and trades places with it; if that fails, the old
    one stays.

    Parameters
    ----------
    made
        By name, the folders whose files belong at the edition's address.
    address
        Where the site is published, ending in a slash. If it is given, the site gets a site map,
        and the front page names its full address.
    taken
        Folders of editions of other sites, which are taken over as they are.
    without
        Editions that leave the site.

    Returns
    -------
    All editions of the site, in the order in which it lists them.
    """
    tidy(site)
    new, old = beside(site)
    new.mkdir(parents=True)
    try:
        listed = _put_together(
            new, site, made, taken, without, front or Front(), title, icon, language, address
        )
        if site.exists():
            exchange(new, site, old)
        else:
            new.rename(site)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return listed


def _put_together(
    new: Path,
    site: Path,
    made: Mapping[str, Sequence[Path]],
    taken: Sequence[Path],
    without: Collection[str],
    front: Front,
    title: str,
    icon: Path | None,
    language: str,
    address: str,
) -> list[Listed]:
    for name, folder in _published(site).items():
        if name not in made and name not in without:
            take_over(folder, new)
    for folder in taken:
        take_over(folder, new)
    for name, folders in made.items():
        _add(folders, new / name)
    listed = read_site(new, front.leads.name if front.leads else "")
    _write_switcher(new, listed)
    write_schemas(new / SCHEMAS)
    _write_front_page(
        new, listed, front, title=title, icon=icon, language=language, address=address
    )
    if address:
        (new / SITE_MAP).write_text(_site_map(listed, address), encoding="utf-8")
    return listed


def _add(folders: Sequence[Path], edition: Path) -> None:
    """Put together the files of an edition that was made now."""
    for folder in folders:
        copy_tree(folder, edition)
    theme_files.share(edition)
    add_policies(edition)
    keep_pages(edition)


def _write_front_page(
    site: Path,
    listed: Sequence[Listed],
    front: Front,
    *,
    title: str,
    icon: Path | None,
    language: str,
    address: str,
) -> None:
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
        head="\n".join(filter(None, (_icon(site, icon), canonical, tags))),
        language=language,
    )
    (site / "index.html").write_text(with_policy(page), encoding="utf-8")


def read_site(site: Path, leads: str = "") -> list[Listed]:
    """The editions of a site, read from their results, as it lists them.

    Those of the series that `leads` come first, then those of no series, then all others; in each
    of these, the latest first.
    """
    found = []
    for folder in _published(site).values():
        path = folder / RESULTS
        results = load_results(path, f"{folder.name}/{RESULTS} of the site")
        found.append(Listed(folder, results, read_pages(folder)))
    found.sort(key=lambda each: (each.name == LATEST, each.name), reverse=True)
    found.sort(key=lambda each: (each.as_of is None, each.as_of or ""), reverse=True)
    found.sort(key=lambda each: _of_series(each) != "")
    found.sort(key=lambda each: _of_series(each) != leads)
    return found


def _of_series(edition: Listed) -> str:
    return edition.results.get("series") or ""


def _published(site: Path) -> dict[str, Path]:
    if not site.is_dir():
        return {}
    return {path.name: path for path in sorted(site.iterdir()) if (path / RESULTS).is_file()}


def _write_switcher(site: Path, listed: Sequence[Listed]) -> None:
    """Write what the edition switcher of each page reads: the editions, and the pages of each."""
    switcher = [
        {
            "schema": EDITIONS_VERSION,
            "name": f"{each.name} (latest)" if number == 0 and _says_less(each) else each.name,
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


def _says_less(leading: Listed) -> bool:
    """Whether the name of the edition that leads does not say that it is the latest; no try is."""
    return leading.name != LATEST and not leading.results.get("try_of")


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
