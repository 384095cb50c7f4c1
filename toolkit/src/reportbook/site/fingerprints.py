"""What lies in a project and on its site now, as digests that can be compared with earlier ones."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from reportbook.book.taken_along import LEFT_OUT, beside_pages
from reportbook.report.contents import TOC
from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.project import Project, Shelf
from reportbook.report.settings import CONFIG, SECTION
from reportbook.results.citation import CITATION
from reportbook.results.files import RESULTS
from reportbook.running.digests import Digests
from reportbook.site.page_list import read_pages
from reportbook.site.theme_files import FOLDER as THEMES

_OF_THE_FRONT = (
    "about",
    "key_numbers",
    "trend",
    "leads",
)  # settings that only the front page shows


class Fingerprints:
    """Digests of what books are made from, and of what is published.

    What books are made from is read once, when it is first asked for: what somebody edits while a
    build works may have come into a book or not, so it must not count as built.
    """

    def __init__(self, project: Project, digests: Digests, shelf: Shelf) -> None:
        self._project, self._digests, self._shelf = project, digests, shelf.folder
        self._trees: dict[str, str | None] = {}
        self._themes: list[str] = []

    def note_sources(self) -> None:
        """Read now what books are made from."""
        for place in (EDITIONS, *self._places):
            self.source(place)

    def sources(self) -> dict[str, str | None]:
        """What a book is made from except runs and editions: digests by place in the project."""
        return {place: self.source(place) for place in self._places}

    def editions(self) -> str | None:
        """The digest of the folder of editions."""
        return self.source(EDITIONS)

    def source(self, place: str) -> str | None:
        """The digest of a file or folder of the project; None if there is none.

        Of notebooks only the names count: what is in them counts for each run, but the contents may
        ask for all notebooks of a folder.
        """
        if place not in self._trees:
            found = self._digests.tree(place, without=LEFT_OUT, named=("*.ipynb",))
            self._trees[place] = found
        return self._trees[place]

    def is_folder(self, place: str) -> bool:
        """Whether a folder lies at a place of the project."""
        return self._digests.kind(place) == "folder"

    def staged(self, folder: Path) -> str:
        """The digest of a staged book and of the settings that are not staged but decide pages."""
        section = self._project.config.get(SECTION) or {}
        settings = {key: value for key, value in section.items() if key not in _OF_THE_FRONT}
        return _digest([str(self.tree(folder)), json.dumps(settings, sort_keys=True, default=str)])

    def tree(self, folder: Path) -> str | None:
        """The digest of every file below a folder."""
        return self._digests.tree(self._project.shown(folder))

    def published(self, name: str) -> str | None:
        """The digest of the bytes of a published edition and its theme; None if there is none."""
        site = self._shelf
        if not (site / name / RESULTS).is_file():
            return None
        themes = (site / THEMES / each for each in read_pages(site / name).themes)
        return _digest(str(self.tree(folder)) for folder in (site / name, *themes))

    def touched(self, name: str) -> str | None:
        """The digest of times and sizes of a published edition's files; None if there is none.

        While that is as it was, nothing touched the files, and none has to be read.
        """
        site = self._shelf
        if not (site / name / RESULTS).is_file():
            return None
        self._themes = self._themes or list(_states(site / THEMES))
        return _digest([*_states(site / name), *self._themes])

    def results(self, name: str) -> str | None:
        """The digest of a published edition's results; None if it is not published."""
        return self._digests.file(self._project.shown(self._project.site / name / RESULTS))

    def place_of(self, name: str) -> str:
        """Where an edition is put, as people of the project write it."""
        return self._project.shown(self._shelf / name)

    def site_files(self) -> dict[str, str | None]:
        """What lies at the top of the site: digests of files by name, an empty one for folders."""
        site = self._shelf
        if not site.is_dir():
            return {}
        return {
            path.name: "" if path.is_dir() else self._digests.file(self._project.shown(path))
            for path in sorted(site.iterdir())
        }

    def forget_site(self) -> None:
        """Look at the theme files again: the site is a new one."""
        self._themes = []

    @cached_property
    def _places(self) -> list[str]:
        """The places in the project of what a book is made from, but for runs and editions."""
        project = self._project
        paths = [*(page.path for page in project.pages), *beside_pages(project)]
        return [CONFIG, TOC, CITATION, project.settings.data, *map(project.shown, paths)]


def _states(folder: Path) -> Iterator[str]:
    """What the system says of every file below a folder."""
    for at, folders, files in os.walk(folder):
        folders.sort()
        for each in sorted(files):
            path = os.path.join(at, each)
            state = os.lstat(path)
            times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
            yield f"{path} {state.st_ino} {state.st_size} {times}"


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
