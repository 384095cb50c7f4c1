"""The values that an edition hands to the notebooks, each typed by what the notebook declares."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.yaml_lines import Node
from reportbook.report.parameters import (
    Parameter,
    Signature,
    Text,
    read_signature,
    takes_list,
    typed_for,
)
from reportbook.report.project import Project

BY_HAND = "The option -p"
_CLOSES_FIRST = re.compile(r"[^\[\]]*\]")  # the bracket before it is of the first item alone
_ITEM = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<text>[^\s,"][^,]*?))\s*(?:,\s*|$)')

Given = dict[str, dict[str, Any]]  # by notebook stem and parameter


def read_signatures(project: Project, *, to_be_set: bool = False) -> dict[str, Signature]:
    """The typed parameters of every notebook in the book, by stem.

    A report without editions sets none, so a notebook may have them without types, as papermill
    takes them, and then has none here; unless they are `to_be_set`.
    """
    typed = to_be_set or project.has_editions
    return {
        page.stem: read_signature(page.path, project.shown(page.path), typed=typed)
        for page in project.notebooks
    }


def table(content: Mapping[str, Node], key: str, shown: str) -> dict[str, Node]:
    """What stands under `key`, name by name; empty where nothing does."""
    node = content.get(key)
    if node is None or node.is_empty:
        return {}
    if not isinstance(node.value, dict):
        raise ReportError(f"{shown}, line {node.line}: '{key}' must hold lines like 'country: NO'.")
    return node.value


def sentence(content: Mapping[str, Node], key: str, shown: str) -> str:
    """The text under `key` on one line; empty where there is none."""
    node = content.get(key)
    if node is not None and not node.is_text:
        raise ReportError(f"{shown}, line {node.line}: '{key}' must be a sentence.")
    if node is None:
        return ""
    refuse_what_is_cut(node, shown)
    return " ".join(node.value.split())


def refuse_other_keys(
    content: Mapping[str, Node], keys: tuple[str, ...], what: str, shown: str
) -> None:
    """Stop at the first key that `what` (an edition, a grid) does not know."""
    for key, node in content.items():
        if key not in keys:
            raise ReportError(
                f"{shown}, line {node.line} has '{key}', which {what} does not know. "
                f"It knows {listed(keys)}.{did_you_mean(key, keys)}"
            )


def values_of(
    content: Mapping[str, Node], shown: str, signatures: Mapping[str, Signature]
) -> Given:
    """What a file's ``parameters`` give to all notebooks and its ``notebooks`` to single ones."""
    given: Given = {stem: {} for stem in signatures}
    for name, node in table(content, "parameters", shown).items():
        share(given, signatures, name, plain(node, shown), f"{shown}, line {node.line}")
    own = table(content, "notebooks", shown)
    for stem, node in own.items():
        if stem not in signatures:
            raise ReportError(
                f"{shown}, line {node.line} sets parameters of '{stem}', but the book has no such "
                f"notebook. It has {listed(signatures)}.{did_you_mean(stem, signatures)}"
            )
        for name, value in table(own, stem, shown).items():
            where = f"{shown}, line {value.line}"
            parameter = _declared(signatures[stem], stem, name, where)
            given[stem][name] = typed_for(parameter, plain(value, shown), where)
    return given


def values_by_hand(overrides: Mapping[str, str], signatures: Mapping[str, Signature]) -> Given:
    """What the command line gives."""
    given: Given = {stem: {} for stem in signatures}
    for name, text in overrides.items():
        share(given, signatures, name, _typed_by_hand(name, text, signatures), BY_HAND)
    return given


def combined(*layers: Mapping[str, Mapping[str, Any]]) -> Given:
    """One set of values from several; a later one wins."""
    return {
        stem: {name: value for layer in layers for name, value in layer[stem].items()}
        for stem in layers[0]
    }


def with_defaults(given: Given, signatures: Mapping[str, Signature]) -> Given:
    """All values each notebook runs with."""
    return {
        stem: {name: given[stem].get(name, each.default) for name, each in signature.items()}
        for stem, signature in signatures.items()
    }


def share(
    given: Given,
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


def plain(node: Node, shown: str) -> Text | list[Any]:
    """A value of the file that errors call `shown`, ready to be typed.

    Raises
    ------
    ReportError
        If YAML understands it as something else than text or a list, or leaves a part of it out.
    """
    if isinstance(node.value, list):
        return [plain(item, shown) for item in node.value]
    if isinstance(node.value, dict):
        pairs = [f"{key}: {_said(each)}".rstrip(": ") for key, each in node.value.items()]
        written = ", ".join(pairs) or "{}"
        raise ReportError(
            f"{shown}, line {node.line}: YAML reads '{written}' as names with values of their own, "
            f"not as text. Put it in quotes: {_in_quotes(written)}."
        )
    if node.left_out:
        written = f"{node.left_out} {node.value}".rstrip()
        raise ReportError(
            f"{shown}, line {node.line}: YAML reads '{written}' as '{node.value}'. "
            f"Put it in quotes: {_in_quotes(written)}."
        )
    refuse_what_is_cut(node, shown)
    return Text(node.value, node.quoted)


def refuse_what_is_cut(node: Node, shown: str) -> None:
    """Stop at text of which YAML takes a part for a comment: ``GEF #1``."""
    if node.cut_off:
        written = f"{node.value} {node.cut_off}".lstrip()
        raise ReportError(
            f"{shown}, line {node.line}: YAML takes '{node.cut_off}' for a comment. If it belongs "
            f"to the value, put that in quotes: {_in_quotes(written)}; if it is a comment, write a "
            "space behind the #."
        )


def _in_quotes(written: str) -> str:
    return json.dumps(written, ensure_ascii=False)  # what JSON has in quotes, YAML reads as text


def _said(node: Node) -> str:
    return node.value if node.is_text else "…"


def _typed_by_hand(name: str, text: str, signatures: Mapping[str, Signature]) -> Text | list[Any]:
    """A value from the command line: text as it stands, a list where the parameter is one."""
    is_list = any(
        takes_list(signature[name].type) for signature in signatures.values() if name in signature
    )
    if not is_list or text in ("null", "~", ""):
        return Text(text)
    return _listed_by_hand(text, f"{BY_HAND} {name}={text}")


def _listed_by_hand(text: str, shown: str) -> list[Text]:
    """The items of a list from the command line: between commas, as they stand.

    Brackets around all of them may be there or not; an item in double quotes may have commas.
    """
    text = text.strip()
    inside = text[1:-1]
    if text.startswith("[") and text.endswith("]") and not _CLOSES_FIRST.match(inside):
        text = inside.strip()
    items = []
    place = 0
    while place < len(text):
        item = _ITEM.match(text, place)
        if item is None:
            raise ReportError(
                f"{shown}: '{text[place:].strip()}' is no item of a list. Items stand between "
                "commas, as in 'NO, PE'; put one that has a comma or begins with a quote into "
                "double quotes."
            )
        quoted = item["quoted"] is not None
        items.append(Text(item["quoted"].replace('""', '"') if quoted else item["text"], quoted))
        place = item.end()
    return items


def _declared(signature: Signature, stem: str, name: str, where: str) -> Parameter:
    if name not in signature:
        there = f" It has {listed(signature)}." if signature else " It has none."
        raise ReportError(
            f"{where} sets '{name}', but {stem}.ipynb has no such parameter.{there}"
            + did_you_mean(name, signature)
        )
    return signature[name]
