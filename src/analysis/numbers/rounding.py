"""How far a number and its range are written out: never finer than the range supports.

A range is rounded outward, so that what is printed contains what was computed. The place of a
digit is its power of ten: 0 for ones, 3 for thousands, -2 for hundredths. All arithmetic here is
decimal: an end that is a short decimal number, 4.3 million, stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

SIGNIFICANT = 3  # digits that a computed number begins with; its range may ask for more
_KEPT = 12  # digits that binary arithmetic leaves right, of the largest of value and ends
_SMALLEST = -12  # place below which a figure is what binary arithmetic left of zero
_NEAR = 100  # a value nearer to an end than the width divided by this is as good as at the end
_FINER = 2  # places by which the ends of a stated figure may be finer than it: 7.7 (7.65–7.75)


@dataclass(frozen=True)
class Rounded:
    """A number and its range as decimal numbers, and the places of their last printed digits.

    Attributes
    ----------
    value : Decimal
    low, high : Decimal or None
        Rounded outward; None where no bound is known. Both are the value where it is exact.
    place, place_of_ends : int or None
        Of the last digit; None: every digit is printed.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    place: int | None
    place_of_ends: int | None

    @property
    def exact(self) -> bool:
        """Whether the range is the value alone."""
        return self.low is not None and self.low == self.high

    @property
    def largest(self) -> Decimal:
        """The largest of value and known ends, without its sign."""
        return max(abs(x) for x in (self.value, self.low, self.high) if x is not None)


def computed(
    value: float,
    low: float | None,
    high: float | None,
    *,
    whole: bool = False,
    terms: int | None = None,
    digits: int = SIGNIFICANT,
) -> Rounded:
    """Return a computed number and its range as they are printed.

    It has three digits, and fewer where the last would be finer than a hundredth of the range's
    width. It has more where that is needed for the ends to differ from each other and from a value
    strictly between them, and for neither end to move outward by more than half of the width.

    Parameters
    ----------
    value, low, high : float
        None where an end is not known.
    whole : bool
        Whether it counts what has no parts, such as persons: nothing finer than ones is begun with.
    terms : int, optional
        For a sum or difference, the place of its coarsest term: what is finer than three digits
        is printed down to there, so that a reader can add up what is printed.
    digits : int
        How many digits to begin with.
    """
    v, lo, hi = _meant(value, low, high)
    starts = [v.adjusted() - digits + 1] if v else []
    if starts and terms is not None:
        starts = [min(starts[0], terms)]
    if lo is not None and hi is not None and lo < hi:
        starts.append(supported_place(hi - lo))
    start = max([*starts, 0] if whole or not starts else starts)
    if lo is not None and lo == hi:
        return exactly(nearest(v, start), start)
    place = _place_that_tells(v, lo, hi, start)
    return Rounded(nearest(v, place), _down(lo, place), _up(hi, place), place, place)


def stated(value: float, low: float | None, high: float | None, step: float) -> Rounded:
    """Return a figure that a source states, with the digits that its resolution vouches for.

    Parameters
    ----------
    value, low, high : float
        The ends are those of its wording.
    step : float
        Its resolution; zero where every digit counts.
    """
    v, lo, hi = _meant(value, low, high)
    if not step:
        return Rounded(v, lo, hi, None, None)
    u = _meant(step, None, None)[0]
    # A tenth of the figure is how far round words are trusted ("over one million"), no digit.
    place = v.adjusted() if v and 10 * u >= abs(v) else u.adjusted()
    ends = [end for end in (lo, hi) if end is not None]
    shown = nearest(v, place)
    if shown == v:
        for finer in range(place, place - _FINER - 1, -1):
            if all(end == nearest(end, finer) for end in ends):
                return Rounded(v, lo, hi, place, finer)
    finer = _place_that_tells(v, lo, hi, place)
    return Rounded(nearest(v, finer), _down(lo, finer), _up(hi, finer), finer, finer)


def exactly(value: Decimal, place: int) -> Rounded:
    """Return a value that is its own range, printed down to a place."""
    return Rounded(value, value, value, place, place)


def supported_place(width: Decimal) -> int:
    """Return the place of the last digit that a range of this width supports: a tenth of it.

    The published changes between editions follow the same rule
    (`reportbook.results.printing.supported_place`); a test holds the two equal.
    """
    return width.adjusted() - 1


def place_of(x: float) -> int:
    """Return the place of the first digit of a number that is not zero: 5 for 100,000."""
    return Decimal(repr(float(x))).adjusted()


def nearest(value: Decimal, place: int) -> Decimal:
    """Return a value rounded to a place."""
    return _at(value, place, ROUND_HALF_EVEN)


def _place_that_tells(v: Decimal, lo: Decimal | None, hi: Decimal | None, place: int) -> int:
    """The place from `place` on at which range and value can be told apart, and the range is kept.

    It is found, because at the place of their own last digits nothing moves.
    """
    if lo is None or hi is None or lo == hi:
        return place
    half = (hi - lo) / 2
    # A value that nearly lies at an end need not be told apart from it.
    at_low, at_high = ((v - lo) < (hi - lo) / _NEAR, (hi - v) < (hi - lo) / _NEAR)
    while True:
        down, up, middle = (
            _at(x, place, how)
            for x, how in ((lo, ROUND_FLOOR), (hi, ROUND_CEILING), (v, ROUND_HALF_EVEN))
        )
        apart = down < up and (at_low or middle > down) and (at_high or middle < up)
        if apart and lo - down <= half and up - hi <= half:
            return place
        place -= 1


def _meant(
    value: float, low: float | None, high: float | None
) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """The decimal numbers that arithmetic in binary fractions stands for: 0.1 + 0.2 is 0.3."""
    largest = max(abs(x) for x in (value, low, high) if x is not None)
    grain = _SMALLEST
    if largest:
        grain = min(0, max(grain, place_of(largest) - _KEPT + 1))
    v, lo, hi = (
        None if x is None else nearest(Decimal(repr(float(x))), grain) for x in (value, low, high)
    )
    assert v is not None  # as the value is given
    return v, lo, hi


def _down(x: Decimal | None, place: int) -> Decimal | None:
    return None if x is None else _at(x, place, ROUND_FLOOR)


def _up(x: Decimal | None, place: int) -> Decimal | None:
    return None if x is None else _at(x, place, ROUND_CEILING)


def _at(x: Decimal, place: int, how: str) -> Decimal:
    return x.scaleb(-place).to_integral_value(how).scaleb(place)
