"""What ``_config.yml`` asks of Jupyter Book that a page cannot have, or lacks: once, with the line.

A page of the site asks nothing of another host, so what only a script of one can do is refused here
by the setting that asks for it, and not by every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportbook.files.notebooks import read_plain
from reportbook.files.yaml_lines import Node
from reportbook.report.contents import NOTEBOOK
from reportbook.report.project import Project
from reportbook.report.prose import roles
from reportbook.report.settings import CONFIG

# By where each stands: what it has every page load, and what to do.
_OF_OTHER_HOSTS = {
    ("html", "analytics"): "a script that reports its readers",
    ("html", "google_analytics_id"): "a script that reports its readers",
    ("html", "comments"): "a script for comments",
    ("launch_buttons", "thebe"): "a script that runs code elsewhere",
}
_BUTTONS = ("use_repository_button", "use_edit_page_button", "use_issues_button")
_CITES = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`|:cite(?::\w+)?:`([^`]+)`")
_KEY = re.compile(r"@\w+\s*[{(]\s*([^,\s]+)\s*,")


def check_book_settings(project: Project, config: Node) -> Iterator[str]:
    """What is wrong with the settings of the book, one sentence each."""
    yield from _other_hosts(config)
    yield from _mathjax(config)
    yield from _buttons(config)
    yield from _literature(project, config)
    for role in roles(project, "eval"):
        name = role.text.strip()
        yield (
            f"{role}: {{eval}}`{name}` asks a kernel while the book is made, and none runs then. "
            f'Publish the value in its notebook, publish("stem.{name}", {name}), and quote it: '
            f"{{number}}`stem.{name}`."
        )


def below(node: Node, *path: str) -> Node | None:
    """What stands under these keys, each below the one before; None where one is missing."""
    found: Node | None = node
    for key in path:
        found = found.value.get(key) if found and isinstance(found.value, dict) else None
    return found


def _other_hosts(config: Node) -> Iterator[str]:
    for path, what in _OF_OTHER_HOSTS.items():
        node = below(config, *path)
        if node is not None and _is_asked_for(node):
            yield (
                f"{CONFIG}, line {node.line}: '{path[-1]}' has every page load {what} from another "
                "host, which no page of this site does. Take it out."
            )


def _is_asked_for(node: Node) -> bool:
    if isinstance(node.value, dict):
        return any(_is_asked_for(each) for each in node.value.values())
    return str(node.value).casefold() not in ("", "~", "null", "false", "no", "off")


def _mathjax(config: Node) -> Iterator[str]:
    node = below(config, "sphinx", "config", "html_math_renderer")
    if node is not None and node.value != "mathml":
        yield (
            f"{CONFIG}, line {node.line}: '{node.value}' writes formulas by a script of another "
            "host. Take the line out: they are written as MathML, which browsers show themselves; "
            "the macros of 'mathjax3_config' count there, too."
        )


def _buttons(config: Node) -> Iterator[str]:
    asked = [
        node for name in _BUTTONS if (node := below(config, "html", name)) and _is_asked_for(node)
    ]
    if asked and below(config, "repository", "url") is None:
        yield (
            f"{CONFIG}, line {asked[0].line}: buttons to the repository need its address. "
            "Add a line like 'repository: {url: https://github.com/you/report}'."
        )


def _literature(project: Project, config: Node) -> Iterator[str]:
    """A file of literature that has what pages cite, and that no setting names."""
    if below(config, "bibtex_bibfiles") or below(config, "sphinx", "config", "bibtex_bibfiles"):
        return
    files = [path for path in sorted(project.root.glob("*.bib")) if path.is_file()]
    files += [path for page in project.pages for path in sorted(page.path.parent.glob("*.bib"))]
    cited = set(_cited(project)) if files else set()
    for path in dict.fromkeys(files):
        keys = set(_KEY.findall(path.read_text(encoding="utf-8", errors="replace")))
        if cited & keys:
            shown = project.shown(path)
            yield (
                f"{CONFIG} names no literature, but pages cite what stands in {shown}, such as "
                f"'{min(cited & keys)}'. Add a line: 'bibtex_bibfiles: [{shown}]'."
            )


def _cited(project: Project) -> Iterator[str]:
    for page in project.pages:
        if page.path.suffix != NOTEBOOK:
            texts = [page.text()]
        else:
            texts = [each["source"] for each in read_plain(page.path)["cells"]]
        for text in texts:
            for found in _CITES.finditer(text):
                yield from (key.strip() for key in (found[1] or found[2]).split(","))
