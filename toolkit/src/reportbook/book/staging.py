"""The source folder of one edition's book: everything Sphinx reads, at the same relative paths."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import yaml

from reportbook.book.attachments import write_attachments
from reportbook.book.chart_frame import all_rows, anchor, framed
from reportbook.book.copying import copy_into
from reportbook.book.defaults import book_settings, merged
from reportbook.book.downloads import FOLDER as DOWNLOADS
from reportbook.book.downloads import PICTURES, address, write_files
from reportbook.book.staged_contents import staged_contents
from reportbook.book.taken_along import LEFT_OUT
from reportbook.checking.publishing_reports import publishes
from reportbook.files.notebooks import MARKDOWN, plain_text, read_plain
from reportbook.report.contents import TOC, Page
from reportbook.report.editions import Edition
from reportbook.report.parameters import TAG, with_values
from reportbook.report.project import Project
from reportbook.report.settings import CONFIG, SECTION
from reportbook.report.when import Applies, as_shown, cells_as_shown
from reportbook.results.files import (
    write_results,
)
from reportbook.results.known import applies
from reportbook.results.publishing import MEDIA_TYPE
from reportbook.results.records import INJECTED, code_cells
from reportbook.results.table_html import MOST_ROWS_SHOWN

_UNSEEN = {"remove-cell", "remove-output", "hide-cell", "hide-output"}
_PYTHON = {"name": "python", "pygments_lexer": "ipython3"}
_AUTHOR_FOLDS = ("hide-", "remove-")


def stage(
    project: Project,
    edition: Edition,
    executed: Mapping[str, Path],
    results: Mapping[str, Any],
    folder: Path,
    *,
    beside: Iterable[Path],
) -> None:
    """Write the book's source for one edition into `folder`, replacing what was there.

    `executed` gives the executed file of each notebook by its address; `beside` is what
    `beside_pages` finds, which is the same for every edition.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shows = partial(applies, results=results)
    for path in beside:
        copy_into(path, project.root, folder, LEFT_OUT)
    for page in project.pages:
        if not page.is_notebook:
            text = page.text()
            if page.path.suffix == MARKDOWN:
                text = as_shown(text, shows)
            (folder / page.file).write_text(text, encoding="utf-8")
    fold = publishes(project)  # else the code is what the page is about
    for page in project.notebooks:
        _stage_notebook(
            page,
            executed[page.address],
            edition,
            folder,
            shows,
            language=project.language,
            fold=fold,
        )
    (folder / TOC).write_text(staged_contents(project), encoding="utf-8")
    config = merged(book_settings(project.config), _of_edition(project, edition, folder))
    config.pop(SECTION, None)  # its settings are for the site, not for Sphinx
    (folder / CONFIG).write_text(
        yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    write_results(results, folder)


def readable(notebook: Any, *, fold: bool = True) -> Any:
    """Make an executed notebook fit for readers: `notebook` is changed and returned.

    Records become what Sphinx can use (a chart's alternative text is put where the book looks for
    it) and go. With `fold`, code is folded away behind a click, unless its author tagged the cell
    otherwise.
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        for output in cell.get("outputs", ()):
            record = output.get("data", {}).pop(MEDIA_TYPE, None)
            if record:
                output["data"].pop(PICTURES["png"], None)  # made for downloads; pages show SVG
            if record and record.get("alt"):
                image = cell["metadata"].setdefault("mystnb", {}).setdefault("image", {})
                image["alt"] = " ".join(record["alt"].split())
        tags = list(cell["metadata"].get("tags", ()))
        if fold and not any(tag.startswith(_AUTHOR_FOLDS) for tag in tags):
            cell["metadata"]["tags"] = [*tags, "hide-input"]
    return notebook


def _stage_notebook(
    page: Page,
    executed: Path,
    edition: Edition,
    folder: Path,
    shows: Applies,
    *,
    language: str,
    fold: bool,
) -> None:
    notebook = read_plain(executed)
    for number, cell in code_cells(notebook):
        cell["execution_count"] = number  # as if the notebook had been run with these values
    notebook["cells"] = cells_as_shown(notebook["cells"], shows)
    _frame_charts(notebook, page, edition, folder / DOWNLOADS, language)
    notebook = readable(notebook, fold=fold)
    write_attachments(notebook["cells"], folder, up="../" * page.address.count("/"))
    cells = []
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", ())
        if INJECTED in tags:
            continue
        if TAG in tags and edition.given[page.stem]:
            cell["source"] = with_values(cell["source"], edition.given[page.stem])
        for timing in ("papermill", "execution"):
            cell["metadata"].pop(timing, None)
        if not cell["metadata"].get("tags"):
            cell["metadata"].pop("tags", None)  # papermill leaves an empty list in every cell
        cells.append(cell)
    notebook["cells"] = cells
    metadata = notebook["metadata"]
    metadata.pop("papermill", None)
    metadata.setdefault("language_info", _PYTHON)  # a run says it; what is committed need not
    for setting in [each for each in metadata.get("mystnb", ()) if each.startswith("execution_")]:
        del metadata["mystnb"][setting]  # the book would run the notebook a second time
    staged = folder / f"{page.address}.ipynb"
    staged.parent.mkdir(parents=True, exist_ok=True)  # in which there may be nothing else
    staged.write_text(plain_text(notebook), encoding="utf-8")


def _frame_charts(
    notebook: Any, page: Page, edition: Edition, downloads: Path, language: str
) -> None:
    """Put each chart's output into a frame with what belongs to it, and an anchor above tables
    that show a chart's data. The files a chart or a long table offers are written into `downloads`.
    """
    up = "../" * page.address.count("/")
    same = _tables_of_charts(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        outputs = []
        for output in cell["outputs"]:
            shown = output.get("data", {})
            record = shown.get(MEDIA_TYPE) or {}
            if record.get("kind") == "chart" and PICTURES["svg"] in shown:
                files = write_files(record, shown, edition.title, downloads)
                table = same.get(record["name"], "")
                drawn = shown[PICTURES["svg"]]
                html = framed(record, files, drawn, up=up, language=language, same_table=table)
                outputs.append(_shown(html))
                continue
            if record.get("name") in same.values():
                above = anchor(record["name"])
                outputs.append(_shown(above))
            outputs.append(output)
            if record.get("kind") == "table" and len(record["rows"]) > MOST_ROWS_SHOWN:
                files = write_files({**record, "table": record}, {}, edition.title, downloads)
                outputs.append(_shown(all_rows(record, files, up=up)))
        cell["outputs"] = outputs


def _shown(html: str) -> dict[str, Any]:
    """HTML as an output of a notebook cell."""
    return {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}


def _tables_of_charts(notebook: Any) -> dict[str, str]:
    """By name of a chart, the name of a table on its page that has the same rows."""
    charts: list[tuple[str, Mapping[str, Any]]] = []
    tables: list[Mapping[str, Any]] = []
    for _, cell in code_cells(notebook):
        if _UNSEEN & set(cell["metadata"].get("tags", ())):
            continue
        for output in cell["outputs"]:
            record = output.get("data", {}).get(MEDIA_TYPE) or {}
            if record.get("kind") == "chart" and record.get("table"):
                charts.append((record["name"], record["table"]))
            elif record.get("kind") == "table" and record.get("rows"):
                tables.append(record)
    found = {}
    for name, drawn in charts:
        alike = (each["name"] for each in tables if _same_cells(each, drawn))
        if first := next(alike, None):
            found[name] = first
    return found


def _same_cells(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[part] == other[part] for part in ("columns", "rows"))


def _of_edition(project: Project, edition: Edition, folder: Path) -> dict[str, Any]:
    """The settings of Sphinx that differ from edition to edition."""
    words = project.settings.vocabulary
    theme: dict[str, Any] = {"reportbook_observations": [words.one, words.many]}
    if project.settings.typed_numbers_on:
        theme["reportbook_typed_on"] = sorted(project.settings.typed_numbers_on)
    theme["html_theme_options"] = {"switcher": {"version_match": edition.name}}
    if edition.file == CONFIG:  # the only one: there is nothing to switch to
        theme["html_theme_options"]["article_header_end"] = ["article-header-buttons"]
    config: dict[str, Any] = {"title": edition.title, "sphinx": {"config": theme}}
    trend = project.settings.front.trend
    picture = f"{DOWNLOADS}/{address(trend.name)}.png" if trend else ""
    if picture and (folder / picture).is_file():
        theme["reportbook_preview"] = picture
    if edition.try_of:
        set_by_hand = ", ".join(f"{name} = {value}" for name, value in edition.overrides.items())
        theme["html_theme_options"]["announcement"] = escape(
            f"A try, not published: edition {edition.try_of} with {set_by_hand}"
        )
        config["html"] = {"baseurl": ""}  # it has no address that others could reach
    elif project.address:
        config["html"] = {"baseurl": f"{project.address}{edition.name}/"}
    return config
