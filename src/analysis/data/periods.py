"""The time a figure is for: a year, a month, a day, or an interval between two of these."""

from __future__ import annotations

import calendar
import functools
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from analysis.errors import NotAccepted
from analysis.language import _

if TYPE_CHECKING:
    from babel import Locale

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FORMS = ("a year (2020)", "a month (2020-05)", "a day (2020-05-26)", "an interval (2019/2023-10)")


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days, written as ISO 8601 and as coarse as its source.

    Made by :meth:`parse`. Two periods are equal when they are written the same: a source that
    says "2023" and one that says "2023-12-31" do not say the same thing. They sort by last day,
    then by first day.

    Attributes
    ----------
    text : str
        The ISO 8601 text, which ``str()`` gives back.
    first_day, last_day : datetime.date
        The first and the last day the text can mean.
    inferred : bool
        Whether it is not what the source states, but what its figures or its date let one infer.
    """

    text: str
    first_day: date = field(compare=False)
    last_day: date = field(compare=False)
    inferred: bool = field(default=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO 8601 year, month, day or interval.

        Raises
        ------
        NotAccepted
            If the text is none of these, names a day the calendar does not have, or ends before
            it begins.
        """
        start, slash, end = text.partition("/")
        first = _days(start, text)
        if not slash:
            return cls(text, *first)
        last = _days(end, text)
        if last[0] < first[0] or last[1] < first[1]:
            raise NotAccepted("period", text, _FORMS, hint="The interval ends before it begins.")
        return cls(text, first[0], last[1])

    @property
    def is_interval(self) -> bool:
        """Whether the source gives two ends, as for a flow, and not one date."""
        return "/" in self.text

    @property
    def is_year(self) -> bool:
        """Whether the source names a year and no closer date."""
        return len(self.text) == len("2020")

    def label(self, locale: Locale | None = None) -> str:
        """Return the period as a reader writes it: ``May 2020``, ``2019 – October 2023``.

        An inferred one says so: ``4 July 2024 (date inferred)``.

        Parameters
        ----------
        locale : babel.Locale, optional
            The reader's; by default that of :func:`analysis.language.locale`. English without a
            territory puts the day first.
        """
        label = " – ".join(_label(point, locale) for point in self.text.split("/"))
        return _("{date} (date inferred)").format(date=label) if self.inferred else label

    def in_sentence(self, locale: Locale | None = None) -> str:
        """Return the period with the word that leads to it: ``in May 2020``, ``on 26 May 2020``.

        Parameters
        ----------
        locale : babel.Locale, optional
            As of :meth:`label`.
        """
        label = self.label(locale)
        if self.is_interval:
            first, _dash, last = label.partition(" – ")
            return _("from {first} to {last}").format(first=first, last=last)
        is_day = self.first_day == self.last_day
        return (_("on {date}") if is_day else _("in {date}")).format(date=label)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.last_day, self.first_day, self.text) < (
            other.last_day,
            other.first_day,
            other.text,
        )


def reader_date(day: date, locale: Locale | None = None) -> str:
    """Return a day as a reader writes it: ``26 May 2020``.

    Parameters
    ----------
    day : datetime.date
    locale : babel.Locale, optional
        As of :meth:`Period.label`.
    """
    # Babel is imported here because most readers of data never print a date, and it is slow.
    from babel.dates import format_date

    return format_date(day, "long", locale=_day_first(locale))


def days_between(earlier: Period, later: Period) -> int:
    """Return the days from the last day of one period to that of another."""
    return (later.last_day - earlier.last_day).days


def _days(point: str, text: str) -> tuple[date, date]:
    """Return the first and last day of a year, month or day, a part of ``text``."""
    match = _POINT.fullmatch(point)
    if match is None:
        raise NotAccepted("period", text, _FORMS)
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            return first, first
        last_month = int(month or 12)
        last_day = calendar.monthrange(first.year, last_month)[1]
        return first, date(first.year, last_month, last_day)
    except ValueError as problem:
        raise NotAccepted("period", text, _FORMS, hint=f"In {point}, {problem}.") from None


def _label(point: str, locale: Locale | None) -> str:
    from babel.dates import format_skeleton

    first_day = _days(point, point)[0]
    if len(point) == len("2020-05-26"):
        return reader_date(first_day, locale)
    skeleton = "yMMMM" if "-" in point else "y"
    return format_skeleton(skeleton, first_day, locale=_day_first(locale))


def _day_first(locale: Locale | None) -> Locale:
    """The reader's locale; English without a territory becomes one that puts the day first."""
    from babel import Locale

    from analysis import language

    locale = locale or language.locale()
    return Locale("en", "001") if str(locale) == "en" else locale
