"""Editions: named sets of parameters, one file each, checked against what the notebooks declare.

Latest first: an edition that knows everything (no as-of date) comes before those with one, those
with one from the newest to the oldest, and names decide between equals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.parameters import Parameter, Signature, Text, read_signature, typed_for
from reportbook.plain_yaml import Node, parse_yaml, read_yaml
from reportbook.project import Project

FOLDER = "editions"
_KEYS = ("title", "scope", "parameters", "notebooks")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Edition:
    """One published report.

    `given` holds, by notebook stem, the values this edition hands to each notebook; `parameters`
    all values each notebook runs with, defaults included. `scope` says in words what the edition
    covers; it may be empty.
    """

    name: str
    title: str
    as_of: str | None
    given: Mapping[str, Mapping[str, Any]]
    parameters: Mapping[str, Mapping[str, Any]]
    overrides: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""


def read_signatures(project: Project) -> dict[str, Signature]:
    """The typed parameters of every notebook in the book, by stem."""
    return {
        page.stem: read_signature(page.path, project.shown(page.path)) for page in project.notebooks
    }


def load_editions(
    project: Project,
    names: Sequence[str] = (),
    *,
    overrides: Mapping[str, str] | None = None,
) -> list[Edition]:
    """The editions of a project, latest first; those named only, if names are given.

    `overrides` are parameters as given on the command line; they win over the files.

    Raises
    ------
    ReportError
        For the first mistake in any edition, with file, line, what is accepted and the nearest
        match.
    """
    files = _files(project)
    if not files:
        raise ReportError(
            f"There is no edition. Write {FOLDER}/latest.yml with a line like 'title: My report'."
        )
    known = [path.stem for path in files]
    for stem in known:
        if not _NAME.fullmatch(stem):
            raise ReportError(
                f"{FOLDER}/{stem}.yml: an edition's name becomes an address, so it is made of "
                "letters, digits, dots, dashes and underscores."
            )
        if known.count(stem) > 1:
            raise ReportError(f"{FOLDER} has both {stem}.yml and {stem}.yaml. Keep one.")
    for name in names:
        if name not in known:
            raise ReportError(
                f"There is no edition '{name}'. There are {listed(known)}."
                + did_you_mean(name, known)
            )
    signatures = read_signatures(project)
    editions = [
        _load(path, project.shown(path), signatures, overrides or {})
        for path in files
        if not names or path.stem in names
    ]
    return latest_first(editions)


def edition_names(project: Project) -> list[str]:
    """The names of all editions, read from their files' names only."""
    return [path.stem for path in _files(project)]


def _files(project: Project) -> list[Path]:
    folder = project.root / FOLDER
    return sorted((*folder.glob("*.yml"), *folder.glob("*.yaml")))


def latest_first(editions: Sequence[Edition]) -> list[Edition]:
    """Editions without an as-of date, then the others from the newest to the oldest."""
    by_name = sorted(editions, key=lambda edition: edition.name, reverse=True)
    return sorted(
        by_name, key=lambda edition: (edition.as_of is None, edition.as_of or ""), reverse=True
    )


def _load(
    path: Path, shown: str, signatures: Mapping[str, Signature], overrides: Mapping[str, str]
) -> Edition:
    content = read_yaml(path, shown).value
    if not isinstance(content, dict):
        raise ReportError(f"{shown} must hold lines like 'title: My report'.")
    for key, node in content.items():
        if key not in _KEYS:
            raise ReportError(
                f"{shown}, line {node.line} has '{key}', which an edition does not know. "
                f"It knows {listed(_KEYS)}.{did_you_mean(key, _KEYS)}"
            )
    title = content.get("title")
    if title is None or not title.is_text or not title.value.strip():
        raise ReportError(f"{shown} has no title. Add a line like 'title: My report'.")
    scope = content.get("scope")
    if scope is not None and not scope.is_text:
        raise ReportError(f"{shown}, line {scope.line}: 'scope' must be a sentence.")

    given: dict[str, dict[str, Any]] = {stem: {} for stem in signatures}
    for name, node in _table(content, "parameters", shown).items():
        _share(given, signatures, name, _value(node), f"{shown}, line {node.line}")
    own = _table(content, "notebooks", shown)
    for stem, node in own.items():
        if stem not in signatures:
            raise ReportError(
                f"{shown}, line {node.line} sets parameters of '{stem}', but the book has no such "
                f"notebook. It has {listed(signatures)}.{did_you_mean(stem, signatures)}"
            )
        for name, value in _table(own, stem, shown).items():
            where = f"{shown}, line {value.line}"
            parameter = _declared(signatures[stem], stem, name, where)
            given[stem][name] = typed_for(parameter, _value(value), where)
    for name, text in overrides.items():
        _share(given, signatures, name, _typed_by_hand(name, text, signatures), "The option -p")

    parameters = {
        stem: {name: given[stem].get(name, each.default) for name, each in signature.items()}
        for stem, signature in signatures.items()
    }
    return Edition(
        path.stem,
        title.value.strip(),
        _as_of(parameters),
        given,
        parameters,
        dict(overrides),
        " ".join(scope.value.split()) if scope else "",
    )


def _as_of(parameters: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The date all notebooks that have an ``as_of`` agree on; the latest where they do not."""
    dates = [values["as_of"] for values in parameters.values() if "as_of" in values]
    return None if None in dates else max(map(str, dates), default=None)


def _table(content: Mapping[str, Node], key: str, shown: str) -> dict[str, Node]:
    node = content.get(key)
    if node is None or node.is_empty:
        return {}
    if not isinstance(node.value, dict):
        raise ReportError(f"{shown}, line {node.line}: '{key}' must hold lines like 'region: LAC'.")
    return node.value


def _value(node: Node) -> Text | list[Any]:
    if isinstance(node.value, list):
        return [_value(item) for item in node.value]
    if isinstance(node.value, dict):
        return Text("{" + ", ".join(node.value) + "}", quoted=True)
    return Text(node.value, node.quoted)


def _typed_by_hand(name: str, text: str, signatures: Mapping[str, Signature]) -> Text | list[Any]:
    """A value from the command line: text as it stands, a list where the parameter is one."""
    takes_list = any(
        "list" in signature[name].written.casefold()
        for signature in signatures.values()
        if name in signature
    )
    if not takes_list or text in ("null", "~", ""):
        return Text(text)
    inside = text if text.startswith("[") else f"[{text}]"
    return _value(parse_yaml(inside, f"The option -p {name}={text}"))


def _share(
    given: dict[str, dict[str, Any]],
    signatures: Mapping[str, Signature],
    name: str,
    value: Text | list[Any],
    where: str,
) -> None:
    """Hand a shared parameter to every notebook that declares it; one at least must."""
    takers = [stem for stem, signature in signatures.items() if name in signature]
    if not takers:
        everything = sorted({each for signature in signatures.values() for each in signature})
        where_none = (
            f"{next(iter(signatures))}.ipynb has" if len(signatures) == 1 else "no notebook has"
        )
        raise ReportError(
            f"{where} sets '{name}', but {where_none} "
            f"{'no ' if len(signatures) == 1 else ''}such a parameter. "
            f"There are {listed(everything)}.{did_you_mean(name, everything)}"
        )
    for stem in takers:
        given[stem][name] = typed_for(signatures[stem][name], value, where)


def _declared(signature: Signature, stem: str, name: str, where: str) -> Parameter:
    if name not in signature:
        there = f" It has {listed(signature)}." if signature else " It has none."
        raise ReportError(
            f"{where} sets '{name}', but {stem}.ipynb has no such parameter.{there}"
            + did_you_mean(name, signature)
        )
    return signature[name]
