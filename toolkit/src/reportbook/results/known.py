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
    first, *rest = _terms(asked)
    answer = _one(first, results)
    for joint, term in zip(rest[::2], rest[1::2], strict=True):
        one = _one(term, results)
        answer = (answer and one) if joint == "and" else (answer or one)
    return answer


def comparisons_in(asked: str) -> list[str]:
    """The comparisons among the terms of a condition of ``{when}``."""
    return [term for term in _terms(asked)[::2] if _compares(term)]


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
        names = [
            name
            for term in _terms(asked)[::2]
            for name in (names_in(term) if _compares(term) else [term.removeprefix("not ").strip()])
        ]
    except ConditionError as error:
        return str(error)
    for name in names:
        if name not in known:
            return (
                f"'{name}' is neither published by a notebook nor the key of a source or figure in "
                f"the data.{did_you_mean(name, known)}"
            )
    return ""


def _terms(asked: str) -> list[str]:
    """The terms of a condition, with what joins them; one where brackets hold them together."""
    terms = _JOINT.split(asked.strip())
    whole = all(term.count("(") == term.count(")") for term in terms)
    return terms if whole else [asked.strip()]


def _compares(term: str) -> bool:
    return "<" in term or ">" in term


def _one(term: str, results: Mapping[str, Any]) -> bool:
    if _compares(term):
        numbers = results["numbers"]
        known = [numbers.get(name) for name in names_in(term)]
        if any(record is None or record.get("value") is None for record in known):
            return False
        return holds(term, numbers)
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
