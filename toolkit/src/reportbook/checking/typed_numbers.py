"""Which digits in prose are figures: not years, dates, numbers of sections, names or addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportbook.report.project import Project
from reportbook.report.prose import Found, passages

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s?(?:[–-]|and|to)\s?{_DAY})?"
_YEAR = r"(?:19|20)\d\d"
# what makes a count of a number that could be a year or the number of a section
_COUNTED = (
    r"(?!\d|[.,]\d|\s*%|\s+(?:per\s?cent|percentage|hundred|thousand|million|billion|trillion"
    r"|dollars|people|persons|refugees|migrants|households|times)\b)"
)
_NOT_MONEY = r"(?<![\d$€£¥.,])(?<![$€£¥]\s)"
_PART = (
    r"(?<!\w)(?:[Ss]ection|[Cc]hapter|[Pp]art|[Ff]igure|[Tt]able|[Ss]tep|[Pp]age|[Aa]rticle|[Aa]nnex"
    r"|[Bb]ox|[Ff]ootnote|[Pp]aragraph|[Cc]ell|[Ll]ine|[Rr]ow|§|pp?\.|[Ff]igs?\.|[Ss]ec\.)"
)
_NO_FIGURE = re.compile(
    rf"""
      (?:https?://|www\.|doi:)\S+                                        # addresses
    | \S+@\S+\.\w+
    | \b\d{{4}}-\d\d(?:-\d\d)?(?:T[\d:]+Z?)?\b                           # 2020-05-26
    | {_NOT_MONEY}\b{_DAYS}(?:\s|\sof\s|-){_MONTH}(?:(?:,?\s|-){_YEAR})?(?!\w)   # 26 May 2020
    | \b{_MONTH}\s{_DAYS},?\s{_YEAR}\b                                   # May 26, 2020
    | \b{_MONTH}\s{_DAYS}(?=\s*(?:[;:)\ufffc]|[.,](?!\d)|$))             # until May 26.
    | \b[0-3]?\d([./])[0-3]?\d\1{_YEAR}\b                                # 26/05/2020, 26.5.2020
    | \b(?:ISO|IEC|RFC)(?:/IEC)?[\s-]\d[\d:-]*(?:\salpha-\d)?            # ISO 3166-1
    | {_PART}s\s\d+(?:\.\d+)*(?:\s?(?:[,–-]|and|to)\s?\d+(?:\.\d+)*)*{_COUNTED}  # Sections 2 to 4
    | {_PART}s?\s\d+(?:\.\d+)*(?:[–-]\d+(?:\.\d+)*)?{_COUNTED}           # Section 3.2, pp. 12–14
    | \b(?!(?:USD?|EUR|GBP|CHF|COP|PEN)\d)(?=\w*[A-Z])[A-Za-z]\w*(?:-[A-Z]\w*)*-?\d[\w-]*
                                                                         # COVID-19, R4V, Q3, G7
    | \b[vV](?:ersion\s)?\d+(?:\.\d+)*\b                                  # v2.0
    | \b(?!x\d)[a-z]+\d[\w-]*                                            # d001, r4v-2024
    | {_NOT_MONEY}{_YEAR}(?:[–/-](?:{_YEAR}|\d\d))?(?:s\b|[’']s\b|\s?[QH][1-4]\b)?(?!\w){_COUNTED}
                                                                         # 2019, 2019–2023, 2020s
    """,
    re.VERBOSE,
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


def typed_numbers(project: Project) -> Iterator[Found]:
    """Every number typed into prose, as it stands there: ``5%``, ``10,000-20,000``, ``3rd``.

    Years, dates, numbers of sections, names with digits in them (COVID-19) and code are no
    figures. One that must be typed says why: {typed}`95 <the share below which …>`.
    """
    for page, cell, passage in passages(project):
        # blanked out, and not with blanks: what stands on either side is not one number
        rest = _NO_FIGURE.sub(lambda found: "_" * len(found[0]), passage.words)
        for found in _FIGURE.finditer(rest):
            text = found[0].strip()
            yield Found(text, page, passage.line(text, found.start()), cell)
