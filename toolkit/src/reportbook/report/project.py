"""Where the report is, and which pages its contents name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.places import mistake_in_path
from reportbook.files.yaml_lines import Node, parse_yaml, read_text, read_yaml
from reportbook.report.settings import CONFIG, Settings, read_settings

TOC = "_toc.yml"
SUFFIXES = (".md", ".ipynb", ".rst")
_SPHINXS_OWN = ("search", "genindex")  # pages that Sphinx makes itself
# what the configuration names beside the pages: at its top, under ``html`` and for Sphinx
_FILES = ("logo", "bibtex_bibfiles")
_FILES_OF_HTML = ("favicon",)
_FILES_OF_SPHINX = (
    "bibtex_bibfiles", "html_extra_path", "html_favicon", "html_logo", "html_static_path",
    "locale_dirs", "templates_path",
)  # fmt: skip
_BRANCHES = ("parts", "chapters", "sections", "subtrees", "entries")


@dataclass(frozen=True)
class Page:
    """A page of the book: its address (``notebooks/people``) and its file."""

    address: str
    path: Path

    @property
    def is_notebook(self) -> bool:
        """Whether it is run, and not only shown."""
        return self.path.suffix == ".ipynb"

    @property
    def stem(self) -> str:
        """The name of its file without folder and suffix: ``people``."""
        return self.path.stem


@dataclass(frozen=True)
class Shelf:
    """Where finished books are put: `folder`; each is made below `work` first."""

    folder: Path
    work: Path

    def work_folder(self, edition: str) -> Path:
        """The folder in which an edition is made before it is put on the shelf."""
        return self.work / edition


@dataclass(frozen=True)
class Project:
    """A report's folder, its configuration and the pages of its contents, in order.

    `config` is the configuration as Jupyter Book reads it, `settings` the part that is meant for
    this toolkit. The file is read once, when the project is loaded.
    """

    root: Path
    config: dict[str, Any]
    pages: tuple[Page, ...]
    settings: Settings = field(default_factory=Settings)

    @property
    def notebooks(self) -> tuple[Page, ...]:
        """The pages that are notebooks, in the order of the contents."""
        return tuple(page for page in self.pages if page.is_notebook)

    @property
    def build(self) -> Path:
        """Everything that is made; none of it is committed."""
        return self.root / "_build"

    @property
    def memory(self) -> Path:
        """What was run and built, kept for builds to come."""
        return self.build / "memory"

    @property
    def published(self) -> Shelf:
        """The site, which changes only by editions."""
        return Shelf(self.build / "site", self.build / "editions")

    @property
    def tries(self) -> Shelf:
        """Editions with other parameters, which are never published."""
        # an underscore, as no edition's name begins with one
        return Shelf(self.build / "tries", self.build / "editions" / "_tries")

    @property
    def withdrawn(self) -> Path:
        """Editions that left the site when their files went, kept aside."""
        return self.build / "withdrawn"

    @property
    def site(self) -> Path:
        """What is published."""
        return self.published.folder

    @property
    def data(self) -> Path:
        """The folder of the report's own tables; it may be that there is none."""
        return self.root / self.settings.data

    @property
    def language(self) -> str:
        """The language of the report, as Sphinx calls it: ``en``."""
        settings = (self.config.get("sphinx") or {}).get("config") or {}
        return settings.get("language") or "en"

    @property
    def address(self) -> str:
        """Where the site is published, ending in a slash; empty where that is not configured.

        Raises
        ------
        ReportError
            If the configured address is none of the web.
        """
        given = str((self.config.get("html") or {}).get("baseurl") or "")
        if given and not given.startswith(("https://", "http://")):
            raise ReportError(
                f"{CONFIG}: 'baseurl' is '{given}', but must be a full address such as "
                "https://example.org/report/."
            )
        return f"{given.rstrip('/')}/" if given else ""

    def shown(self, path: Path) -> str:
        """A path as the people working on the project call it."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )


def find_project(start: Path | None = None) -> Project:
    """The report in `start` (the working folder) or the nearest folder above it.

    Raises
    ------
    ReportError
        If there is none, or its configuration or contents are wrong: with file and line.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file() and (folder / TOC).is_file():
            return load_project(folder)
    raise ReportError(
        f"No report here: neither {start} nor a folder above it has both {CONFIG} and {TOC}. "
        "Go into the report's folder first."
    )


def named_notebooks(project: Project, names: Sequence[str]) -> list[Page]:
    """The notebooks of the book by stem or file name; a name it does not have stops."""
    by_stem = {page.stem: page for page in project.notebooks}
    chosen = []
    for name in names:
        stem = Path(name).stem if name.endswith(".ipynb") else name
        if stem not in by_stem:
            raise ReportError(
                f"The book has no notebook '{name}'. It has {listed(by_stem)}."
                + did_you_mean(stem, by_stem)
            )
        chosen.append(by_stem[stem])
    return chosen


def load_project(root: Path) -> Project:
    """The report in the folder `root`."""
    text = read_text(root / CONFIG, CONFIG)
    lines = parse_yaml(text, CONFIG)  # names the line of a fault; the types below are Sphinx's
    config = yaml.safe_load(text) or {}
    pages = tuple(_pages(root, read_yaml(root / TOC, TOC)))
    _check_paths(config)
    _one_each(pages, "address", "page")
    _one_each(tuple(page for page in pages if page.is_notebook), "stem", "notebook name")
    return Project(root, config, pages, read_settings(lines, [page.address for page in pages]))


def _one_each(pages: tuple[Page, ...], what: str, called: str) -> None:
    seen: dict[str, Page] = {}
    for page in pages:
        key = getattr(page, what)
        first = seen.setdefault(key.casefold(), page)  # on some systems case makes no difference
        if first is not page:
            raise ReportError(
                f"{TOC} names the {called} '{key}' twice "
                f"({first.address} and {page.address}). Keep one."
            )


def _check_paths(config: Any) -> None:
    """Stop at a file or folder of the configuration that lies outside the report."""

    def below(section: Any, key: str) -> Any:
        return section.get(key) if isinstance(section, dict) else None

    of_book = (
        (config, _FILES),
        (below(config, "html"), _FILES_OF_HTML),
        (below(below(config, "sphinx"), "config"), _FILES_OF_SPHINX),
    )
    for section, keys in of_book:
        for key in keys:
            given = below(section, key)
            for path in given if isinstance(given, list) else [given] if given else ():
                if mistake := mistake_in_path(path):
                    raise ReportError(f"{CONFIG}: '{path}', which '{key}' names, {mistake}.")


def _pages(root: Path, toc: Node) -> Iterator[Page]:
    if not isinstance(toc.value, dict) or "root" not in toc.value:
        raise ReportError(f"{TOC} names no 'root', the book's first page.")
    yield _page(root, toc.value["root"])
    yield from _below(root, toc)


def _below(root: Path, entry: Node) -> Iterator[Page]:
    for branch in _BRANCHES:
        children = entry.value.get(branch)
        if children is None or children.is_empty:
            continue
        if not isinstance(children.value, list):
            raise ReportError(f"{TOC}, line {children.line}: '{branch}' must be a list.")
        for child in children.value:
            if not isinstance(child.value, dict):
                raise ReportError(
                    f"{TOC}, line {child.line}: write '- file: {child.value}' for a page."
                )
            if "file" in child.value:
                yield _page(root, child.value["file"])
            elif "glob" in child.value:
                yield from _matching(root, child.value["glob"])
            yield from _below(root, child)


def _page(root: Path, entry: Node) -> Page:
    where = f"{TOC}, line {entry.line}"
    if mistake := mistake_in_path(entry.value):
        raise ReportError(f"{where}: '{entry.value}' {mistake}. Pages lie in the report's folder.")
    address = (
        entry.value.removesuffix(Path(entry.value).suffix)
        if (Path(entry.value).suffix in SUFFIXES)
        else entry.value
    )
    files = [path for suffix in SUFFIXES if (path := root / f"{address}{suffix}").is_file()]
    if not files:
        raise ReportError(
            f"{where} names the page '{entry.value}', but there is no such file."
            + did_you_mean(address, (page.address for page in _everything(root)))
        )
    if len(files) > 1:
        raise ReportError(
            f"{where} names '{address}', which is both "
            f"{' and '.join(path.name for path in files)}. Rename one."
        )
    if address.casefold() in _SPHINXS_OWN:
        raise ReportError(f"{where}: the book has a page '{address}' of its own. Rename this one.")
    return Page(address, files[0])


def _matching(root: Path, entry: Node) -> Iterator[Page]:
    found = sorted(
        (page for page in _everything(root) if Path(page.address).match(entry.value)),
        key=lambda page: page.address,
    )
    if not found:
        raise ReportError(f"{TOC}, line {entry.line}: no page matches '{entry.value}'.")
    yield from found


def _everything(root: Path) -> Iterator[Page]:
    """Every file of the project that could be a page."""
    for folder in (root, *sorted(root.iterdir())):
        if not folder.is_dir() or folder.name[0] in "._":
            continue
        paths = folder.glob("*") if folder == root else folder.rglob("*")
        for path in sorted(paths):
            if path.suffix in SUFFIXES and ".ipynb_checkpoints" not in path.parts:
                yield Page(path.relative_to(root).with_suffix("").as_posix(), path)
