"""What an edition knows, and whether the condition of a ``{when}`` applies to it.

A source is known from the day it was published; one dated by a month or a year, from its last day.
One without a date is known to editions without a date only. A figure is known with its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from reportbook.errors import did_you_mean
from reportbook.files.dates import last_day
from reportbook.results.conditions import ConditionError, holds
from reportbook.results.conditions import names as names_in

_PARTS = ("numbers", "charts", "tables")
_JOINT = re.compile(r"\s+(and|or)\s+")


def is_known(published: str, as_of: str | None) -> bool:
    """Whether what was published then (ISO date, month or year) is known at a date.

    Parameters
    ----------
    published
        Empty where it is not known.
    as_of
        ISO date; None: everything is known.
    """
    if as_of is None:
        return True
    day = last_day(published)
    return day is not None and day.isoformat() <= as_of


def applies(asked: str, results: Mapping[str, Any]) -> bool:
    """Whether a condition of ``{when}`` applies to an edition with these results.

    Names that no edition has do not apply: `mistake_in` says which they are.

    Raises
    ------
    ConditionError
        If it cannot be read as one.
    """
    if "<" in asked or ">" in asked:
        numbers = results["numbers"]
        known = [numbers.get(name) for name in names_in(asked)]
        if any(record is None or record.get("value") is None for record in known):
            return False
        return holds(asked, numbers)
    first, *rest = _JOINT.split(asked.strip())
    answer = _one(first, results)
    for joint, term in zip(rest[::2], rest[1::2], strict=True):
        one = _one(term, results)
        answer = (answer and one) if joint == "and" else (answer or one)
    return answer


def mistake_in(asked: str, results: Mapping[str, Any], keys: Iterable[str]) -> str:
    """What is wrong with a condition of ``{when}``; empty if nothing is.

    Parameters
    ----------
    asked
        The condition.
    results
        Of any edition: all publish the same names.
    keys
        Of every source and figure in the report's data.
    """
    known = {name for part in _PARTS for name in results[part]}
    known.update(keys, results["sources"], results["observations"])
    try:
        comparison = "<" in asked or ">" in asked
        terms = names_in(asked) if comparison else _JOINT.split(asked.strip())[::2]
    except ConditionError as error:
        return str(error)
    for term in terms:
        name = term.removeprefix("not ").strip()
        if name not in known:
            return (
                f"'{name}' is neither published by a notebook nor the key of a source or figure in "
                f"the data.{did_you_mean(name, known)}"
            )
    return ""


def _one(term: str, results: Mapping[str, Any]) -> bool:
    negated = term.startswith("not ")
    name = term.removeprefix("not ").strip()
    return _has(name, results) != negated


def _has(name: str, results: Mapping[str, Any]) -> bool:
    if name in results["numbers"]:
        return results["numbers"][name]["value"] is not None
    for part in ("charts", "tables"):
        if name in results[part]:
            return not results[part][name].get("reason")
    rows = results.get("rows") or {}
    return any(
        name in keys for keys in (results["sources"], results["observations"], *rows.values())
    )
