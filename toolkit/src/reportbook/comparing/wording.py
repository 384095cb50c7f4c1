"""A comparison of two editions, written for people: the terminal, and Markdown for a review."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportbook.files.dates import reader_date

_MOST_NAMED = 3  # observations of one cause; the data have all
_WIDTH = 100
_MOVED = "What moved, and why"
SECTIONS = (
    ("moved", _MOVED),
    ("apart", "Changed, and cannot be subtracted"),
    ("appeared", "Appeared"),
    ("vanished", "Vanished"),
)
_MOST_HEADLINES = 5

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


def headlines(found: Record, leading: Sequence[str]) -> list[str]:
    """What a reader wants first, in plain sentences: up to five, the most important first.

    Parameters
    ----------
    found
        The comparison.
    leading
        The published names that sum the report up. After them come the numbers whose ranges do not
        meet, by how many times its range a number moved.
    """
    entries = [(entry, _moved_by) for entry in found["moved"]]
    entries += [(entry, _not_subtracted) for entry in found["apart"]]
    entries += [(entry, _new) for entry in found["appeared"]]

    def importance(item: tuple[Record, Any]) -> tuple[int, float]:
        entry, say = item
        if entry["name"] in leading:
            return 0, leading.index(entry["name"])
        if say is _moved_by:
            return (1, -_distance(entry)) if entry["distinguishable"] else (3, -_distance(entry))
        return (2, 0.0) if say is _new else (4, 0.0)

    ranked = sorted(entries, key=importance)
    chosen = [item for item in ranked if importance(item)[0] < 3] or ranked
    return [say(entry) for entry, say in chosen[:_MOST_HEADLINES]]


def _moved_by(entry: Record) -> str:
    what, old, new = _named(entry)
    if not entry["distinguishable"]:
        return (
            f"{what} stood at {old} in the last edition and at {new} in this one: the ranges meet, "
            "so the two cannot be told apart."
        )
    verb = "rose" if entry["change"] > 0 else "fell"
    size = entry["change_text"].lstrip("+−")
    return f"{what} {verb} by {size}, from {old} to {new}."


def _not_subtracted(entry: Record) -> str:
    what, old, new = _named(entry)
    before = _without_date(entry["old"].get("label") or what, entry["old"])
    if before != what:  # the old value was not of what the number is called now
        return (
            f"{before} stood at {old} in the last edition; {what} stands at {new} in this one. The "
            f"two cannot be subtracted ({entry['reason']})."
        )
    return (
        f"{what} stood at {old} in the last edition and at {new} in this one, which cannot be "
        f"subtracted ({entry['reason']})."
    )


def _new(entry: Record) -> str:
    what, _, new = _named(entry)
    return f"New in this edition: {what}, {new}."


def _named(entry: Record) -> tuple[str, str, str]:
    """What a number is called without its date, and both its values, each with its own."""
    what = entry["label"]
    said = []
    for each in (entry["old"], entry["new"]):
        date = (each or {}).get("date") or ""
        what = _without_date(what, each)
        said.append(f"{each['said']} for {date}" if each and date else (each or {}).get("said", ""))
    return what, said[0], said[1]


def _without_date(label: str, side: Record | None) -> str:
    date = (side or {}).get("date") or ""
    return label.removesuffix(f", {date}") if date else label


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


def evidence(cause: Record, language: str = "en", observation: str = "figure") -> Iterator[str]:
    """What a cause consists of: rows that were revised, observations that came in."""
    for revised in cause["revised"]:
        kind = observation if revised["kind"] == "observation" else revised["kind"]
        name = f"{kind} {revised['key']}"
        if revised["withdrawn"]:
            yield f"{name} is no longer in the data"
            continue
        if revised["added"]:
            yield f"{name} was added to the data"
            continue
        columns = [
            f"{column} {old or 'empty'} → {new or 'empty'}"
            for column, (old, new) in revised["columns"].items()
        ]
        yield f"{name} revised: {', '.join(columns)}"
    rows = cause["observations"]
    if rows:
        named = "; ".join(_observation(row, language) for row in rows[:_MOST_NAMED])
        more = f"; and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
        yield f"now rests on {named}{more}"


def _observation(row: Record, language: str) -> str:
    said = f"{row['observation']} “{row['as_stated']}”" if row["as_stated"] else row["observation"]
    by = [row["attribution"] or row["source"]]
    if row["published"]:
        by.append(reader_date(row["published"], language))
    return f"{said} ({', '.join(filter(None, by))})" if by[0] else said


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
    """What the number was called, or counted, in the old edition, where that is another thing."""
    old, new = entry["old"] or {}, entry["new"] or {}
    if old.get("label") and old["label"] != entry["label"]:
        yield f"was: {old['label']}"
    if old.get("definition") and new.get("definition") not in (None, old["definition"]):
        before, now = (str(each["definition"]).replace("_", " ") for each in (old, new))
        yield f"counts {now}; before, {before}"


def causes(entry: Record, language: str = "en", observation: str = "figure") -> Iterator[str]:
    """Each cause with what it contributed, unless it is the only one, and what it consists of.

    `observation` is what readers call a figure that numbers are computed from.
    """
    for cause in entry["causes"]:
        parts = [cause["said"], "; ".join(evidence(cause, language, observation))]
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
