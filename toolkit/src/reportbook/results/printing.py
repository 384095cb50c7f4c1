"""Numbers as text: in a unit's words and the reader's language, no finer than a range supports."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

_DIGITS = 3  # that a number with a fraction begins with; its range may ask for more
_PERCENT = -2  # the power of ten that a share is counted in
SCALES = ((9, "billion"), (6, "million"))  # the words are English: elsewhere figures are in full
_MOST_DECIMALS = 3  # of a figure in millions or billions; with more it is written in full
_WIDENED = 10  # parts of its width: a range that rounding makes wider by more has a digit more
_KEPT = 12  # digits that binary arithmetic leaves right


def in_unit(unit: str, units: Mapping[str, str]) -> str:
    """The pattern of a number in a unit: ``USD {value}``, ``{percent}%``, ``{value} households``.

    Parameters
    ----------
    unit
        ``share``, an ISO 4217 code of a currency, a unit of the report's vocabulary, or any noun.
        What follows a slash is said behind it: ``USD/household`` is "USD {value} per household".
    units
        The patterns of the report's vocabulary.
    """
    if unit in units and unit != "share":
        return units[unit]
    over, slash, per = unit.partition("/")
    if over == "share":
        pattern = "{percent}%"
    elif over in units:
        pattern = units[over]
    elif _is_currency(over):
        pattern = f"{over} {{value}}"
    else:
        pattern = "{value}" if over in ("", "ratio") else f"{{value}} {over}"
    return f"{pattern} {'a' if per == 'year' else 'per'} {per}" if slash else pattern


class Printed(NamedTuple):
    """A number as readers see it; `range` and `bounds` are of its range where it has one.

    `value` is the number alone, ``USD 4,200``; `range` has both, ``USD 4,200 (4,150–4,250)``;
    `bounds` are the ends, ``USD 4,150–4,250``, and empty without a range.
    """

    value: str
    range: str
    bounds: str


def printed(
    value: float,
    low: float | None,
    high: float | None,
    pattern: str,
    language: str,
    decimals: int | None = None,
) -> Printed:
    """Return a number and its range as text.

    A range is rounded outward, so that what is printed contains what is meant. No digit is finer
    than a tenth of the range's width, unless value and ends could not be told apart.

    Parameters
    ----------
    value, low, high
        None for an end that is not known; None for both: nothing is known of its range.
    pattern
        As `in_unit` gives it.
    decimals
        Digits behind the decimal mark; the figure is then written in full. None: as many as the
        range supports, or, without one, all of a whole number and three digits of another.
    """
    v, lo, hi = _meant(value), _end(low), _end(high)
    percent = "{percent}" in pattern
    place = -decimals if decimals is not None else _place(v, lo, hi, percent)
    place += _PERCENT if percent and decimals is not None else 0
    scale, word = (_PERCENT, "") if percent else (0, "")
    if decimals is None and not percent and language.startswith("en"):
        scale, word = _scale(max(abs(each) for each in (v, lo, hi) if each is not None), place)

    def said(number: Decimal, how: str, last: int = place) -> str:
        rounded = number.scaleb(-last).to_integral_value(how).scaleb(last - scale)
        return figure(rounded, max(0, scale - last), language)

    def in_pattern(text: str) -> str:
        scaled = f"{text} {word}".rstrip()
        return pattern.format(value=scaled, percent=scaled)

    shown = in_pattern(said(v, ROUND_HALF_EVEN))
    if lo == hi:
        return Printed(shown, shown, "")
    if lo is None or hi is None:
        known = said(hi, ROUND_CEILING) if hi is not None else ""
        ends = f"at most {known}" if lo is None else f"at least {said(lo, ROUND_FLOOR)}"
    else:
        # one digit more where a range would be much wider without it: 1.32 (1.315–1.325)
        widened = decimals is None and _moved(lo, hi, place) > (hi - lo) / _WIDENED
        last = place - 1 if widened else place
        mark = "–" if lo >= 0 else " to "
        ends = f"{said(lo, ROUND_FLOOR, last)}{mark}{said(hi, ROUND_CEILING, last)}"
    beside = f"{ends}%" if percent else f"{ends} {word}".rstrip()
    return Printed(shown, f"{shown} ({beside})", in_pattern(ends))


def figure(number: Decimal, decimals: int, language: str) -> str:
    """A decimal number as the language writes it, with a true minus sign."""
    pattern, locale = _pattern(decimals, language)
    shown: str = pattern.apply(number, locale)
    return shown.replace("-", "−")


@cache
def _pattern(decimals: int, language: str) -> tuple[NumberPattern, Locale]:
    """How numbers are written, parsed once: a table has many."""
    from babel import Locale
    from babel.numbers import parse_pattern

    digits = "." + "0" * decimals if decimals else ""
    return parse_pattern(f"#,##0{digits}"), Locale.parse(language.replace("-", "_"))


def supported_place(width: float) -> int | None:
    """The power of ten of the last digit that a range of this width supports: a tenth of it.

    None for no width: every digit. A report's own numbers follow the same rule.
    """
    # at twelve digits, so that binary arithmetic does not turn 0.1 into 0.09999999999999998
    return Decimal(f"{width:.12g}").adjusted() - 1 if width else None


def _place(v: Decimal, lo: Decimal | None, hi: Decimal | None, percent: bool) -> int:
    """The power of ten of the last digit that is printed."""
    whole = _PERCENT if percent else 0
    first = v.adjusted() - _DIGITS + 1 if v else whole
    if lo is None or hi is None or lo == hi:
        last = _last(v)
        return last if last >= whole else max(last, min(first, whole))
    supported = supported_place(float(hi - lo))
    place = first if supported is None else max(first, supported)
    place = max(place, min(map(_last, (v, lo, hi))))
    while not _tells(v, lo, hi, place):
        place -= 1
    return place


def _tells(v: Decimal, lo: Decimal, hi: Decimal, place: int) -> bool:
    """Whether value and ends differ at a place where they differ, and the range is kept."""
    down, middle, up = (
        number.scaleb(-place).to_integral_value(how).scaleb(place)
        for number, how in ((lo, ROUND_FLOOR), (v, ROUND_HALF_EVEN), (hi, ROUND_CEILING))
    )
    apart = (lo == v or down < middle) and (hi == v or middle < up)
    return apart and _moved(lo, hi, place) <= (hi - lo) / 2


def _moved(lo: Decimal, hi: Decimal, place: int) -> Decimal:
    """How far the end that moves furthest moves when both are rounded outward."""
    down, up = (
        end.scaleb(-place).to_integral_value(how).scaleb(place)
        for end, how in ((lo, ROUND_FLOOR), (hi, ROUND_CEILING))
    )
    return max(lo - down, up - hi)


def _scale(largest: Decimal, place: int) -> tuple[int, str]:
    for scale, word in SCALES:
        if largest >= Decimal(1).scaleb(scale) and scale - place <= _MOST_DECIMALS:
            return scale, word
    return 0, ""


def _meant(number: float) -> Decimal:
    """The decimal number that a float stands for: 0.1 + 0.2 is 0.3."""
    return Decimal(f"{number:.{_KEPT}g}")


def _end(number: float | None) -> Decimal | None:
    return None if number is None else _meant(number)


def _last(number: Decimal) -> int:
    """The power of ten of a number's last digit that is no nought: 7 of 1,320,000,000."""
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


@cache
def _is_currency(unit: str) -> bool:
    from babel.numbers import is_currency

    return bool(is_currency(unit))
