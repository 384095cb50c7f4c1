"""A plain number as a record: with its range, unit, words and sources, as its author gives them."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any

from reportbook.errors import ReportError
from reportbook.files.dates import reader_date
from reportbook.results.attribution import attributions
from reportbook.results.plain.report_words import language, sources_by_key, unit_patterns
from reportbook.results.printing import in_unit, printed
from reportbook.results.schema import NumberRecord, Row


def number_record(
    name: str,
    value: float | None,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    source: str | Sequence[str] = (),
    words: str = "",
    label: str = "",
    definition: str = "",
    period: str = "",
    called: str = "",
    basis: Mapping[str, str] | None = None,
    decimals: int | None = None,
    reason: str = "",
) -> NumberRecord:
    """Return the record of a number.

    Parameters
    ----------
    name
        What it is published under.
    value
        None if it is not known; `reason` then says why.
    unit
        ``share`` (0 to 1, printed in per cent), an ISO 4217 currency such as ``USD``, a unit of
        the report's vocabulary, or any noun: ``households``.
    low, high
        Its range. Without both, nothing is said of one.
    source
        Keys of the sources it comes from: see `report_words.sources_by_key`.
    words
        The words of the source that state it; readers find them in the ledger.
    label, definition
        What readers call it, and what it counts.
    period
        The ISO 8601 date, month, year or interval that it is of.
    called
        What a sentence calls it, with its article and without its date: ``the yield of maize``.
    basis
        By aspect, what must be the same for two of its values to be subtracted, as it is said
        behind "the figure …": ``{"span": "covers 17 months"}``.
    decimals
        Digits behind the decimal mark, where they should not follow from the range.

    Raises
    ------
    ReportError
        If what is given does not go together: with what would.
    """
    sources = sources_by_key(source, name)
    if words and len(sources) != 1:
        raise ReportError(
            f"'{name}' has words, so it needs the one source they stand in: source=\"KEY\"."
        )
    record: NumberRecord = {
        "kind": "number",
        "value": None,
        "low": None,
        "high": None,
        "unit": unit,
        "text": "",
        "label": label,
        "definition": definition,
        "period": period,
        "basis": dict(basis or {}),
        "sources": [each["source"] for each in sources],
        "source_records": sources,
    }
    if value is None:
        return _absent(record, name, reason)
    if reason:
        raise ReportError(f"'{name}' has a value, so it needs no reason for having none.")
    plain = _finite(value, name, "value")
    ends = _range(plain, low, high, name)
    shown = printed(plain, *ends, in_unit(unit, unit_patterns()), language(), decimals)
    formats = {
        "value": shown.value,
        "words": shown.value,
        "range": shown.range,
        "bounds": shown.bounds,
        "label": label,
        "date": reader_date(period, language()),
        "called": called,
        "source": attributions(sources),
    }
    record |= {
        "value": plain,
        "low": ends[0],
        "high": ends[1],
        "text": shown.value,
        "formats": {format: text for format, text in formats.items() if text},
    }
    if words:
        # a figure that a source states rests on itself: the ledger shows the words beside it
        observation: Row = {
            "observation": name,
            "value": plain,
            "unit": unit,
            "as_stated": words,
            "period": period,
            "source": sources[0]["source"],
        }
        record |= {
            "derivation": name,
            "observations": [name],
            "observation_records": [observation],
        }
    return record


def shown(record: NumberRecord) -> dict[str, str]:
    """What a reader of the notebook sees of it, by media type."""
    text = (record.get("formats") or {}).get("range") or record["text"]
    label = record.get("label") or ""
    marked = f"<strong>{html.escape(text)}</strong>"
    if label:
        marked = f"<span>{html.escape(label)}</span><br>{marked}"
    return {
        "text/plain": f"{label}: {text}" if label else text,
        "text/html": f'<p class="rb-figure">{marked}</p>',
    }


def _absent(record: NumberRecord, name: str, reason: str) -> NumberRecord:
    if not reason:
        raise ReportError(
            f"'{name}' has no value. Say why, and readers are told: "
            'publish("…", None, reason="no survey was made that year").'
        )
    text = "not reported"
    formats = {"value": text, "words": text, "range": f"{text} ({reason.rstrip('.')})"}
    return {
        **record,
        "text": text,
        "reason": reason,
        "formats": formats | ({"label": record["label"]} if record["label"] else {}),
    }


def _range(
    value: float, low: float | None, high: float | None, name: str
) -> tuple[float | None, float | None]:
    low, high = (
        None if end is None else _finite(end, name, side)
        for end, side in ((low, "low"), (high, "high"))
    )
    if (low is not None and low > value) or (high is not None and value > high):
        raise ReportError(
            f"'{name}' is {value:g}, outside its own range ({low} to {high}). "
            "'low' must not be above the value, nor 'high' below it."
        )
    return low, high


def _finite(number: Any, name: str, what: str) -> float:
    try:
        plain = float(number)
    except (TypeError, ValueError) as error:
        raise ReportError(
            f"'{name}': its {what} must be a number, not {number!r} ({type(number).__name__})."
        ) from error
    if not math.isfinite(plain):
        raise ReportError(
            f"'{name}': its {what} is {plain}, which is no number to publish. What is not known is "
            'published as None with its reason: publish("…", None, reason="…").'
        )
    return int(plain) if isinstance(number, int) else plain
