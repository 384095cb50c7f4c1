"""The contents of a book: which pages ``_toc.yml`` names, and the file of each."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.notebooks import MARKDOWN
from reportbook.files.places import mistake_in_path
from reportbook.files.text import read_text
from reportbook.files.text_notebooks import is_text_notebook
from reportbook.files.yaml_lines import Node, read_yaml
from reportbook.report.settings import CONFIG

TOC = "_toc.yml"
NOTEBOOK = ".ipynb"
RST = ".rst"
SUFFIXES = (MARKDOWN, NOTEBOOK, RST)
_SPHINXS_OWN = ("search", "genindex")  # pages that Sphinx makes itself
BRANCHES = ("parts", "chapters", "sections", "subtrees", "entries")


@dataclass(frozen=True)
class Page:
    """A page of the book: its address (``notebooks/people``) and its file.

    `is_text` says of a notebook that it is written as Markdown. `name` is what tells it apart where
    several notebooks have the same file name: ``north/people``.
    """

    address: str
    path: Path
    is_text: bool = False
    name: str = ""

    @property
    def is_notebook(self) -> bool:
        """Whether it is run, and not only shown."""
        return self.is_text or self.path.suffix == NOTEBOOK

    @property
    def stem(self) -> str:
        """The name of its file without folder and suffix: ``people``; `name` where it has one."""
        return self.name or self.path.stem

    @property
    def file(self) -> str:
        """Its address with the suffix of its file: what people call it."""
        return f"{self.address}{self.path.suffix}"

    def text(self) -> str:
        """What is written in its file.

        Raises
        ------
        ReportError
            If it is not UTF-8.
        """
        return read_text(self.path, self.file)


def read_contents(root: Path, config: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages of the book in the folder `root`, in order.

    Raises
    ------
    ReportError
        If the contents are wrong or name a file that is no page: with the line.
    """
    return _told_apart(_pages(root, read_yaml(root / TOC, TOC), left_out(config)))


def _told_apart(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages, each once; notebooks of one file name with a name that tells them apart."""
    seen: dict[str, Page] = {}
    for page in pages:
        first = seen.setdefault(
            page.address.casefold(), page
        )  # on some systems case is no difference
        if first is not page:
            raise ReportError(
                f"{TOC} names the page '{page.address}' twice "
                f"({first.address} and {page.address}). Keep one."
            )
    stems = Counter(page.path.stem.casefold() for page in seen.values() if page.is_notebook)
    shared = {stem for stem, number in stems.items() if number > 1}
    return tuple(
        replace(page, name=page.address if page.path.stem.casefold() in shared else "")
        for page in seen.values()
    )


def _pages(root: Path, toc: Node, left_out: Sequence[str]) -> Iterator[Page]:
    if isinstance(toc.value, list):
        raise ReportError(
            f"{TOC} is a list, as Jupyter Book had it before version 0.11. Run: jupyter-book toc "
            f"migrate {TOC} -o {TOC}."
        )
    if not isinstance(toc.value, dict) or "root" not in toc.value:
        raise ReportError(
            f"{TOC} names no 'root', the book's first page. Add a line like 'root: intro'."
        )
    for branch, form in (("parts", "jb-book"), ("chapters", "jb-book"), ("sections", "jb-article")):
        if branch in toc.value and "format" not in toc.value:
            raise ReportError(
                f"{TOC}, line {toc.value[branch].line}: '{branch}' needs a format above it. Add a "
                f"line: 'format: {form}'."
            )
    places = [_page(root, toc.value["root"]), *_below(root, toc)]
    named = {place.address for place in places if isinstance(place, Page)}
    for place in places:
        if isinstance(place, Page):
            yield place
            continue
        found = _matching(root, place, left_out, named)
        named.update(page.address for page in found)
        yield from found


def _below(root: Path, entry: Node) -> Iterator[Page | Node]:
    """The pages below an entry of the contents; for a pattern, its node."""
    for branch in BRANCHES:
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
                yield child.value["glob"]
            yield from _below(root, child)


def _page(root: Path, entry: Node) -> Page:
    where = f"{TOC}, line {entry.line}"
    if mistake := mistake_in_path(entry.value):
        raise ReportError(f"{where}: '{entry.value}' {mistake}. Pages lie in the report's folder.")
    written = Path(entry.value)
    address = str(written.with_suffix("")) if written.suffix in SUFFIXES else entry.value
    files = [path for suffix in SUFFIXES if (path := root / f"{address}{suffix}").is_file()]
    if written.suffix in SUFFIXES and (root / written) in files:
        files = [root / written]
    if not files:
        other = sorted(path.name for path in root.glob(f"{glob.escape(address)}.*"))
        raise ReportError(
            f"{where} names the page '{entry.value}', but there is no such file."
            + (f" There is {listed(other)}; pages end in {listed(SUFFIXES)}." if other else "")
            + did_you_mean(address, map(_address, files_of_pages(root)))
        )
    if len(files) > 1:
        raise ReportError(
            f"{where} names '{address}', which is both "
            f"{' and '.join(path.name for path in files)}. "
            f"Write which: file: {files[-1].relative_to(root).as_posix()}."
        )
    if address.casefold() in _SPHINXS_OWN:
        raise ReportError(f"{where}: the book has a page '{address}' of its own. Rename this one.")
    return _page_of(root, files[0])


def _page_of(root: Path, path: Path) -> Page:
    """The page that a file is. Text is read here once, so that one in another coding stops."""
    page = Page(_address(path.relative_to(root)), path)
    if path.suffix == NOTEBOOK:
        return page
    text = page.text()
    return replace(page, is_text=path.suffix == MARKDOWN and is_text_notebook(text, page.file))


def _matching(root: Path, entry: Node, left_out: Sequence[str], named: Set[str]) -> list[Page]:
    """The pages that a pattern of the contents adds, in order: those they do not name otherwise.

    Patterns are matched as Sphinx does it: against whole addresses, and ``*`` matches no slash.
    """
    if not entry.is_text or mistake_in_path(entry.value.replace("*", "x").replace("?", "x")):
        raise ReportError(
            f"{TOC}, line {entry.line}: 'glob' must be a pattern of pages, such as notebooks/p*."
        )
    from sphinx.util.matching import Matcher, patmatch

    excluded = Matcher(left_out)
    found: dict[str, list[Path]] = {}
    for path in files_of_pages(root):
        address = _address(path)
        if patmatch(address, entry.value) and not excluded(path.as_posix()):
            found.setdefault(address, []).append(path)
    if not found:
        without = entry.value.removesuffix(Path(entry.value).suffix)
        hint = f" Patterns are written without suffix: {without}." if "." in entry.value else ""
        raise ReportError(f"{TOC}, line {entry.line}: no page matches '{entry.value}'.{hint}")
    pages = []
    for address in sorted(found.keys() - named):
        if len(found[address]) > 1:
            both = [path.as_posix() for path in found[address]]
            raise ReportError(
                f"{TOC}, line {entry.line}: '{entry.value}' matches '{address}', which is both "
                f"{' and '.join(both)}. Leave one out in {CONFIG}: exclude_patterns: [{both[0]}]."
            )
        pages.append(_page_of(root, root / found[address][0]))
    return pages


def left_out(config: Mapping[str, Any]) -> Sequence[str]:
    """The patterns of files that are no pages."""
    patterns = config.get("exclude_patterns") or ()
    return [*map(str, patterns)] if isinstance(patterns, list) else []


def files_of_pages(root: Path) -> Iterator[Path]:
    """Every file of the project that could be a page, as it lies below `root`."""
    for at, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if each[0] not in "._")
        if "pyvenv.cfg" in files or Path(at).name == "node_modules":
            folders.clear()  # other people's files
            continue
        inside = Path(at).relative_to(root)
        yield from (inside / name for name in sorted(files) if name.endswith(SUFFIXES))


def _address(path: Path) -> str:
    return path.with_suffix("").as_posix()
