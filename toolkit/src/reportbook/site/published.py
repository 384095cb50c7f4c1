"""What was published, and whether building it anew would give the same.

For each edition the memory keeps what its book was made from: files, runs, the environment, and
the digest of the staged book. Two questions are asked of it. Before anything is done: is all of
that as it was? Then nothing is staged. After staging: is the staged book as it was? Then Sphinx
need not read it. In both cases what is published must be what was published; where it is not, the
pages that were made for it still serve.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reportbook.book.staging import LEFT_OUT, beside_pages
from reportbook.cache.runs import Memory
from reportbook.cache.store import Entry
from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.editions import Edition
from reportbook.report.project import TOC, Project
from reportbook.report.settings import CONFIG, SECTION
from reportbook.results.citation import CITATION
from reportbook.results.files import RESULTS
from reportbook.running.digests import Digests
from reportbook.running.environment import differences, of_books
from reportbook.running.tasks import Run, Task
from reportbook.site.page_list import read_pages
from reportbook.site.theme_files import FOLDER as THEMES

_SITE = "site.books"
_OF_THE_FRONT = ("about", "key_numbers", "trend")  # what the front page alone shows

Loaded = tuple[Edition, Edition | None]  # an edition and the one it is compared with


@dataclass(frozen=True)
class Made:
    """What a build says of an edition: how many pages, numbers and charts it has."""

    pages: int
    numbers: int
    charts: int


@dataclass(frozen=True)
class Published:
    """A remembered book: its edition, and what was made of it."""

    edition: Edition
    made: Made


class Books:
    """The books that were published for a project."""

    def __init__(self, project: Project, memory: Memory) -> None:
        self.project, self.memory = project, memory
        self.digests: Digests = memory.digests
        self._surroundings = of_books(self.digests)
        self._trees: dict[str, str | None] = {}  # as they were when they were first looked at
        self._themes: list[str] = []
        self._looked_at: dict[str, str] = {}  # runs by key: the identity of a fresh one
        self.unsettled: set[str] = set()

    def begin(self) -> None:
        """Note what books are made from, before anything is: what is edited while a build works
        may or may not have come into it.
        """
        for place in (EDITIONS, *self._places()):
            self._tree(place)

    def fresh(
        self,
        names: Sequence[str],
        overrides: Mapping[str, str],
        loaded: Mapping[str, Loaded] | None = None,
    ) -> dict[str, Published]:
        """Those of the editions named that are published as they would be built now.

        An edition that is compared with one that is not fresh is not fresh either. Where the
        editions are `loaded`, one whose own values are as they were does not mind other files.
        """
        found: dict[str, Entry] = {}
        for name in names:
            entry = self._entry(name)
            now = loaded[name] if loaded else None
            if entry is None or any(self._stale(entry, name, overrides, now)):
                continue
            if all(self._is_fresh(each) for each in entry.head["runs"]):
                found[name] = entry
        while moved := [name for name, entry in found.items() if _compared_in(entry, names, found)]:
            for name in moved:
                del found[name]
        return {name: _published(entry) for name, entry in found.items()}

    def stale(
        self, name: str, overrides: Mapping[str, str], loaded: Loaded | None = None
    ) -> list[str]:
        """Why an edition's book would be made anew, in words; its runs are not looked at."""
        entry = self._entry(name)
        if entry is None:
            return ["never built"]
        return list(dict.fromkeys(self._stale(entry, name, overrides, loaded)))

    def runs(self, name: str) -> list[Task]:
        """The runs that the published book was made from."""
        entry = self._entry(name)
        return [self._task(each) for each in entry.head["runs"]] if entry else []

    def parameters(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The parameters that the published notebooks were run with, by stem."""
        entry = self._entry(name)
        return entry.head["edition"]["parameters"] if entry else {}

    def settle(self, names: Iterable[str]) -> None:
        """Note that the editions named were found fresh, so that it is seen at a glance.

        `unsettled` are those whose published folder was touched, with all bytes as they were.
        """
        editions = self._tree(EDITIONS)
        for name in names:
            entry = self._entry(name)
            if entry is None:
                continue
            head = {**entry.head, "editions": editions, "touched": self._touched(name)}
            if head != entry.head:
                self.memory.store.write(_name(name), head)
            self.memory.store.used(_name(name))
        for key in filter(None, self._looked_at):
            self.memory.store.used(key)

    def untouched(self, names: Iterable[str]) -> list[str]:
        """Those of the editions named whose published files nothing has touched since."""
        return [
            name
            for name in names
            if (entry := self._entry(name)) and self._touched(name) == entry.head["touched"]
        ]

    def note_moved(self, names: Iterable[str]) -> None:
        """Note that the editions named were put into a new site as they were.

        The files of both sites are links to the same bytes, but the system says that they were
        touched. Without this note, the next build would read all of them.
        """
        for name in names:
            if entry := self._entry(name):
                head = {**entry.head, "touched": self._touched(name)}
                self.memory.store.write(_name(name), head)

    def same_book(self, name: str, staged: Path) -> bool:
        """Whether a staged book is the one that was published, and that is as it was."""
        entry = self._entry(name)
        return (
            entry is not None
            and entry.head["staged"] == self._staged(staged)
            and entry.head["surroundings"] == self._surroundings
            and self._intact(name, entry)
        )

    def written(self, name: str, staged: Path) -> list[Path]:
        """The folders that were written of a staged book and checked, if all are as they were.

        They may not have come to be published. The list is empty where nothing usable is left.
        """
        entry = self.memory.store.read(_written(name))
        if entry is None:
            return []
        folders = [self.project.root / place for place, _ in entry.head["written"]]
        return folders if entry.head == self._writing(staged, folders) else []

    def remember_written(self, name: str, staged: Path, folders: Iterable[Path]) -> None:
        """Keep that `folders` were written of a staged book, and were checked."""
        self.memory.store.write(_written(name), self._writing(staged, folders))

    def _writing(self, staged: Path, folders: Iterable[Path]) -> dict[str, Any]:
        places = [self.project.shown(folder) for folder in folders]
        return {
            "surroundings": self._surroundings,
            "staged": self._staged(staged),
            "written": [[place, self.digests.tree(place)] for place in places],
        }

    def remember(
        self,
        edition: Edition,
        before: Edition | None,
        runs: Iterable[Run],
        staged: Path,
        made: Made,
    ) -> None:
        """Keep what a book was made from, once it is published; `before` it is compared with."""
        head = {
            "edition": _plain(edition),
            "made": asdict(made),
            "surroundings": self._surroundings,
            "files": {place: self._tree(place) for place in self._places()},
            "editions": self._tree(EDITIONS),
            "runs": [self._run(run) for run in runs],
            "before": before
            and {"edition": _plain(before), "results": self._results_of(before.name)},
            "staged": self._staged(staged),
            "published": self._contents(edition.name),
            "touched": self._touched(edition.name),
        }
        self.memory.store.write(_name(edition.name), head)

    def remember_site(self, listed: Sequence[str]) -> None:
        """Keep what the site's own files are (its front page, its list of editions), once it is in
        place, and the names of its editions in order.
        """
        self._themes = []
        self.memory.store.write(_SITE, {"files": self._site_files(), "listed": list(listed)})

    def listed(self) -> list[str]:
        """The editions on the site, latest first."""
        entry = self.memory.store.read(_SITE)
        return entry.head["listed"] if entry else []

    def site_is_intact(self) -> bool:
        """Whether the site's own files are as they were put there."""
        entry = self.memory.store.read(_SITE)
        return entry is not None and entry.head["files"] == self._site_files()

    def _entry(self, name: str) -> Entry | None:
        return self.memory.store.read(_name(name))

    def _stale(
        self, entry: Entry, name: str, overrides: Mapping[str, str], loaded: Loaded | None
    ) -> Iterator[str]:
        head = entry.head
        moved = differences(head["surroundings"], self._surroundings)
        yield from moved
        if "reportbook changed" in moved:  # the entry may be made otherwise
            return
        if head["edition"]["overrides"] != dict(overrides):
            yield "the parameters given by -p changed"
        if head["editions"] != self._tree(EDITIONS):
            yield from _edition_differences(head, loaded)
        moved = [place for place, digest in head["files"].items() if self._tree(place) != digest]
        for place in moved:
            if not any(other.startswith(f"{place}/") for other in moved):  # which says it better
                inside = "a file in " if self.digests.kind(place) == "folder" else ""
                yield f"{inside}{place} changed"
        before = head["before"]
        if before and self._results_of(before["edition"]["name"]) != before["results"]:
            yield f"{before['edition']['name']}, which it is compared with, was published anew"
        if not self._intact(name, entry):
            yield f"what is published in {self._site(name)} is not what was built"

    def _is_fresh(self, each: Mapping[str, Any]) -> bool:
        """Whether a run that a book was made from is fresh, and no later one took its place."""
        task = self._task(each)
        key = self.memory.key(task) or ""
        if key not in self._looked_at:
            entry = self.memory.entry(task)
            fresh = entry is not None and not self.memory.stale(task)
            self._looked_at[key] = entry.identity if entry and fresh else ""
        identity = self._looked_at[key]
        return identity != "" and identity == str(each["identity"])

    def _task(self, each: Mapping[str, Any]) -> Task:
        source = self.project.root / each["notebook"]
        return Task(source, Path(), each["parameters"], pictures=each["pictures"])

    def _run(self, run: Run) -> dict[str, Any]:
        return {
            "notebook": self.project.shown(run.task.source),
            "parameters": dict(run.task.parameters),
            "pictures": run.task.pictures,
            "identity": run.identity,
        }

    def _places(self) -> Iterator[str]:
        """What a book is made from beside its runs, as it lies in the project."""
        project = self.project
        yield from (CONFIG, TOC, CITATION, project.settings.data)
        yield from (project.shown(page.path) for page in project.pages)
        yield from (project.shown(path) for path in beside_pages(project))

    def _tree(self, place: str) -> str | None:
        # notebooks count one by one, and by name where the contents may ask for all of a folder
        if place not in self._trees:
            found = self.digests.tree(place, without=LEFT_OUT, named=("*.ipynb",))
            self._trees[place] = found
        return self._trees[place]

    def _staged(self, folder: Path) -> str:
        """The digest of a staged book, and of what the configuration says of it beyond that."""
        section = self.project.config.get(SECTION) or {}
        beside = {key: value for key, value in section.items() if key not in _OF_THE_FRONT}
        tree = self.digests.tree(self.project.shown(folder))
        return _digest([str(tree), json.dumps(beside, sort_keys=True, default=str)])

    def _site(self, name: str) -> str:
        return self.project.shown(self.project.site / name)

    def _results_of(self, name: str) -> str | None:
        return self.digests.file(f"{self._site(name)}/{RESULTS}")

    def _intact(self, name: str, entry: Entry) -> bool:
        """Whether a published folder is as it was; its bytes are read if anything touched it."""
        touched = self._touched(name)
        if touched is not None and touched == entry.head["touched"]:
            return True
        self.unsettled.add(name)
        return touched is not None and self._contents(name) == entry.head["published"]

    def _folders(self, name: str) -> list[Path]:
        site = self.project.site
        if not (site / name / RESULTS).is_file():
            return []
        return [site / name, *(site / THEMES / each for each in read_pages(site / name).themes)]

    def _contents(self, name: str) -> str | None:
        folders = self._folders(name)
        trees = [self.digests.tree(self.project.shown(folder)) for folder in folders]
        return _digest(map(str, trees)) if folders else None

    def _touched(self, name: str) -> str | None:
        """What the system says of every file of a published edition; None if there is none."""
        site = self.project.site
        if not (site / name / RESULTS).is_file():
            return None
        self._themes = self._themes or list(_states(site / THEMES))
        return _digest([*_states(site / name), *self._themes])

    def _site_files(self) -> dict[str, str | None]:
        site = self.project.site
        if not site.is_dir():
            return {}
        return {
            path.name: "" if path.is_dir() else self.digests.file(self.project.shown(path))
            for path in sorted(site.iterdir())
        }


def _states(folder: Path) -> Iterator[str]:
    """What the system says of every file below a folder."""
    for at, folders, files in os.walk(folder):
        folders.sort()
        for each in sorted(files):
            path = os.path.join(at, each)
            state = os.lstat(path)
            times = f"{state.st_mtime_ns} {state.st_ctime_ns}"
            yield f"{path} {state.st_ino} {state.st_size} {times}"


def _name(edition: str) -> str:
    return f"{edition}.book"


def _written(edition: str) -> str:
    return f"{edition}.written"


def _compared_in(entry: Entry, asked: Sequence[str], fresh: Mapping[str, Entry]) -> bool:
    """Whether an edition is compared with one that is built too."""
    before = entry.head["before"]
    name = before["edition"]["name"] if before else ""
    return name in asked and name not in fresh


def _edition_differences(head: Mapping[str, Any], loaded: Loaded | None) -> Iterator[str]:
    if loaded is None:
        yield f"{EDITIONS} changed"
        return
    edition, before = loaded
    then, now = head["edition"], _plain(edition)
    for key in ("title", "scope", "as_of", "given", "parameters", "series"):
        if then.get(key) != now[key]:
            yield f"{edition.file} changed ({key})"
    compared = head["before"] and head["before"]["edition"]
    if compared != (before and _plain(before)):
        yield "the edition it is compared with is another or has changed"


def _plain(edition: Edition) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(edition)))
    return plain


def _published(entry: Entry) -> Published:
    return Published(Edition(**entry.head["edition"]), Made(**entry.head["made"]))


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
