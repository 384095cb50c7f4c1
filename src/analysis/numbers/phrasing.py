"""Numbers as text for readers: scale words, decimals, ranges, hedges, in the reader's locale."""

from __future__ import annotations

import functools
import html
import math
from typing import TYPE_CHECKING, NamedTuple

from babel.numbers import NumberPattern, format_decimal, parse_pattern

from analysis.data.wording import HEDGES
from analysis.language import _, locale
from analysis.numbers import expression as ex

if TYPE_CHECKING:
    from babel import Locale

# value: the figure alone; words: with its hedge; bounds: its range; range: both;
# approx: the figure to two digits; formula: what it was computed from, and the result;
# label: its name, for sentences in which an edition's choice decides what is meant.
FORMATS = ("value", "words", "bounds", "range", "approx", "formula", "label")

_SIGNIFICANT = 3  # digits of a computed figure; the range beside it says how far to trust them
_MOST_DECIMALS = 3
_COUNTED = {"persons", "USD", "claims"}
_UNITS = {
    "USD": _("USD {figure}"),
    "USD/operation": _("USD {figure}"),
    "persons/month": _("{figure} a month"),
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
    """
    if stated:
        hedge = stated.hedge
        decimals = _stated_decimals(value, unit, stated.step)
        places = _decimals_to_the_end(low, high, value, unit, decimals)
    else:
        hedge = ""
        decimals = _computed_decimals(value, unit)
        if low == high and unit in _COUNTED and float(value).is_integer():
            decimals = None
        places = _decimals_that_differ(low, high, unit, decimals)
        if any(ex.expression_is(formula, name) for name in ("sum", "difference")):
            places = _decimals_to_the_end(low, high, value, unit, places, most=1)
    limits = _bounds(low, high, value, unit, places)
    plain = figure(value, unit, decimals)
    words = HEDGES[hedge].phrase.format(figure=plain)
    # The unit is said once: "USD 1.32 billion (1.315–1.325 billion)".
    beside = _bounds(low, high, value, unit, places, named=False)
    within = figure(value, unit, _decimals_within(low, high, value, unit, decimals, places))
    shown = HEDGES[hedge].phrase.format(figure=within)
    if beside:
        shown = f"{shown} ({beside})"
    computed = isinstance(formula, ex.Operation)
    return {
        "value": plain,
        "words": words,
        "bounds": limits or _("exactly {figure}").format(figure=plain),
        "range": shown,
        "approx": "≈" + figure(value, unit, _computed_decimals(value, unit, digits=2)),
        "formula": f"{ex.in_words(formula)} = {shown}" if computed else shown,
        "label": label,
    }


def absent_formats(label: str, text: str, reason: str) -> dict[str, str]:
    """Return the same for a missing number: the reason takes the place of its range."""
    full = f"{text} ({reason.rstrip('.')})"
    return dict.fromkeys(FORMATS, text) | {"range": full, "formula": full, "label": label}


def in_words(value: float, unit: str, step: float, hedge: str) -> str:
    """Return a stated figure with its hedge: ``more than 4.3 million``."""
    plain = figure(value, unit, _stated_decimals(value, unit, step))
    return HEDGES[hedge].phrase.format(figure=plain)


def figure(value: float, unit: str, decimals: int | None) -> str:
    """Return a figure in its unit: ``84.4%``, ``USD 1.32 billion``, ``173,200``.

    Parameters
    ----------
    value : float
        In `unit`; shares as 0 to 1.
    unit : str
        A unit of `analysis.numbers.estimate.Estimate`.
    decimals : int or None
        Decimals after the scale word is taken out; None prints every digit and no scale word.
    """
    return _figures([value], unit, decimals, None if decimals is None else _scale(value, unit))


def tick(value: float, unit: str) -> str:
    """Return an axis tick: as short as it can be said, no unit but the per cent sign."""
    scale = _scale(value, unit)
    shown = value / scale
    places = next(n for n in range(4) if n == 3 or abs(shown - round(shown, n)) < 1e-6)
    return _figures([value], unit, places, scale, named=False)


def brief(value: float, unit: str) -> str:
    """Return a label beside a mark: four digits at most, no unit but the per cent sign."""
    scale = _scale(value, unit)
    places = next(
        n for n in range(4) if n == 3 or float(f"{value / scale:.4g}") == round(value / scale, n)
    )
    return _figures([value], unit, places, scale, named=False)


def bundle(label: str, text: str, detail: str) -> dict[str, str]:
    """Return the display of a number: plain text, and HTML with its derivation under it."""
    plain = f"{label}: {text}" if label else text
    parts = [f"<strong>{html.escape(text)}</strong>"]
    if label:
        parts.insert(0, f"<span>{html.escape(label)}</span><br>")
    if detail and detail != text:
        parts.append(f"<br><small>{html.escape(detail)}</small>")
    return {"text/plain": plain, "text/html": f'<p class="rb-figure">{"".join(parts)}</p>'}


def _scale(value: float, unit: str) -> float:
    """The number the printed digits are counted in: 1e6 for "million", 0.01 for per cent."""
    if _in_hundredths(unit):
        return 0.01
    if unit == "ratio":
        return 1.0
    return next((scale for scale in (1e9, 1e6) if abs(value) >= scale), 1.0)


def _in_hundredths(unit: str) -> bool:
    """Whether it is stored 0 to 1 and printed 0 to 100."""
    return unit.startswith("share") or unit == "points"


def _figures(
    values: list[float], unit: str, decimals: int | None, scale: float | None, named: bool = True
) -> str:
    """One figure, or the two ends of a range with their scale word and unit said once.

    Without its unit named, a share keeps its per cent sign.
    """
    scale = scale or (0.01 if _in_hundredths(unit) else 1.0)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if decimals is None and not all(float(v).is_integer() for v in values):
        pattern = "#,##0.######"
    shown = [_digits(v / scale + 0.0, pattern, locale()) for v in values]  # minus zero becomes zero
    text = "–".join(shown)
    if len(values) > 1 and min(values) < 0:  # a dash beside a minus sign cannot be read
        text = _("{low} to {high}").format(low=shown[0], high=shown[1])
    if scale >= 1e6:
        text = _scale_pattern(scale, values[-1] / scale).format(text)
    if unit.startswith("share"):
        text = _percent_pattern().format(text)
    return _UNITS.get(unit, "{figure}").format(figure=text) if named else text


@functools.lru_cache(maxsize=4096)
def _digits(number: float, pattern: str, reader: Locale) -> str:
    """The number's digits with the locale's separators and a minus sign of its own."""
    return format_decimal(number, _parsed(pattern), reader).replace("-", "−")


@functools.cache
def _parsed(pattern: str) -> NumberPattern:
    return parse_pattern(pattern)


def _scale_pattern(scale: float, shown: float) -> str:
    """``{} million`` in the reader's language and the plural form that the number asks for."""
    plural = locale().plural_form(shown)
    patterns = locale().compact_decimal_formats["long"]
    found = patterns[plural if plural in patterns else "other"][f"{scale:.0f}"]
    return "{}" + str(found.pattern).lstrip("0")


def _percent_pattern() -> str:
    return str(locale().percent_formats[None].pattern).replace("#,##0", "{}")


def _computed_decimals(value: float, unit: str, digits: int = _SIGNIFICANT) -> int:
    scale = _scale(value, unit)
    if scale == 1.0 and unit.split("/")[0] in _COUNTED:
        return 0  # persons are whole, and cents mean nothing at this size
    shown = abs(value) / scale
    return max(0, digits - 1 - math.floor(math.log10(shown) + 1e-9)) if shown else 0


def _stated_decimals(value: float, unit: str, step: float) -> int | None:
    """As many decimals as the source wrote; None, every digit, for an exact figure."""
    scale = _scale(value, unit)
    if step == 0:
        return None
    decimals = max(0, math.floor(-math.log10(step / scale) + 1e-9))
    return decimals if decimals <= _MOST_DECIMALS else None


def _decimals_to_the_end(
    low: float | None,
    high: float | None,
    value: float,
    unit: str,
    decimals: int | None,
    most: int = 2,
) -> int | None:
    """Enough decimals to print both ends in full, up to so many more than the figure has."""
    ends = [end for end in (low, high) if end is not None]
    if decimals is None or not ends:
        return decimals
    scale = _scale(value, unit)
    for places in range(decimals, decimals + most + 1):
        shifted = [end / scale * 10**places for end in ends]
        if all(math.isclose(s, round(s), rel_tol=1e-9, abs_tol=1e-6) for s in shifted):
            return places
    return decimals + (most if most > 1 else 0)


def _decimals_that_differ(
    low: float | None, high: float | None, unit: str, decimals: int | None
) -> int | None:
    """Enough decimals that the two ends of a computed range are printed differently."""
    if decimals is None or low is None or high is None:
        return decimals
    if math.isclose(low, high, rel_tol=1e-12):
        return decimals
    for places in range(decimals, decimals + _MOST_DECIMALS):
        if figure(low, unit, places) != figure(high, unit, places):
            return places
    return decimals + _MOST_DECIMALS


def _decimals_within(
    low: float | None,
    high: float | None,
    value: float,
    unit: str,
    decimals: int | None,
    places: int | None,
) -> int | None:
    """Enough decimals that the figure, rounded, lies in its range: 27.57 (27.56–27.58), not 27.6.

    Never more than the range itself is printed with.
    """
    if decimals is None or places is None:
        return decimals
    scale = _scale(value, unit)
    lowest = -math.inf if low is None else low
    highest = math.inf if high is None else high
    slack = 1e-9 * abs(value)
    while decimals < places and not (
        lowest - slack <= round(value / scale, decimals) * scale <= highest + slack
    ):
        decimals += 1
    return decimals


def _bounds(
    low: float | None,
    high: float | None,
    value: float,
    unit: str,
    decimals: int | None,
    named: bool = True,
) -> str:
    """The range as text; empty for an exact figure."""
    scale = None if decimals is None else _scale(value, unit)
    if low is None and high is None:
        return _("no bounds known")
    if low is None:
        return _("no lower bound known")
    if high is None:
        return _("no upper bound known")
    if math.isclose(low, high, rel_tol=1e-12):
        return ""
    return _figures([low, high], unit, decimals, scale, named)
