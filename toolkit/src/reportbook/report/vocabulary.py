"""The words of a report: what it calls the figures it rests on, its units, and what it counts.

::

    reportbook:
      observations: {one: count, many: counts}
      units: {USD: "USD {value}", points: "{percent} percentage points"}
      counted: [households, villages]
      parameters: {lead: leading source}
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.yaml_lines import Node

KEYS = ("observations", "units", "counted", "parameters")
_NUMBERS = ("one", "many")
_FIGURES = ("value", "percent")
_UNITS = {"share": "{percent} percentage points", "ratio": "{value}"}


@dataclass(frozen=True)
class Vocabulary:
    """How a report speaks of its numbers, to readers and in its prose.

    Attributes
    ----------
    one, many
        What readers call a figure that numbers are computed from, and several.
    units
        By unit, how a difference in it is said: ``USD {value}``; with ``{percent}`` in the place
        of ``{value}``, a hundred times the figure. A unit not named here stands after the figure.
    counted
        Nouns that make a count of a number in prose that could be a year: 2000 *households*.
    parameters
        By name, what readers call a parameter; else its name.
    """

    one: str = "figure"
    many: str = "figures"
    units: Mapping[str, str] = field(default_factory=lambda: dict(_UNITS))
    counted: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)


def read_vocabulary(section: Mapping[str, Node], shown: str) -> Vocabulary:
    """What the part of a report's configuration says of its words; `shown` names the file.

    Raises
    ------
    ReportError
        If a setting holds the wrong kind of thing: with its line and what is accepted.
    """
    words = _texts(section.get("observations"), "observations", shown, "one: count")
    for key, node in words.items():
        if key not in _NUMBERS:
            raise ReportError(
                f"{shown}, line {node.line}: 'observations' does not know '{key}'. "
                f"It knows {listed(_NUMBERS)}.{did_you_mean(key, _NUMBERS)}"
            )
    if len(words) == 1:
        (node,) = words.values()
        raise ReportError(f"{shown}, line {node.line}: 'observations' needs 'one' and 'many'.")
    units = _texts(section.get("units"), "units", shown, 'USD: "USD {value}"')
    for node in units.values():
        _check_pattern(node, shown)
    default = Vocabulary()
    return Vocabulary(
        words["one"].value if words else default.one,
        words["many"].value if words else default.many,
        {**default.units, **{unit: node.value for unit, node in units.items()}},
        _nouns(section.get("counted"), shown),
        {
            name: node.value
            for name, node in _texts(
                section.get("parameters"), "parameters", shown, "lead: leading source"
            ).items()
        },
    )


def _texts(node: Node | None, key: str, shown: str, example: str) -> dict[str, Node]:
    """Lines of names and texts; none where nothing is written."""
    if node is None or node.is_empty:
        return {}
    lines: dict[str, Node] = node.value if isinstance(node.value, dict) else {}
    if not lines or not all(each.is_text and each.value for each in lines.values()):
        raise ReportError(f"{shown}, line {node.line}: '{key}' must hold lines like '{example}'.")
    return lines


def _check_pattern(node: Node, shown: str) -> None:
    try:
        found = [name for _, name, _, _ in string.Formatter().parse(node.value) if name is not None]
    except ValueError:
        found = []
    if len(found) != 1 or found[0] not in _FIGURES:
        raise ReportError(
            f"{shown}, line {node.line}: '{node.value}' must hold {{value}} once, or {{percent}}, "
            'where the figure stands, such as "USD {value}".'
        )


def _nouns(node: Node | None, shown: str) -> tuple[str, ...]:
    if node is None or node.is_empty:
        return ()
    if not isinstance(node.value, list) or not all(each.is_text for each in node.value):
        raise ReportError(
            f"{shown}, line {node.line}: 'counted' must be a list of nouns, such as "
            "[households, villages]."
        )
    return tuple(each.value for each in node.value)
