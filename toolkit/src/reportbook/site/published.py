"""What was published, and whether building it anew would give the same.

For each edition the memory keeps what its book was made from: files, runs, the environment, and
the digest of the staged book. Two questions are asked of it. Before anything is done: is all of
that as it was? Then nothing is staged. After staging: is the staged book as it was? Then nothing
has to be written. In both cases what is published must be what was published. Where it is not, the
files that were written for it are still there and are published again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reportbook.cache.runs import Memory
from reportbook.cache.store import Entry
from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.editions import Edition
from reportbook.report.project import Project, Shelf
from reportbook.running.environment import differences, of_books
from reportbook.running.tasks import Run, Task
from reportbook.site.fingerprints import Fingerprints

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
    """The books that were published for a project, as its memory has them.

    Or those that were tried: they lie on a shelf of their own, and are remembered apart.
    """

    def __init__(self, project: Project, memory: Memory, *, are_tries: bool = False) -> None:
        self.project, self.memory, self.are_tries = project, memory, are_tries
        self.unsettled: set[str] = set()
        self._now = Fingerprints(project, memory.digests, self.shelf)
        self._environment = of_books(memory.digests)
        self._fresh_runs: dict[str, str] = {}  # by key of a run: its identity, empty if it is stale

    @property
    def shelf(self) -> Shelf:
        """Where the books are put."""
        return self.project.tries if self.are_tries else self.project.published

    def begin(self) -> None:
        """Read what books are made from, before the first is made.

        What is edited after that counts as changed, whether it came into a book or not.
        """
        self._now.note_sources()

    def fresh(
        self,
        names: Sequence[str],
        overrides: Mapping[str, str],
        loaded: Mapping[str, Loaded] | None = None,
    ) -> dict[str, Published]:
        """Those of the editions named that are published as they would be built now.

        An edition that is compared with one that is not fresh is not fresh either.

        Parameters
        ----------
        overrides
            The parameters that this build sets with ``-p``.
        loaded
            The editions as their files give them now. With them, an edition whose own values have
            not changed stays fresh when the file of another one changes.
        """
        found: dict[str, Entry] = {}
        for name in names:
            entry = self._entry(name)
            now = loaded[name] if loaded else None
            if entry is None or any(self._stale(entry, name, overrides, now)):
                continue
            if all(self._is_fresh(each) for each in entry.head["runs"]):
                found[name] = entry
        while stale := [name for name, entry in found.items() if _compared_in(entry, names, found)]:
            for name in stale:
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
        """Note that the editions named are fresh, so that the next build reads less to find it.

        `unsettled` are the editions whose published files were touched but have the bytes they had.
        """
        editions = self._now.editions()
        for name in names:
            entry = self._entry(name)
            if entry is None:
                continue
            head = {**entry.head, "editions": editions, "touched": self._now.touched(name)}
            if head != entry.head:
                self.memory.store.write(self._name(name), head)
            self.memory.store.used(self._name(name))
        for key in filter(None, self._fresh_runs):
            self.memory.store.used(key)

    def untouched(self, names: Iterable[str]) -> list[str]:
        """Those of the editions named whose published files nothing has touched since."""
        return [
            name
            for name in names
            if (entry := self._entry(name)) and self._now.touched(name) == entry.head["touched"]
        ]

    def note_moved(self, names: Iterable[str]) -> None:
        """Note that the editions named were put into a new site as they were.

        The files of both sites are links to the same bytes, but the system says that they were
        touched. Without this note, the next build would read all of them.
        """
        for name in names:
            if entry := self._entry(name):
                head = {**entry.head, "touched": self._now.touched(name)}
                self.memory.store.write(self._name(name), head)

    def same_book(self, name: str, staged: Path) -> bool:
        """Whether a staged book is the one that was published, and is published still."""
        entry = self._entry(name)
        return (
            entry is not None
            and entry.head["staged"] == self._now.staged(staged)
            and entry.head["surroundings"] == self._environment
            and self._intact(name, entry)
        )

    def written(self, name: str, staged: Path) -> list[Path]:
        """The folders that were written of a staged book and checked, if all are as they were.

        They may not have been published. The list is empty where they cannot be used.
        """
        entry = self.memory.store.read(self._written(name))
        if entry is None:
            return []
        folders = [self.project.root / place for place, _ in entry.head["written"]]
        return folders if entry.head == self._writing(staged, folders) else []

    def remember_written(self, name: str, staged: Path, folders: Iterable[Path]) -> None:
        """Keep that `folders` were written of a staged book, and were checked."""
        self.memory.store.write(self._written(name), self._writing(staged, folders))

    def remember(
        self,
        edition: Edition,
        before: Edition | None,
        runs: Iterable[Run],
        staged: Path,
        made: Made,
    ) -> None:
        """Keep what a book was made from, once it is published; `before` it is compared with."""
        compared = before and {
            "edition": _plain(before),
            "results": self._now.results(before.name),
        }
        head = {
            "edition": _plain(edition),
            "made": asdict(made),
            "surroundings": self._environment,
            "files": self._now.sources(),
            "editions": self._now.editions(),
            "runs": [self._run(run) for run in runs],
            "before": compared,
            "staged": self._now.staged(staged),
            "published": self._now.published(edition.name),
            "touched": self._now.touched(edition.name),
        }
        self.memory.store.write(self._name(edition.name), head)

    def remember_site(self, listed: Sequence[str], *, is_complete: bool = True) -> None:
        """Keep what the site's own files are, and the names of its editions in their order.

        `is_complete` says whether it has all the editions that it should have.
        Its own files are the front page, the list of editions and whatever else lies at its top.
        """
        self._now.forget_site()
        head = {
            "files": self._now.site_files(),
            "listed": list(listed),
            "editions": self._now.editions() if is_complete else None,
        }
        self.memory.store.write(self._shelf_entry, head)

    def listed(self) -> list[str]:
        """The editions on the site, latest first."""
        entry = self.memory.store.read(self._shelf_entry)
        return entry.head["listed"] if entry else []

    def editions_are_listed(self) -> bool:
        """Whether no file of an edition came, went or changed since the site was put in place."""
        entry = self.memory.store.read(self._shelf_entry)
        then = entry.head.get("editions") if entry else None
        return then is not None and then == self._now.editions()

    def site_is_intact(self) -> bool:
        """Whether the site's own files are as they were put there."""
        entry = self.memory.store.read(self._shelf_entry)
        return entry is not None and entry.head["files"] == self._now.site_files()

    @property
    def _shelf_entry(self) -> str:
        """The name of the entry of the shelf's own files."""
        return f"{self.shelf.folder.name}.books"

    def _name(self, edition: str) -> str:
        return f"{edition}.{'try' if self.are_tries else 'book'}"

    def _written(self, edition: str) -> str:
        return f"{edition}.{'written-try' if self.are_tries else 'written'}"

    def _entry(self, name: str) -> Entry | None:
        return self.memory.store.read(self._name(name))

    def _stale(
        self, entry: Entry, name: str, overrides: Mapping[str, str], loaded: Loaded | None
    ) -> Iterator[str]:
        head = entry.head
        changed = differences(head["surroundings"], self._environment)
        yield from changed
        if "reportbook changed" in changed:  # another reportbook may have written the entry
            return
        if head["edition"]["overrides"] != dict(overrides):
            yield "the parameters given by -p changed"
        if head["editions"] != self._now.editions():
            yield from _edition_differences(head, loaded)
        files = head["files"].items()
        changed = [place for place, digest in files if self._now.source(place) != digest]
        for place in changed:
            # a file inside, if it is one of those listed, says better what changed in a folder
            if not any(other.startswith(f"{place}/") for other in changed):
                yield f"{'a file in ' if self._now.is_folder(place) else ''}{place} changed"
        before = head["before"]
        if before and self._now.results(before["edition"]["name"]) != before["results"]:
            yield f"{before['edition']['name']}, which it is compared with, was published anew"
        if not self._intact(name, entry):
            yield f"what is published in {self._now.place_of(name)} is not what was built"

    def _intact(self, name: str, entry: Entry) -> bool:
        """Whether a published edition is as it was; its bytes are read if anything touched it."""
        touched = self._now.touched(name)
        if touched is not None and touched == entry.head["touched"]:
            return True
        self.unsettled.add(name)
        return touched is not None and self._now.published(name) == entry.head["published"]

    def _is_fresh(self, each: Mapping[str, Any]) -> bool:
        """Whether a run that a book was made from is fresh, and no later one took its place."""
        task = self._task(each)
        key = self.memory.key(task) or ""
        if key not in self._fresh_runs:
            entry = self.memory.entry(task)
            fresh = entry is not None and not self.memory.stale(task)
            self._fresh_runs[key] = entry.identity if entry and fresh else ""
        identity = self._fresh_runs[key]
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

    def _writing(self, staged: Path, folders: Iterable[Path]) -> dict[str, Any]:
        return {
            "surroundings": self._environment,
            "staged": self._now.staged(staged),
            "written": [[self.project.shown(each), self._now.tree(each)] for each in folders],
        }


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
    for key in (
        "title",
        "scope",
        "as_of",
        "given",
        "parameters",
        "series",
        "corrections",
        "released",
    ):
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
