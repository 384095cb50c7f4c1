"""How a figure is worded fixes its range: the one table of hedges, and the resolution rule.

The rule for a figure without a hedge is the resolution of a reading in JCGM 100:2008 (half a unit
of the last digit each way). The rows for hedged figures are this project's convention. Ranges of
wording are not statistical uncertainty and must never be called confidence intervals.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import product

from analysis.errors import NotAccepted
from analysis.language import _


@dataclass(frozen=True)
class Hedge:
    """What a wording says about a figure v of resolution u.

    Attributes
    ----------
    below, above : float or None
        The range is ``v + below*u`` to ``v + above*u``; None where the wording sets no bound.
    phrase, brief : str
        The reader's words around the printed figure ``{figure}``; the shortest, for a mark on a
        chart.
    """

    below: float | None
    above: float | None
    phrase: str
    brief: str


HEDGES: dict[str, Hedge] = {
    "": Hedge(-0.5, 0.5, "{figure}", "{figure}"),
    "approximately": Hedge(-1, 1, _("approximately {figure}"), _("about {figure}")),
    "more than": Hedge(0, 1, _("more than {figure}"), _("over {figure}")),
    "at least": Hedge(0, 1, _("at least {figure}"), _("at least {figure}")),
    "nearly": Hedge(-1, 0, _("nearly {figure}"), _("nearly {figure}")),
    "up to": Hedge(None, 0, _("up to {figure}"), _("up to {figure}")),
}

# What sources write, by language, and the hedge it is. The same words can differ between
# languages: Spanish "cerca de" stays below the figure, Portuguese "cerca de" is either side.
PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "approximately": "approximately",
        "some": "approximately",
        "about": "approximately",
        "estimated": "approximately",
        "estimate": "approximately",
        "roughly": "approximately",
        "more than": "more than",
        "over": "more than",
        "at least": "at least",
        "nearly": "nearly",
        "almost": "nearly",
        "up to": "up to",
    },
    "es": {
        "aproximado": "approximately",
        "aproximadamente": "approximately",
        "alrededor de": "approximately",
        "unos": "approximately",
        "más de": "more than",
        "supera ya": "more than",
        "al menos": "at least",
        "casi": "nearly",
        "cerca de": "nearly",
        "hasta": "up to",
    },
    "pt": {
        "aproximadamente": "approximately",
        "cerca de": "approximately",
        "mais de": "more than",
        "pelo menos": "at least",
        "quase": "nearly",
        "até": "up to",
    },
}

_SCALES = {
    "thousand": 1e3, "mil": 1e3, "mila": 1e3,
    "m": 1e6, "mn": 1e6, "million": 1e6, "millones": 1e6, "milioni": 1e6, "millionen": 1e6,
    "milhões": 1e6,
    "bn": 1e9, "billion": 1e9,
}  # fmt: skip
_NUMERALS = {
    "half a": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_COUNTS = {"operations", "countries"}  # small counts, exact unless hedged
_MOST_HEDGED = 3  # digits: nobody who says "about" vouches for single persons in millions
_READINGS = {"percent", "ratio"}  # every written digit counts, zeros too
_SPACES = "\u00a0\u202f "


def hedge_in(text: str, language: str = "en") -> str:
    """Return the hedge that a source's words carry, ``""`` if none.

    Parameters
    ----------
    text : str
        The words as stated, such as ``"cerca de 7,9 millones"``.
    language : str
        ISO 639-1 code of the language they are written in.

    Raises
    ------
    NotAccepted
        For a language whose phrases are not in the table.
    """
    if language not in PHRASES:
        raise NotAccepted(_("language"), language, PHRASES)
    found = [
        (match.start(), -len(phrase), hedge)
        for phrase, hedge in PHRASES[language].items()
        if (match := re.search(rf"\b{re.escape(phrase)}\b", text.casefold()))
    ]
    return min(found)[2] if found else ""


def bounds(value: float, resolution: float, hedge: str) -> tuple[float | None, float | None]:
    """Return the lowest and highest figure that the wording allows.

    Parameters
    ----------
    value, resolution : float
        The figure and the place of its last digit as written, in one unit.
    hedge : str
        A key of `HEDGES`.

    Raises
    ------
    NotAccepted
        For a hedge that is not in the table.
    """
    if hedge not in HEDGES:
        raise NotAccepted(_("hedge"), hedge, HEDGES)
    rule = HEDGES[hedge]
    low = None if rule.below is None else value + rule.below * resolution
    high = None if rule.above is None else value + rule.above * resolution
    return low, high


def resolution(value: float, as_stated: str, unit: str, hedge: str) -> float:
    """Return the place of the last digit of a figure as it is written.

    Parameters
    ----------
    value : float
        The figure in `unit`; it picks the numeral among several in the words.
    as_stated : str
        The source's words, in any of the languages and decimal marks of the field.
    unit : str
        ``persons``, ``USD``, ``percent``, ``ratio``, ``operations`` or ``countries``.
    hedge : str
        A key of `HEDGES`; a hedged figure is never exact, and hedged at its third digit at most.

    Raises
    ------
    ValueError
        When no numeral in the words gives the value.
    """
    step, scaled = _last_place(value, as_stated)
    if unit in _COUNTS and not hedge:
        return 0.0
    if not scaled and unit not in _READINGS:
        step = _last_nonzero_place(value)
        zeros = round(math.log10(step))
        exact = zeros == 0 or (zeros == 1 and abs(value) >= 10_000)
        if exact and not hedge:
            return 0.0
    if hedge and value:
        step = max(step, 10.0 ** (math.floor(math.log10(abs(value))) - _MOST_HEDGED + 1))
    if unit in {"persons", "USD"}:
        step = min(step, abs(value) / 10)
    if unit in _COUNTS:  # of wholes
        step = min(step, max(1.0, abs(value) / 10))
    return step


def _last_place(value: float, text: str) -> tuple[float, bool]:
    """Place of the last written digit of `value` in `text`, and whether a scale word follows."""
    text = text.casefold()
    scale_words = "|".join(sorted(_SCALES, key=len, reverse=True))
    words = "|".join(_NUMERALS)
    pattern = re.compile(
        rf"(?P<figure>\d(?:[\d.,{_SPACES}]*\d)?|\b(?:{words})\b)"
        rf"[{_SPACES}]*(?P<scale>(?:{scale_words})\b)?"
    )
    # "6.5 of the 7.7 million": the scale word stands behind the last figure and serves both.
    later = re.search(rf"\d[{_SPACES}]*({scale_words})\b", text)
    for match in pattern.finditer(text):
        readings = _readings(match["figure"])
        scale_word = match["scale"] or (later[1] if later else "")
        scales = {_SCALES.get(scale_word, 1.0), 1.0}
        for (number, places), scale in product(readings, sorted(scales, reverse=True)):
            if math.isclose(number * scale, value, rel_tol=1e-9, abs_tol=1e-12):
                return scale * 10.0**-places, scale > 1
    raise ValueError(_("no numeral in {text!r} gives {value:.15g}").format(text=text, value=value))


def _readings(figure: str) -> list[tuple[float, int]]:
    """Every (number, decimal places) a numeral can be, by either decimal mark."""
    if figure in _NUMERALS:
        return [(float(_NUMERALS[figure]), 0)]
    digits = re.sub(rf"[{_SPACES}]", "", figure)
    readings = [(float(re.sub(r"[.,]", "", digits)), 0)]
    for mark, group in ((".", ","), (",", ".")):
        plain = digits.replace(group, "")
        if plain.count(mark) == 1:
            readings.append((float(plain.replace(mark, ".")), len(plain.split(mark)[1])))
    return readings


def _last_nonzero_place(value: float) -> float:
    """10 for 5,640; 1 for 5,641 and for 0."""
    number = round(abs(value))
    place = 1.0
    while number and number % 10 == 0:
        number //= 10
        place *= 10
    return place
