"""Corrections of a released edition: what was wrong in it, what it says now, why, and since when.

::

    corrections:
      - date: "2027-03-01"
        why: A row of the data had pesos for dollars.
        what:
          people.share: 75.0% (74–76%) → 62.5% (61–64%)

Each number is named with what the release said, an arrow, and what is said now, as readers see it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from reportbook.errors import ReportError
from reportbook.files.yaml_lines import Node
from reportbook.report.values import refuse_other_keys, sentence, table

BLANK = "TO FILL IN"  # marks what only an author knows
ARROW = " → "
_KEYS = ("date", "why", "what")


def read_corrections(content: Mapping[str, Node], shown: str) -> list[dict[str, Any]]:
    """The corrections that an edition's file says, the oldest first, as plain data.

    Returns
    -------
    For each its ``date`` (ISO 8601), ``why``, and ``what``: by published name what ``was`` said
    and what ``is`` said now.

    Raises
    ------
    ReportError
        If one lacks a date, a reason or a number: with the line.
    """
    node = content.get("corrections")
    if node is None or node.is_empty:
        return []
    if not isinstance(node.value, list) or not all(isinstance(e.value, dict) for e in node.value):
        raise ReportError(
            f"{shown}, line {node.line}: 'corrections' must be a list of entries with 'date', "
            "'why' and 'what'."
        )
    return sorted((_correction(each, shown) for each in node.value), key=lambda each: each["date"])


def _correction(node: Node, shown: str) -> dict[str, Any]:
    content = node.value
    refuse_other_keys(content, _KEYS, "a correction", shown)
    date, why = (sentence(content, key, shown) for key in ("date", "why"))
    where = f"{shown}, line {node.line}"
    try:
        datetime.date.fromisoformat(date)
    except ValueError as error:
        raise ReportError(
            f"{where}: a correction needs its date, as in 'date: \"2027-03-01\"'."
        ) from error
    if not why or BLANK in why:
        raise ReportError(f"{where}: a correction says in 'why' what was wrong, for its readers.")
    what = dict(_moved(table(content, "what", shown), shown))
    if not what:
        raise ReportError(
            f"{where}: a correction names in 'what' the numbers that it changes, each as "
            f"'people.share: 75.0%{ARROW}62.5%'."
        )
    return {"date": date, "why": why, "what": what}


def _moved(lines: Mapping[str, Node], shown: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, node in lines.items():
        was, arrow, now = str(node.value if node.is_text else "").partition(ARROW.strip())
        if not arrow or not was.strip() or not now.strip():
            raise ReportError(
                f"{shown}, line {node.line}: write what '{name}' was and what it is now with an "
                f"arrow between, as in '75.0%{ARROW}62.5%'."
            )
        yield name, {"was": was.strip(), "is": now.strip()}
