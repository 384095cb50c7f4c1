"""Why numbers moved: states of a report with one thing changed at a time, and their differences.

Between the first state and the last stand states that differ in one cause each. What a cause
contributed to a number is the difference it made, with all earlier causes in place; the
contributions therefore add up to the whole change (they telescope).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from reportbook.comparing.data_rows import KINDS, Revision
from reportbook.comparing.differences import differences, exact
from reportbook.files.dates import reader_date
from reportbook.report.vocabulary import Vocabulary
from reportbook.results.attribution import attribution

CODE, REVISED, KNOWLEDGE, PARAMETER = "code", "revised", "observations", "parameter"
_SHOWN = ("value", "low", "high", "unit", "text", "label", "definition", "reason", "notebook")

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Cause:
    """The one thing in which a state differs from the one before.

    `kind` is ``code``, ``revised`` (rows of the data), ``observations`` (as_of lets others in) or
    ``parameter``. `values` gives, by notebook stem, from what to what a parameter went.
    """

    kind: str
    parameter: str = ""
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    revisions: Sequence[Revision] = ()

    def concerns(self, stem: str) -> bool:
        """Whether it can change a number of the notebook."""
        return not self.parameter or stem in self.values


@dataclass(frozen=True)
class State:
    """The results of one state, as ``results.json`` has them, and what was changed to get there.

    The numbers of a notebook that fails in a state are not in its results.
    """

    results: Record
    cause: Cause | None = None

    def number(self, name: str) -> Record | None:
        """A number that has a value in this state; None if it has none, or is not published."""
        record = self.results["numbers"].get(name)
        return record if record and record.get("value") is not None else None


def compare(
    states: Sequence[State], language: str = "en", vocabulary: Vocabulary | None = None
) -> dict[str, Any]:
    """Compare the numbers of the first and last state: which moved and why, appeared or vanished.

    Returns
    -------
    JSON values: ``counts``, and lists of entries ``moved``, ``apart`` (of which no difference can
    be given), ``appeared`` and ``vanished``. An entry has name, notebook, label, ``old``, ``new``,
    ``causes`` and for a moved number ``change``, ``change_text`` and ``distinguishable`` (False if
    the two ranges meet). The ``contribution``s of its causes add up to ``change``.
    """
    vocabulary = vocabulary or Vocabulary()
    first, last = states[0], states[-1]
    found: dict[str, Any] = {
        "counts": {}, "moved": [], "apart": [], "appeared": [], "vanished": [],
    }  # fmt: skip
    unchanged = absent = 0
    names = dict.fromkeys((*last.results["numbers"], *first.results["numbers"]))
    for name in names:
        old, new = first.number(name), last.number(name)
        if old and new and _unit(old) == _unit(new):
            if _range(old) == _range(new):
                unchanged += 1
            elif apart := apart_by(old, new):
                found["apart"].append({**_entry(name, states), "reason": apart, "causes": []})
            else:
                found["moved"].append(_moved(name, states, language, vocabulary))
        elif new:
            found["appeared"].append(_come_or_gone(name, states, vocabulary))
        elif old:
            found["vanished"].append(_come_or_gone(name, states, vocabulary))
        else:
            absent += 1
    found["counts"] = {
        "moved": len(found["moved"]),
        "not_distinguishable": sum(not each["distinguishable"] for each in found["moved"]),
        "apart": len(found["apart"]),
        "appeared": len(found["appeared"]),
        "vanished": len(found["vanished"]),
        "unchanged": unchanged,
        "without_value": absent,
    }
    return found


def apart_by(old: Record, new: Record) -> str:
    """Why the difference of two values would mean nothing; empty if it means something.

    They are of one kind if they are called the same, count the same (``definition``) and agree in
    every aspect of their ``basis``.
    """
    called = [(each.get("formats") or {}).get("called") for each in (old, new)]
    if all(called) and called[0] != called[1]:
        return f"the earlier figure is {called[0]}, this one {called[1]}"
    before, now = (each.get("basis") or {} for each in (old, new))
    aspects = [each for each in dict.fromkeys((*before, *now)) if before.get(each) != now.get(each)]
    if aspects:
        was, now_is = (
            " and ".join(side.get(each) or f"does not say its {each}" for each in aspects)
            for side in (before, now)
        )
        return f"the earlier figure {was}, this one {now_is}"
    if (old.get("definition") or "") != (new.get("definition") or ""):
        return "the two figures count different things"
    return ""


def ranges_meet(one: Record, other: Record) -> bool:
    """Return whether the ranges of two records have a value in common.

    An unknown bound excludes nothing. Bounds that differ by less than a part in 10¹² of the larger
    value are the same: arithmetic in binary fractions leaves such differences.
    """
    slack = 1e-12 * max(abs(one["value"]), abs(other["value"]))
    return not any(
        low is not None and high is not None and low > high + slack
        for low, high in (
            (one.get("low"), other.get("high")),
            (other.get("low"), one.get("high")),
        )
    )


def _moved(
    name: str, states: Sequence[State], language: str, vocabulary: Vocabulary
) -> dict[str, Any]:
    records, steps_taken = zip(*_present(name, states), strict=True)
    old, new = records[0], records[-1]
    values = [record["value"] for record in records]
    widths = [width for width in map(_width, (old, new)) if width is not None]
    whole, steps = differences(values, _unit(old), vocabulary.units, language, widths)
    causes = []
    for number, (before, after) in enumerate(pairwise(records)):
        if _range(before) == _range(after):
            continue
        causes.append(
            {
                **_said(name, steps_taken[number + 1], before, after, states, vocabulary),
                "contribution": float(exact(after["value"]) - exact(before["value"])),
                "contribution_text": steps[number],
            }
        )
    return {
        **_entry(name, states),
        "change": float(exact(values[-1]) - exact(values[0])),
        "change_text": whole,
        "distinguishable": not ranges_meet(old, new),
        "causes": causes,
    }


def _present(name: str, states: Sequence[State]) -> Iterator[tuple[Record, list[State]]]:
    """Yield the values a number had, each with the states that led to it from the one before.

    That is more than one state where the number had no value, or one of another kind, in the first
    of them: their causes cannot be told apart.
    """
    last = states[-1].results["numbers"][name]
    pending: list[State] = []
    for state in states:
        record = state.number(name)
        stem = _stem(name, (state, *states))
        if state.cause and state.cause.concerns(stem):
            pending.append(state)
        if record and _unit(record) == _unit(last) and not apart_by(record, last):
            yield record, pending
            pending = []


def _come_or_gone(name: str, states: Sequence[State], vocabulary: Vocabulary) -> dict[str, Any]:
    """The entry of a number that has a value in one edition only, or changed its unit."""
    first, last = states[0], states[-1]
    old, new = first.number(name), last.number(name)
    without = first if new else last
    record = without.results["numbers"].get(name)
    if record is None:
        why = "no notebook published it"
    elif record.get("value") is None:
        why = record.get("reason") or record.get("text") or "it had no value"
    else:
        why = f"it was counted in another unit ({record['unit'] or 'none'})"
    unit = _unit(new or old or {})
    numbers = [state.number(name) for state in states]
    there = [each is not None and _unit(each) == unit for each in numbers]
    turns = [at for at in range(1, len(states)) if there[at] != there[at - 1]]
    causes = []
    if turns:
        at = turns[-1]
        causes = [_said(name, [states[at]], numbers[at - 1], numbers[at], states, vocabulary)]
    return {**_entry(name, states), "reason": why, "causes": causes}


def _entry(name: str, states: Sequence[State]) -> dict[str, Any]:
    old, new = (state.results["numbers"].get(name) for state in (states[0], states[-1]))
    record = new or old
    return {
        "name": name,
        "notebook": record["notebook"],
        "label": record.get("label") or name,
        "old": _side(old),
        "new": _side(new),
    }


def _side(record: Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    formats = record.get("formats") or {}
    return {
        **{key: record.get(key) for key in _SHOWN},
        "said": formats.get("range") or record["text"],
        "date": formats.get("date", "") if record.get("value") is not None else "",
        "called": formats.get("called", ""),
    }


def _said(
    name: str,
    steps: Sequence[State],
    before: Record | None,
    after: Record | None,
    states: Sequence[State],
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    """The cause of one step, or of several that cannot be told apart, with its observations."""
    causes = [step.cause for step in steps if step.cause]
    stem = _stem(name, states)
    rests_on, rested_on = (set((each or {}).get("observations") or ()) for each in (after, before))
    sources = {key for each in (before, after) for key in (each or {}).get("sources") or ()}
    results = steps[-1].results
    known = states[0].results.get("observations") or {}
    newly = [key for key in (after or {}).get("observations") or () if key not in rested_on]
    concerned = {"observation": rests_on | rested_on, "source": sources}
    unknown = "rows" not in states[0].results and any(key not in known for key in newly)
    language = str(results.get("language") or "en")
    listed = {**(states[0].results.get("sources") or {}), **(results.get("sources") or {})}

    def said_of(value: str) -> str:
        return attribution(listed[value]) if value in listed else reader_date(value, language)

    return {
        "kinds": [cause.kind for cause in causes],
        "said": ", and ".join(
            _words(cause, stem, unknown, vocabulary, said_of) for cause in causes
        ),
        "observations": [_observation(key, results) for key in newly],
        "revised": [
            {**_revision(each), **_revised_row(each, results, states[0].results)}
            for cause in causes
            for each in cause.revisions
            if each.key in concerned[each.kind]
        ],
    }


def _words(
    cause: Cause,
    stem: str,
    unknown: bool,
    vocabulary: Vocabulary,
    said_of: Callable[[str], str],
) -> str:
    if cause.kind == CODE:
        # results that do not say which rows there were: one they do not know may be new in the
        # data or newly used
        return "changed code or rows added to the data" if unknown else "changed code"
    if cause.kind == REVISED:
        return "revised data"
    old, new = cause.values[stem]
    if cause.kind == KNOWLEDGE:
        later = new is None or (old is not None and str(new) > str(old))
        since = said_of(str(old if later else new))
        without = "" if later else "without the "
        return f"{without}{vocabulary.many} that became known after {since}"
    name = vocabulary.parameters.get(cause.parameter, cause.parameter.replace("_", " "))
    return f"the {name} changed from {_value(old, said_of)} to {_value(new, said_of)}"


def _value(value: Any, said_of: Callable[[str], str]) -> str:
    """A parameter's value in the words of readers: dates written out, sources by who they are."""
    if isinstance(value, list):
        return ", ".join(said_of(str(each)) for each in value)
    return "none" if value is None else said_of(str(value))


def _observation(key: str, results: Record) -> dict[str, Any]:
    row = (results.get("observations") or {}).get(key) or {}
    source = (results.get("sources") or {}).get(row.get("source")) or {}
    return {
        "observation": key,
        "as_stated": row.get("as_stated") or "",
        "source": row.get("source") or "",
        "publisher": source.get("publisher") or "",
        "attribution": attribution(source),
        "published": source.get("published") or "",
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "kind": revision.kind,
        "key": revision.key,
        "withdrawn": revision.withdrawn,
        "added": revision.added,
        "columns": {name: list(pair) for name, pair in revision.columns.items()},
    }


def _revised_row(revision: Revision, *recorded: Record) -> dict[str, str]:
    """What readers know a revised row by: a figure by its words, a source by its title."""
    records = [each.get(KINDS[revision.kind]) or {} for each in recorded]
    known_in = next((n for n, rows in enumerate(records) if revision.key in rows), 0)
    row = _observation(revision.key, recorded[known_in])
    if revision.kind == "source":
        source = records[known_in].get(revision.key) or {}
        row["as_stated"] = source.get("title") or ""
        row["attribution"] = attribution(source)
        row["published"] = source.get("published") or ""
    return {name: row[name] for name in ("as_stated", "attribution", "published")}


def _stem(name: str, states: Iterable[State]) -> str:
    """The stem of the notebook that publishes a number."""
    records = (state.results["numbers"].get(name) for state in states)
    notebook: str = next(record["notebook"] for record in records if record)
    return notebook.rpartition("/")[2]


def _unit(record: Record) -> str:
    return record.get("unit") or ""


def _width(record: Record) -> float | None:
    """How wide a number's range is; None where an end is not known."""
    low, high = record.get("low"), record.get("high")
    return None if low is None or high is None else high - low


def _range(record: Record) -> tuple[Any, ...]:
    return record["value"], record.get("low"), record.get("high")
