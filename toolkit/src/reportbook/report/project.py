"""Where the report is, and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.places import mistake_in_path
from reportbook.files.text import read_text
from reportbook.files.yaml_lines import parse_yaml
from reportbook.report.contents import NOTEBOOK, TOC, Page, read_contents
from reportbook.report.settings import CONFIG, Settings, read_settings

EDITIONS = "editions"  # the folder of their files
# what the configuration names beside the pages: at its top, under ``html`` and for Sphinx
_FILES = ("logo", "bibtex_bibfiles")
_FILES_OF_HTML = ("favicon",)
_FILES_OF_SPHINX = (
    "bibtex_bibfiles", "html_extra_path", "html_favicon", "html_logo", "html_static_path",
    "locale_dirs", "templates_path",
)  # fmt: skip


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
    def has_editions(self) -> bool:
        """Whether it has files of editions; else there is the one of its configuration."""
        return any((self.root / EDITIONS).glob("*.y*ml"))

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
    """The notebooks of the book by stem, address or file name; one it does not have stops."""
    called: dict[str, list[Page]] = {}
    for page in project.notebooks:
        for name in {page.stem, page.path.stem, page.address, page.path.name, page.file}:
            called.setdefault(name, []).append(page)
    chosen = []
    for name in names:
        found = called.get(name, ())
        if len(found) != 1:
            stems = [page.stem for page in found or project.notebooks]
            said = f"several notebooks '{name}'" if found else f"no notebook '{name}'"
            raise ReportError(
                f"The book has {said}. It has {listed(stems)}."
                + did_you_mean(name.removesuffix(NOTEBOOK), () if found else stems)
            )
        chosen.append(found[0])
    return chosen


def load_project(root: Path) -> Project:
    """The report in the folder `root`."""
    text = read_text(root / CONFIG, CONFIG)
    lines = parse_yaml(text, CONFIG)  # names the line of a fault; the types below are Sphinx's
    try:
        config = yaml.safe_load(text) or {}
    except (ValueError, yaml.YAMLError) as error:
        raise ReportError(f"{CONFIG} has a value that YAML cannot read: {error}.") from error
    _check_sections(config)
    _check_paths(config)
    pages = read_contents(root, config)
    return Project(root, config, pages, read_settings(lines, [page.address for page in pages]))


def _check_sections(config: object) -> None:
    """Stop at a section of the configuration that holds something else than lines with keys."""
    if not isinstance(config, dict):
        raise ReportError(f"{CONFIG} must hold lines like 'title: My report'.")
    sphinx = config.get("sphinx")
    inside = sphinx.get("config") if isinstance(sphinx, dict) else None
    sections = {"html": config.get("html"), "sphinx": sphinx, "sphinx: config": inside}
    for called, section in sections.items():
        if section is not None and not isinstance(section, dict):
            raise ReportError(f"{CONFIG}: '{called}:' must hold lines like 'key: value'.")
    for key in ("title", "author"):
        if isinstance(config.get(key), dict | list):
            raise ReportError(f"{CONFIG}: '{key}' must be one line of text.")


def _check_paths(config: Mapping[str, Any]) -> None:
    """Stop at a file or folder of the configuration that lies outside the report."""

    of_sphinx = (config.get("sphinx") or {}).get("config") or {}
    of_book = (
        (config, _FILES),
        (config.get("html") or {}, _FILES_OF_HTML),
        (of_sphinx, _FILES_OF_SPHINX),
    )
    for section, keys in of_book:
        for key in keys:
            given = section.get(key)
            for path in given if isinstance(given, list) else [given] if given else ():
                if mistake := mistake_in_path(path):
                    raise ReportError(f"{CONFIG}: '{path}', which '{key}' names, {mistake}.")
