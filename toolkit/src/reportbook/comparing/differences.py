"""Differences in the unit of a number, as readers see them: +0.1 percentage points, −USD 2 million.

What is rounded is the way come since the first value; a step is the difference of two such ways,
so what is printed adds up to the last digit, like what was computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from reportbook.results.printing import SCALES, figure, supported_place

_MOST_DIGITS = 5  # of the largest difference; a smaller one than these show is "about 0"
_DIGITS, _DIGITS_OF_VALUE = 3, 4
_ABOUT_NOTHING = "about 0"


def exact(value: float) -> Decimal:
    """The decimal number that a float is written as, so that sums come out to the last digit."""
    return Decimal(repr(value))


def differences(
    values: Sequence[float],
    unit: str,
    units: Mapping[str, str],
    language: str = "en",
    widths: Sequence[float] = (),
) -> tuple[str, list[str]]:
    """The difference of the last value and the first, and of each two neighbours, in words.

    Parameters
    ----------
    values
        At least two consecutive values of one number; shares are 0 to 1.
    unit
        Of what ``a/b`` is, it is said "a per b", or "a year".
    units
        By unit, how a difference in it is said: see `Vocabulary`. Another stands after the figure.
    widths
        Of the ranges of the values, where they are known: no digit is finer than a hundredth of the
        widest.

    Returns
    -------
    The difference of the last value and the first, and those of neighbours. As printed, the
    latter add up to the former.
    """
    over, _, per = unit.partition("/")
    pattern = units.get(over, f"{{value}} {over}".rstrip())
    times = 100 if "{percent}" in pattern else 1
    shown = [exact(value) * times for value in values]
    supported = supported_place(max(widths, default=0.0) * times)
    steps = [after - before for before, after in pairwise(shown)]
    sizes = [abs(size) for size in (shown[-1] - shown[0], *steps) if size]
    if not sizes:
        return "no change", ["0"] * len(steps)
    scale, word = 0, ""
    if language.startswith("en"):
        scale, word = _scale(max(sizes).adjusted(), supported)
    place = _place([size.scaleb(-scale) for size in sizes], max(map(abs, shown)).scaleb(-scale))
    if supported is not None:
        place = max(place, supported - scale)
    shown = [(value - shown[0]).scaleb(-scale) for value in shown]
    rounded = [way.scaleb(-place).to_integral_value().scaleb(place) for way in shown]
    decimals = max(map(_decimals, rounded))

    def said(first: int, last: int) -> str:
        size = rounded[last] - rounded[first]
        if not size:
            return _ABOUT_NOTHING if shown[last] != shown[first] else "0"
        scaled = " ".join(filter(None, (figure(abs(size), decimals, language), word)))
        said_in_unit = pattern.format(value=scaled, percent=scaled)
        per_words = f" a {per}" if per == "year" else f" per {per}" if per else ""
        return f"{'+' if size > 0 else '−'}{said_in_unit}{per_words}"

    last = len(rounded) - 1
    whole = said(0, last)
    if whole == "0":
        whole = "no change"
    return whole, [said(number, number + 1) for number in range(last)]


def _scale(largest: int, supported: int | None) -> tuple[int, str]:
    """The scale that figures of a size are counted in: in 140,000 a nought would seem to count."""
    for scale, word in SCALES:
        ends_above = supported is not None and supported >= scale - 2
        if largest >= scale or (ends_above and largest >= scale - 1):
            return scale, word
    return 0, ""


def _place(sizes: Sequence[Decimal], largest_value: Decimal) -> int:
    """The power of ten to round to: three digits of the largest difference, four of the values.

    More where a small difference would vanish, down to a limit; counts that are not scaled stay
    whole.
    """
    largest, smallest = max(sizes).adjusted(), min(sizes).adjusted()
    place = max(largest - _DIGITS + 1, largest_value.adjusted() - _DIGITS_OF_VALUE + 1)
    place = max(min(place, smallest), largest - _MOST_DIGITS + 1)
    return min(place, 0)


def _decimals(number: Decimal) -> int:
    """The number of digits behind the decimal mark, without zeros at the end."""
    written = format(number.normalize(), "f")
    return len(written.partition(".")[2])
