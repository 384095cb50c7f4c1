"""Finds numbers typed into prose, and passes over years, dates, section numbers and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportbook.report.project import Project
from reportbook.report.prose import Found, passages

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s?(?:[–-]|and|to)\s?{_DAY})?"
_YEAR = r"(?:19|20)\d\d"
_CURRENCIES = ("US", "USD", "EUR", "GBP", "CHF", "JPY")  # of a report's units, those so written too
_NOT_MONEY = r"(?<![\d$€£¥.,])(?<![$€£¥]\s)"
_PART = (
    r"(?<!\w)(?:[Ss]ection|[Cc]hapter|[Pp]art|[Ff]igure|[Tt]able|[Ss]tep|[Pp]age|[Aa]rticle|[Aa]nnex"
    r"|[Bb]ox|[Ff]ootnote|[Pp]aragraph|[Cc]ell|[Ll]ine|[Rr]ow|§|pp?\.|[Ff]igs?\.|[Ss]ec\.)"
)
_DIGITS = r"\d+(?:[.,:’']\d+|[\ \u00a0\u202f]\d{3}(?!\d))*"
_FIGURE = re.compile(
    rf"""
    [$€£¥]?
    (?:{_DIGITS}(?:\s?[/–-]\s?[$€£¥]?{_DIGITS})*[¼-¾⅐-⅞]?|[¼-¾⅐-⅞])
    (?:\s?%|-fold\b|[A-Za-z]{{1,2}}\b|×)?
    """,
    re.VERBOSE,
)


@cache
def _no_figure(counted: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    """What looks like a figure and is none, in a report that counts these nouns in these units."""
    nouns = "".join(rf"|{re.escape(noun)}" for noun in counted)
    # what makes a count of a number that could be a year or the number of a section
    count = (
        r"(?!\d|[.,]\d|\s*%|\s+(?:per\s?cent|percentage|hundred|thousand|million|billion|trillion"
        rf"|dollars|people|times{nouns})\b)"
    )
    own = (unit for unit in units if re.fullmatch(r"[A-Z]{3}", unit))
    money = "|".join(dict.fromkeys((*_CURRENCIES, *own)))
    return re.compile(
        rf"""
          (?:https?://|www\.|doi:)\S+                                        # addresses
        | \S+@\S+\.\w+
        | \b\d{{4}}-\d\d(?:-\d\d)?(?:T[\d:]+Z?)?\b                           # 2020-05-26
        | {_NOT_MONEY}\b{_DAYS}(?:\s|\sof\s|-){_MONTH}(?:(?:,?\s|-){_YEAR})?(?!\w)   # 26 May 2020
        | \b{_MONTH}\s{_DAYS},?\s{_YEAR}\b                                   # May 26, 2020
        | \b{_MONTH}\s{_DAYS}(?=\s*(?:[;:)\ufffc]|[.,](?!\d)|$))             # until May 26.
        | \b[0-3]?\d([./])[0-3]?\d\1{_YEAR}\b                                # 26/05/2020, 26.5.2020
        | \b(?:ISO|IEC|RFC)(?:/IEC)?[\s-]\d[\d:-]*(?:\salpha-\d)?            # ISO 3166-1
        | {_PART}s\s\d+(?:\.\d+)*(?:\s?(?:[,–-]|and|to)\s?\d+(?:\.\d+)*)*{count}  # Sections 2 to 4
        | {_PART}s?\s\d+(?:\.\d+)*(?:[–-]\d+(?:\.\d+)*)?{count}           # Section 3.2, pp. 12–14
        | \b(?!(?:{money})\d)(?=\w*[A-Z])[A-Za-z]\w*(?:-[A-Z]\w*)*-?\d[\w-]*
                                                                             # COVID-19, R4V, Q3, G7
        | \b[vV](?:ersion\s)?\d+(?:\.\d+)*\b                                  # v2.0
        | \b(?!x\d)[a-z]+\d[\w-]*                                            # d001, r4v-2024
        | {_NOT_MONEY}{_YEAR}(?:[–/-](?:{_YEAR}|\d\d))?(?:s\b|[’']s\b|\s?[QH][1-4]\b)?(?!\w){count}
                                                                      # 2019, 2019–2023, 2020s
        """,
        re.VERBOSE,
    )


def typed_numbers(project: Project) -> Iterator[Found]:
    """Every number typed into prose, as it stands there: ``5%``, ``10,000-20,000``, ``3rd``.

    Years, dates, numbers of sections, names with digits in them (COVID-19) and code do not count.
    A number that must be typed says why: {typed}`95 <the share below which …>`.
    """
    words = project.settings.vocabulary
    no_figure = _no_figure(words.counted, tuple(words.units))
    for page, cell, passage in passages(project):
        # underscores, not blanks: else the numbers on either side could be read as one
        rest = no_figure.sub(lambda found: "_" * len(found[0]), passage.words)
        for found in _FIGURE.finditer(rest):
            text = found[0].strip()
            yield Found(text, page, passage.line(text, found.start()), cell)
