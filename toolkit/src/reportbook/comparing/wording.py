"""A comparison of two editions, written for people: the terminal, and Markdown for a review."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportbook.files.dates import last_day, reader_date

_MOST_NAMED = 3  # observations of one cause; the data have all
_WIDTH = 100
_MOVED = "What moved, and why"
SECTIONS = (
    ("moved", _MOVED),
    ("apart", "Changed, and cannot be subtracted"),
    ("appeared", "Appeared"),
    ("vanished", "Vanished"),
)
_FEWEST_HEADLINES, _MOST_HEADLINES = 3, 5
_FILLING = 3  # from this rank on a sentence only fills up: exact counts, what did not surely move

Record = Mapping[str, Any]


def summary(found: Record) -> str:
    """How many numbers moved, appeared, vanished and stayed: one sentence."""
    counts = found["counts"]
    moved = counts["moved"]
    said = f"{moved} numbers moved" if moved != 1 else "1 number moved"
    if counts["not_distinguishable"]:
        said += f" ({counts['not_distinguishable']} not distinguishable: the two ranges meet)"
    parts = [said]
    if counts.get("apart"):
        parts.append(f"{counts['apart']} changed and cannot be subtracted")
    parts += [f"{counts[key]} {key}" for key in ("appeared", "vanished", "unchanged")]
    if counts["without_value"]:
        parts.append(f"{counts['without_value']} without a value in either")
    return ", ".join(parts) + "."


def headlines(
    found: Record, leading: Sequence[str], before: Record, language: str = "en"
) -> list[str]:
    """What a reader wants first, in plain sentences: up to five, the most important first.

    Parameters
    ----------
    found
        The comparison.
    leading
        The published names that sum the report and its pages up, in order. After them come the
        numbers whose ranges do not meet, by how many times its range a number moved, then new ones.
        The others have a sentence only where these make fewer than three.
    before
        The older edition, with its ``title`` and ``as_of``.
    """
    edition = _edition(before, language)
    said: list[tuple[tuple[int, float], str, str]] = []
    for field, say in _SENTENCES.items():
        for entry in found[field]:
            rank = _rank(entry, field, leading)
            if rank is not None:
                side = entry["new"] if _has_value(entry["new"]) else entry["old"]
                said.append((rank, _called(entry, side), say(entry, edition)))
    said.sort(key=lambda each: each[0])
    # of two numbers of one name, at two dates, the first says it
    told = {noun: (rank, sentence) for rank, noun, sentence in reversed(said)}
    ranked = sorted(told.values())
    sure = sum(rank[0] < _FILLING for rank, _ in ranked)
    return [
        sentence for _, sentence in ranked[: min(max(sure, _FEWEST_HEADLINES), _MOST_HEADLINES)]
    ]


def _rank(entry: Record, field: str, leading: Sequence[str]) -> tuple[int, float] | None:
    """Where the sentence of an entry stands; None if it has none."""
    if entry["name"] in leading:
        return 0, leading.index(entry["name"])
    if field == "moved":
        distance = _distance(entry)
        sure = entry["distinguishable"] and distance
        return 1 if sure else _FILLING + (not entry["distinguishable"]), -distance
    if field == "vanished":
        return None
    return (2 if field == "appeared" else _FILLING + 1), 0.0


def _moved_by(entry: Record, edition: str) -> str:
    old, new = entry["old"], entry["new"]
    if not entry["distinguishable"]:
        verdict = "; the ranges meet"
    elif entry["change_text"].startswith(("+", "−")):
        kind = "rise" if entry["change"] > 0 else "fall"
        verdict = f", a {kind} of {entry['change_text'][1:]}"
    else:
        verdict = f", a change of {entry['change_text']}"
    both = old.get("date"), new.get("date")
    dates = f" The figures are of {' and '.join(both)}." if all(both) and both[0] != both[1] else ""
    return (
        f"{_opening(_called(entry, new))} was {old['said']} in {edition} and is {new['said']} now"
        f"{verdict}.{dates}"
    )


def _not_subtracted(entry: Record, edition: str) -> str:
    old, new = (entry[which] for which in ("old", "new"))
    before, now = (_called(entry, side) for side in (old, new))
    if before != now:  # the old value was not of what the number is called now
        why = "" if old.get("called") and new.get("called") else f" They differ: {entry['reason']}."
        return f"{_opening(now)} is {new['said']}; {edition} gave {before}, {old['said']}.{why}"
    return (
        f"{_opening(now)} was {old['said']} in {edition} and is {new['said']} now; no difference "
        f"is given, for {entry['reason']}."
    )


def _new(entry: Record, edition: str) -> str:
    new = entry["new"]
    return f"{_opening(_called(entry, new))} is {new['said']}; {edition} gave none."


def _gone(entry: Record, edition: str) -> str:
    old = entry["old"]
    noun = _opening(_called(entry, old))
    return f"{noun} was {old['said']} in {edition} and is not given now: {entry['reason']}."


_SENTENCES = {"moved": _moved_by, "apart": _not_subtracted, "appeared": _new, "vanished": _gone}


def _edition(about: Record, language: str) -> str:
    """What a sentence calls an edition: by the month, or day, whose knowledge it has."""
    as_of = about["as_of"]
    if as_of is None:
        return f"“{about['title']}”"
    month = as_of[:7]
    ends_month = str(last_day(month)) == as_of
    return f"the edition of {reader_date(month if ends_month else as_of, language)}"


def _called(entry: Record, side: Record) -> str:
    """What a sentence calls a number: its noun, or else its label without its date."""
    if side.get("called"):
        return str(side["called"])
    label, date = side.get("label") or entry["label"], side.get("date")
    return f"“{label.removesuffix(f', {date}') if date else label}”"


def _opening(text: str) -> str:
    return text[:1].upper() + text[1:]


def _distance(entry: Record) -> float:
    """By how many times the width of its ranges a number moved."""
    old, new = entry["old"], entry["new"]
    ends = [each[end] for each in (old, new) for end in ("low", "high")]
    if None in ends:
        return 0.0
    width = max(ends[1] - ends[0], ends[3] - ends[2])
    return abs(entry["change"]) / width if width else 0.0  # of an exact count there is no measure


def verdict(entry: Record) -> str:
    """A remark if the two ranges meet; empty if they do not."""
    return "" if entry["distinguishable"] else "not distinguishable: the two ranges meet"


def side(entry: Record, which: str) -> str:
    """A number as the old or the new edition states it; `which` is ``old`` or ``new``."""
    return entry[which]["said"] if entry[which] else "not published"


def evidence(
    cause: Record, language: str = "en", observation: str = "figure", keys: bool = True
) -> Iterator[str]:
    """What a cause consists of: rows that were revised, observations that came in.

    Without `keys`, rows are told by their words and their source, and columns in plain words.
    """
    for revised in cause["revised"]:
        kind = observation if revised["kind"] == "observation" else revised["kind"]
        if keys:
            row = f"{kind} {revised['key']}"
        else:
            row = f"the {kind} {_quoted(revised, language) or revised['key']}"
        if revised["withdrawn"]:
            yield f"{row} is no longer in the data"
        elif revised["added"]:
            yield f"{row} was added to the data"
        else:
            said = (_column(name, ends, keys) for name, ends in revised["columns"].items())
            yield f"{row} {'' if keys else 'was '}revised: {', '.join(said)}"
    rows = cause["observations"]
    if rows:
        named = "; ".join(_observation(row, language, keys) for row in rows[:_MOST_NAMED])
        more = f"; and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
        yield f"it now rests on {named}{more}"


def _column(name: str, ends: Sequence[str], keys: bool) -> str:
    """From what to what a cell went; a key is not said without `keys`."""
    old, new = (each or "empty" for each in ends)
    if keys:
        return f"{name} {old} → {new}"
    return "another source" if name == "source" else f"{name.replace('_', ' ')} {old} → {new}"


def _observation(row: Record, language: str, keys: bool) -> str:
    by = {**row, "attribution": row["attribution"] or row["source"]}
    key = row["observation"] if keys or not row["as_stated"] else ""
    return " ".join(filter(None, (key, _quoted(by, language))))


def _quoted(row: Record, language: str) -> str:
    """A row by its words, and in brackets who stands behind them and when they said it."""
    said = f"“{row['as_stated']}”" if row["as_stated"] else ""
    date = reader_date(row["published"], language) if row["published"] else ""
    by = ", ".join(filter(None, (row["attribution"], date))) if row["attribution"] else ""
    return " ".join(filter(None, (said, f"({by})" if by else "")))


def as_text(
    found: Record, language: str = "en", observation: str = "figure", width: int = _WIDTH
) -> str:
    """The comparison in blocks for a terminal."""
    lines = [f"{found['old']['edition']} → {found['new']['edition']}"]
    lines += [*found.get("headlines", ()), "", summary(found)]
    lines += [f"Note: {note}" for note in found["notes"]]
    for field, title in SECTIONS:
        if found[field]:
            lines += ["", title.upper()]
        for entry in found[field]:
            lines += ["", f"{entry['label']}  [{entry['name']}]"]
            lines += [f"  {line}" for line in facts(entry)]
            lines += [f"  • {line}" for line in causes(entry, language, observation)]
    return "\n".join(_wrapped(line, width) for line in lines)


def as_markdown(found: Record, language: str = "en", observation: str = "figure") -> str:
    """The comparison for a pull request: a table of what moved, then the rest."""
    old, new = found["old"], found["new"]
    lines = [f"## {old['edition']} → {new['edition']}", ""]
    if found.get("headlines"):
        lines += [*(f"- {_plain(said)}" for said in found["headlines"]), ""]
    lines.append(summary(found))
    lines += [line for note in found["notes"] for line in ("", f"> {_plain(note)}")]
    if found["moved"]:
        lines += ["", f"### {_MOVED}", "", f"| Number | {old['edition']} | {new['edition']} | "]
        lines[-1] += "Change | Causes |"
        lines.append("| --- | --- | --- | --- | --- |")
    for entry in found["moved"]:
        change = entry["change_text"] + (f" ({verdict(entry)})" if verdict(entry) else "")
        why = "<br>".join(map(_plain, causes(entry, language, observation)))
        lines_of_name = [_plain(line) for line in (entry["label"], *renamed(entry))]
        name = "<br>".join((*lines_of_name, f"`{entry['name']}`"))
        cells = (name, _plain(side(entry, "old")), _plain(side(entry, "new")), change, why)
        lines.append(f"| {' | '.join(cells)} |")
    for field, title in SECTIONS[1:]:
        if found[field]:
            lines += ["", f"### {title}", ""]
        for entry in found[field]:
            said = "; ".join((*facts(entry), *causes(entry, language, observation)))
            lines.append(f"- **{_plain(entry['label'])}** (`{entry['name']}`): {_plain(said)}")
    return "\n".join(lines)


def facts(entry: Record) -> Iterator[str]:
    """A number at both ends with the difference, or the reason that there is none; then notes."""
    if "change" not in entry and _has_value(entry["old"]) and _has_value(entry["new"]):
        yield f"{side(entry, 'old')} → {side(entry, 'new')}"
        yield f"no difference is given: {entry['reason']}"
        yield from renamed(entry)
        return
    if "change" not in entry:
        here = "new" if _has_value(entry["new"]) else "old"
        yield side(entry, here)
        yield f"{'before' if here == 'new' else 'now'}: {entry['reason']}"
        return
    change = "; ".join(filter(None, (entry["change_text"], verdict(entry))))
    yield f"{side(entry, 'old')} → {side(entry, 'new')}, change {change}"
    yield from renamed(entry)


def renamed(entry: Record) -> Iterator[str]:
    """What the number was called in the old edition, where that is another name."""
    old = entry["old"] or {}
    if old.get("label") and old["label"] != entry["label"]:
        yield f"was: {old['label']}"


def causes(
    entry: Record, language: str = "en", observation: str = "figure", keys: bool = True
) -> Iterator[str]:
    """Each cause with what it contributed, unless it is the only one, and what it consists of.

    `observation` is what readers call a figure that numbers are computed from; `keys` as of
    `evidence`.
    """
    for cause in entry["causes"]:
        parts = [cause["said"], "; ".join(evidence(cause, language, observation, keys))]
        if "contribution" in cause and not cause["contribution"]:
            parts.insert(0, "the range only")
        elif "contribution" in cause and len(entry["causes"]) > 1:
            parts.insert(0, cause["contribution_text"])
        yield ": ".join(filter(None, parts))


def _has_value(record: Record | None) -> bool:
    return record is not None and record["value"] is not None


def _plain(text: str) -> str:
    """Text with the marks of Markdown escaped, those of table cells too."""
    for mark in ("\\", "|", "*", "_", "`", "<"):
        text = text.replace(mark, f"\\{mark}")
    return text


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    return (
        "\n".join(
            textwrap.wrap(
                line,
                width,
                subsequent_indent=f"{indent}    " if indent else "",
                break_on_hyphens=False,
                break_long_words=False,
            )
        )
        or line
    )
