"""Numbers as text for readers: scale words, decimals, ranges, hedges, in the reader's locale."""

from __future__ import annotations

import functools
import html
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from babel.lists import format_list
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from analysis.data.hedges import HEDGES
from analysis.language import _, locale, ngettext
from analysis.numbers import expression as ex
from analysis.numbers import rounding
from analysis.numbers.rounding import Rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel import Locale

# value: the figure alone; words: with its hedge; bounds: its range; range: both;
# approx: the figure to two digits; formula: what it was computed from, and the result;
# brief: for a mark on a chart, with the hedge, without the unit;
# label: its name, for sentences in which an edition's choice decides what is meant.
FORMATS = ("value", "words", "bounds", "range", "approx", "formula", "brief", "label")

_MOST_DECIMALS = 3  # of a figure counted in millions or billions; with more it is written in full
_MOST_NAMED = 3  # sources in a sentence; of the others it says how many
_BRIEF = 4  # digits of an exact figure beside a mark
_COUNTED = {"persons", "USD", "claims", "plans"}
_FINE = {"persons/1,000 inhabitants", "persons/million USD"}  # often below one
_PERCENT = -2  # the power of ten that a share is counted in
_SCALES = (9, 6)  # those that have a word: billion, million
_SAME = Decimal("1e-6")  # what does not show on an axis
_UNITS = {
    "USD": _("USD {figure}"),
    "USD/operation": _("USD {figure}"),
    "USD/person": _("USD {figure}"),
    "persons/month": _("{figure} a month"),
    "persons/1,000 inhabitants": _("{figure} per 1,000 inhabitants"),
    "persons/million USD": _("{figure} per million dollars"),
    "share/year": _("{figure} a year"),
    "points": _("{figure} percentage points"),
}


class Stated(NamedTuple):
    """How a source words a figure: the place of its last digit, in the figure's unit; its hedge."""

    step: float
    hedge: str


def formats(
    formula: ex.Expression,
    value: float,
    low: float | None,
    high: float | None,
    unit: str,
    label: str,
    stated: Stated | None = None,
    terms: int | None = None,
) -> dict[str, str]:
    """Return every way a number can be printed, by the names in `FORMATS`.

    Parameters
    ----------
    formula : analysis.numbers.expression.Input, Constant or Operation
        What the number was computed from.
    value : float
        In `unit`; shares as 0 to 1.
    low, high : float or None
        Its range; None where no bound is known.
    unit, label : str
        As of `analysis.numbers.estimate.Estimate`.
    stated : Stated, optional
        The wording of a figure that a source states; None for a computed one.
    terms : int, optional
        As of `analysis.numbers.rounding.computed`: for sums and differences.
    """
    number = _rounded(value, low, high, unit, stated, terms)
    hedge = HEDGES[stated.hedge if stated else ""]
    scale = _scale(number, unit, as_written=stated is not None)
    plain = _figures([number.value], unit, _decimals(number.place, scale), scale)
    words = hedge.phrase.format(figure=plain)
    # The unit is said once: "USD 1.32 billion (1.315–1.325 billion)".
    beside = _bounds(number, unit, scale, named=False)
    shown = f"{words} ({beside})" if beside else words
    computed = isinstance(formula, ex.Operation)
    return {
        "value": plain,
        "words": words,
        "bounds": _bounds(number, unit, scale) or _("exactly {figure}").format(figure=plain),
        "range": shown,
        "approx": "≈" + _approximate(number, unit),
        "formula": f"{ex.in_words(formula)} = {shown}" if computed else shown,
        "brief": hedge.brief.format(figure=_brief(number, unit, scale)),
        "label": label,
    }


def absent_formats(label: str, text: str, reason: str) -> dict[str, str]:
    """Return the same for a missing number: the reason takes the place of its range."""
    full = f"{text} ({reason.rstrip('.')})"
    unknown = _("an unknown date")
    return dict.fromkeys(FORMATS, text) | {
        "range": full,
        "formula": full,
        "label": label,
        "date": unknown,
        "when": _("at an unknown date"),
        "from": unknown,
        "to": unknown,
        "area": _("an unknown place"),
        "origin": _("an unknown place"),
        "why": f"{reason[:1].upper()}{reason[1:].rstrip('.')}.",
        "source": _("no source in this report’s data"),
    }


def in_words(value: float, low: float | None, high: float | None, unit: str, stated: Stated) -> str:
    """Return a stated figure with its hedge: ``more than 4.3 million``."""
    number = rounding.stated(value, low, high, stated.step)
    scale = _scale(number, unit, as_written=True)
    plain = _figures([number.value], unit, _decimals(number.place, scale), scale)
    return HEDGES[stated.hedge].phrase.format(figure=plain)


def figure(value: float, unit: str, decimals: int) -> str:
    """Return a figure in its unit: ``84.4%``, ``USD 1.32 billion``, ``173,200``.

    Parameters
    ----------
    value : float
        In `unit`; shares as 0 to 1.
    unit : str
        A unit of `analysis.numbers.estimate.Estimate`.
    decimals : int
        Decimals after the scale word is taken out.
    """
    number = Decimal(repr(float(value)))
    return _figures([number], unit, decimals, _magnitude(number, unit))


def tick(value: float, unit: str) -> str:
    """Return an axis tick: as short as it can be said, no unit but the per cent sign."""
    number = Decimal(repr(float(value)))
    scale = _magnitude(number, unit)
    shown = number.scaleb(-scale)
    decimals = next(n for n in range(4) if n == 3 or abs(shown - round(shown, n)) < _SAME)
    return _figures([number], unit, decimals, scale, named=False)


def one_of(texts: Iterable[str]) -> str:
    """Return the text that all are; ``""`` where they differ, or there is none."""
    found = set(texts)
    return found.pop() if len(found) == 1 else ""


def sources_named(names: Iterable[str]) -> str:
    """Return who states what a number rests on: ``IDB``, ``R4V, as reported by ANSA, and IOM``."""
    found = list(dict.fromkeys(names))
    if len(found) > _MOST_NAMED:
        rest = len(found) - _MOST_NAMED
        others = ngettext("{n} other source", "{n} other sources", rest).format(n=rest)
        found = [*found[:_MOST_NAMED], others]
    return format_list(found, locale=locale()) if found else ""


def bundle(label: str, text: str, detail: str) -> dict[str, str]:
    """Return the display of a number: plain text, and HTML with its derivation under it."""
    plain = f"{label}: {text}" if label else text
    parts = [f"<strong>{html.escape(text)}</strong>"]
    if label:
        parts.insert(0, f"<span>{html.escape(label)}</span><br>")
    if detail and detail != text:
        parts.append(f"<br><small>{html.escape(detail)}</small>")
    return {"text/plain": plain, "text/html": f'<p class="rb-figure">{"".join(parts)}</p>'}


def is_counted(unit: str) -> bool:
    """Return whether a unit counts wholes: persons, dollars, and these a person or a month."""
    return unit.split("/")[0] in _COUNTED and unit not in _FINE


def _rounded(
    value: float,
    low: float | None,
    high: float | None,
    unit: str,
    stated: Stated | None,
    terms: int | None,
) -> Rounded:
    if stated:
        return rounding.stated(value, low, high, stated.step)
    if low == high and unit in _COUNTED and float(value).is_integer():
        return rounding.stated(value, low, high, step=0)
    return rounding.computed(value, low, high, whole=is_counted(unit), terms=terms)


def _magnitude(value: Decimal, unit: str) -> int:
    """The power of ten of the scale word that a figure has by its size; -2 for per cent."""
    if unit.startswith("share") or unit == "points":
        return _PERCENT
    if unit == "ratio":
        return 0
    return next((scale for scale in _SCALES if abs(value) >= Decimal(1).scaleb(scale)), 0)


def _scale(number: Rounded, unit: str, *, as_written: bool) -> int:
    """The power of ten its printed digits are counted in: 6 for "million", -2 for per cent.

    Unless it is printed as a source wrote it, a figure is counted in millions also where its digits
    end with the ten thousands: in 890,000 the last of them would seem to be a nought.
    """
    by_size = _magnitude(number.value, unit)
    if by_size == _PERCENT or unit == "ratio":
        return by_size
    if number.place is None:
        return 0
    for scale in _SCALES:
        ends_above = number.place >= scale - 2 and number.largest >= Decimal(1).scaleb(scale - 1)
        reached = by_size >= scale or (ends_above and not as_written)
        if reached and scale - number.place <= _MOST_DECIMALS:
            return scale
    return 0


def _decimals(place: int | None, scale: int) -> int | None:
    return None if place is None else max(0, scale - place)


def _approximate(number: Rounded, unit: str) -> str:
    """The figure to two digits, or to as many as its range supports."""
    place = number.value.adjusted() - 1
    if number.place is not None:
        place = max(place, number.place)
    elif is_counted(unit):
        place = max(place, 0)
    rough = rounding.exactly(rounding.nearest(number.value, place), place)
    scale = _scale(rough, unit, as_written=False)
    return _figures([rough.value], unit, _decimals(place, scale), scale)


def _brief(number: Rounded, unit: str, scale: int) -> str:
    """The figure without its unit; an exact one to four digits."""
    if number.place is None:
        value = rounding.nearest(number.value, number.value.adjusted() - _BRIEF + 1)
        number = rounding.exactly(value, int(value.normalize().as_tuple().exponent))
        scale = _scale(number, unit, as_written=True)
    return _figures([number.value], unit, _decimals(number.place, scale), scale, named=False)


def _bounds(number: Rounded, unit: str, scale: int, named: bool = True) -> str:
    """The range as text; empty for an exact figure."""
    if number.low is None and number.high is None:
        return _("no bounds known")
    if number.low is None:
        return _("no lower bound known")
    if number.high is None:
        return _("no upper bound known")
    if number.exact:
        return ""
    decimals = _decimals(number.place_of_ends, scale)
    return _figures([number.low, number.high], unit, decimals, scale, named)


def _figures(
    values: list[Decimal], unit: str, decimals: int | None, scale: int, named: bool = True
) -> str:
    """One figure, or the two ends of a range with their scale word and unit said once.

    Without its unit named, a share keeps its per cent sign.
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if decimals is None and any(value % 1 for value in values):
        pattern = "#,##0.######"
    # Added to zero, minus zero becomes zero.
    shown = [_digits(value.scaleb(-scale) + 0, pattern, locale()) for value in values]
    text = "–".join(shown)
    if len(values) > 1 and min(values) < 0:  # a dash beside a minus sign cannot be read
        text = _("{low} to {high}").format(low=shown[0], high=shown[1])
    if scale in _SCALES:
        text = _scale_pattern(scale, values[-1].scaleb(-scale)).format(text)
    if unit.startswith("share"):
        text = _percent_pattern().format(text)
    return _UNITS.get(unit, "{figure}").format(figure=text) if named else text


@functools.lru_cache(maxsize=4096)
def _digits(number: Decimal, pattern: str, reader: Locale) -> str:
    """The number's digits with the locale's separators and a minus sign of its own."""
    return format_decimal(number, _parsed(pattern), reader).replace("-", "−")


@functools.cache
def _parsed(pattern: str) -> NumberPattern:
    return parse_pattern(pattern)


def _scale_pattern(scale: int, shown: Decimal) -> str:
    """``{} million`` in the reader's language and the plural form that the number asks for."""
    plural = locale().plural_form(shown)
    patterns = locale().compact_decimal_formats["long"]
    found = patterns[plural if plural in patterns else "other"][f"1{'0' * scale}"]
    return "{}" + str(found.pattern).lstrip("0")


def _percent_pattern() -> str:
    return str(locale().percent_formats[None].pattern).replace("#,##0", "{}")
