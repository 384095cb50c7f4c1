"""Checks of prose: no number is typed into it, and every number it quotes is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from reportbook.checking.publishing_reports import publishes
from reportbook.checking.typed_numbers import typed_numbers
from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.notebooks import read_plain
from reportbook.report.contents import Page
from reportbook.report.project import Project
from reportbook.report.prose import Found, passages, quotation, roles, said_and_why, whens_of
from reportbook.results.conditions import ConditionError, holds, names
from reportbook.results.known import applies, comparisons_in, mistake_in
from reportbook.results.records import code_cells

SAY_WHY = "say why the number is typed: {typed}`95 <the share below which …>`."
NAME_CONDITION = "name the condition: {holds}`more than half <people.share > 0.5>`."

_HIDING = {"remove-cell", "remove-output", "hide-cell", "hide-output"}
_OPENING = re.compile(r"\{(?:number|plural|typed|holds)\}`")


def check_typed(project: Project) -> list[str]:
    """Numbers typed into prose, and roles without the reason or condition that they need.

    Numbers are typed only where the report publishes some, and where `typed_numbers_on` of its
    settings does not allow it.
    """
    allowed = project.settings.typed_numbers_on
    typed = [
        f"{found}: '{found.text}' is typed into the prose. Publish it in a notebook and quote it, "
        f"{{number}}`stem.name`, or say why it stays: {{typed}}`{found.text} <the reason>`."
        for found in (typed_numbers(project) if publishes(project) else ())
        if found.page.address not in allowed
    ]
    asked = {"typed": SAY_WHY, "holds": NAME_CONDITION}
    unvouched = [
        f"{role}: {{{role.name}}}`{role.text}`: {asked[role.name]}"
        for role in roles(project, *asked)
        if said_and_why(role.text) is None
    ]
    return [*typed, *unvouched, *_cut_in_two(project)]


def check_conditions(project: Project) -> list[str]:
    """Conditions of prose that cannot be read, whatever is published."""
    found = []
    try:
        for when in whens_of(project):
            for term in comparisons_in(when.text):
                found += _unreadable(f"{when}: {{when}} {when.text}: ", term)
    except ReportError as error:
        found.append(str(error))
    for role in roles(project, "holds"):
        both = said_and_why(role.text)
        if both:
            found += _unreadable(f"{role}: '{both[0]}': ", both[1])
    return found


def _unreadable(place: str, condition: str) -> list[str]:
    try:
        names(condition)
    except ConditionError as error:
        return [f"{place}{error}"]
    return []


def check_whens(project: Project, results: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """Conditions of prose that name what is neither published nor, by `keys`, in the data."""
    all_keys = set(keys)
    return [
        f"{found}: {{when}} {found.text}: {mistake}"
        for found in whens_of(project)
        if (mistake := mistake_in(found.text, results, all_keys))
    ]


def check_quoted(project: Project, results: Mapping[str, Any]) -> list[str]:
    """Quoted numbers that no notebook publishes; claims that the numbers do not support; published
    numbers that no reader can see. Prose whose ``{when}`` does not apply is passed over.
    """
    return [
        *_not_published(project, results),
        *_not_supported(project, results),
        *_not_seen(project, results),
    ]


def broken_claim(said: str, condition: str, numbers: Mapping[str, Any]) -> str:
    """What is wrong with words that are tied to a condition; empty if the condition holds."""
    try:
        if holds(condition, numbers):
            return ""
    except ConditionError as error:
        return f"'{said}': {error}"
    return (
        f"'{said}' is no longer supported: the condition '{condition}' does not hold over the "
        "whole ranges of its numbers. Change the words, or the condition with them."
    )


def _cut_in_two(project: Project) -> Iterator[str]:
    """Roles that readers would see as they were typed, because something cuts them in two."""
    for page, cell, passage in passages(project):
        for found in _OPENING.finditer(passage.words):
            place = Found(found[0], page, passage.line(found[0], found.start()), cell)
            yield (
                f"{place}: {found[0]}…` is not closed. It ends with a backquote; within a table "
                "write the bar before a format as '\\|'; raw HTML cannot hold it."
            )


def _not_published(project: Project, results: Mapping[str, Any]) -> Iterator[str]:
    numbers = results["numbers"]
    for role in roles(project, "number", "plural", applies=partial(applies, results=results)):
        asked = quotation(role.text)
        if asked.name not in numbers:
            yield (
                f"{role}: no notebook of this book publishes the number '{asked.name}'."
                + did_you_mean(asked.name, numbers)
            )
            continue
        formats = numbers[asked.name].get("formats") or {}
        if role.name == "plural" or asked.is_absent(numbers[asked.name]):
            continue
        if asked.form not in formats:
            yield (
                f"{role}: the number '{asked.name}' has no format '{asked.form}'. "
                f"It has {listed(formats)}." + did_you_mean(asked.form, formats)
            )


def _not_supported(project: Project, results: Mapping[str, Any]) -> Iterator[str]:
    for role in roles(project, "holds", applies=partial(applies, results=results)):
        both = said_and_why(role.text)
        problem = both and broken_claim(*both, results["numbers"])
        if problem:
            yield f"{role}: {problem}"


def _not_seen(project: Project, results: Mapping[str, Any]) -> Iterator[str]:
    seen = {quotation(role.text).name for role in roles(project, "number")}
    for role in roles(project, "holds"):
        both = said_and_why(role.text)
        try:
            seen.update(names(both[1]) if both else ())
        except ConditionError:
            continue  # another check reports it
    hidden = {page.address: _hidden_cells(page) for page in project.notebooks}
    for name, record in results["numbers"].items():
        if name not in seen and record["cell"] in hidden.get(record["notebook"], ()):
            yield (
                f"{record['notebook']}.ipynb, code cell {record['cell']} publishes '{name}' where "
                f"no reader sees it, and no prose quotes it. Quote it, {{number}}`{name}`, or do "
                "not publish it."
            )


def _hidden_cells(page: Page) -> set[int]:
    cells = code_cells(read_plain(page.path))
    return {number for number, cell in cells if _HIDING & set(cell["metadata"].get("tags", ()))}
