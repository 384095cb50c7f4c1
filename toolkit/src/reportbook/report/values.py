"""The values that an edition hands to the notebooks, each typed by what the notebook declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.yaml_lines import Node, parse_yaml
from reportbook.report.parameters import Parameter, Signature, Text, read_signature, typed_for
from reportbook.report.project import Project

BY_HAND = "The option -p"

Given = dict[str, dict[str, Any]]  # by notebook stem and parameter


def read_signatures(project: Project) -> dict[str, Signature]:
    """The typed parameters of every notebook in the book, by stem."""
    return {
        page.stem: read_signature(page.path, project.shown(page.path)) for page in project.notebooks
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
    return " ".join(node.value.split()) if node is not None else ""


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
        share(given, signatures, name, plain(node), f"{shown}, line {node.line}")
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
            given[stem][name] = typed_for(parameter, plain(value), where)
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


def plain(node: Node) -> Text | list[Any]:
    """A value of a file, ready to be typed."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
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
    return plain(parse_yaml(inside, f"{BY_HAND} {name}={text}"))


def _declared(signature: Signature, stem: str, name: str, where: str) -> Parameter:
    if name not in signature:
        there = f" It has {listed(signature)}." if signature else " It has none."
        raise ReportError(
            f"{where} sets '{name}', but {stem}.ipynb has no such parameter.{there}"
            + did_you_mean(name, signature)
        )
    return signature[name]
