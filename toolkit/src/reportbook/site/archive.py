"""Published editions kept whole outside the site: put aside when they leave it, or in an archive.

An archive is a zip file of one edition as it was published, with the theme files that its pages
load. It stands in the repository beside the edition's own file, so that the site can be put
together again without running a notebook.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from reportbook.errors import ReportError
from reportbook.files.copying import copy_tree
from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.project import Project
from reportbook.results.files import RESULTS
from reportbook.site import theme_files
from reportbook.site.page_list import keep_pages

_BOOK = "book.zip"
_DAY = (1980, 1, 1, 0, 0, 0)  # of every file: the same edition gives the same archive


def archive_of(project: Project, edition: str) -> Path:
    """Where an edition's archive stands."""
    return project.root / EDITIONS / edition / _BOOK


def take_over(edition: Path, site: Path) -> None:
    """Take over an edition of another site, with the theme files that its pages load."""
    kept = site / edition.name
    copy_tree(edition, kept, _link)
    for fingerprint in keep_pages(kept).themes:
        theme = Path(theme_files.FOLDER, fingerprint)
        if not (site / theme).exists():  # not yet taken over for another edition
            copy_tree(edition.parent / theme, site / theme, _link)


def put_aside(edition: Path, aside: Path) -> None:
    """Keep an edition that leaves the site in the folder `aside`, in place of an earlier one."""
    shutil.rmtree(aside / edition.name, ignore_errors=True)
    aside.mkdir(parents=True, exist_ok=True)
    take_over(edition, aside)


def pack(edition: Path, archive: Path) -> None:
    """Write an edition of a site into an archive."""
    themes = [Path(theme_files.FOLDER, each) for each in keep_pages(edition).themes]
    site = edition.parent
    paths = [
        path
        for folder in (edition, *(site / theme for theme in themes))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    archive.parent.mkdir(parents=True, exist_ok=True)
    unfinished = archive.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in paths:
            about = zipfile.ZipInfo(path.relative_to(site).as_posix(), _DAY)
            about.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(about, path.read_bytes())
    unfinished.replace(archive)


def unpack(archive: Path, folder: Path, shown: str) -> Path:
    """Write what an archive holds into `folder`, and give back the edition's own folder there.

    Raises
    ------
    ReportError
        If it is no archive of an edition; `shown` names it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    except (zipfile.BadZipFile, OSError) as error:
        raise ReportError(
            f"{shown} cannot be read as the archive of an edition: {error}"
        ) from error
    found = [path.parent for path in sorted(folder.glob(f"*/{RESULTS}"))]
    if len(found) != 1:
        raise ReportError(f"{shown} holds {len(found)} published editions, and must hold one.")
    return found[0]


def _link(source: str, target: str) -> None:
    """Link a file, or copy it where that is not possible. Nobody writes to a published file."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
