"""The stages of one programme or fund: planned, expected, achieved; or totals that grow.

Stages are shown in the order of their dates with their statuses named. They are never pooled: the
same money is in all of them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise

from analysis.data.load import Data
from analysis.errors import NotAccepted
from analysis.funding_leverage.facilities import Facility, series
from analysis.funding_leverage.ratios import Ratio, dated, ratio_of, status_of
from analysis.language import _
from analysis.numbers import estimate
from analysis.numbers.absence import no_source
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Column, Table

_TITLES = {
    "IDB": _("The IDB's migration programme, stage by stage"),
    "GCFF": _("The GCFF's totals, each containing the earlier"),
}


@dataclass(frozen=True)
class Stage:
    """One stage of a programme or fund: a ratio, or why there is none yet."""

    facility: Facility
    ratio: Ratio | None
    absent: Absent

    @property
    def value(self) -> Estimate | Absent:
        """The ratio with the stage's name, status and date as its label."""
        return _named(self.ratio) if self.ratio else self.absent

    @property
    def stated(self) -> Estimate | Absent:
        """The ratio as the source itself states it."""
        label = _("Ratio as stated, {name}").format(name=self.facility.name)
        if self.ratio is None:
            return self.absent.labelled(label)
        if self.ratio.stated is None:
            return Absent(_("the source states no ratio of its own"), "ratio", label)
        noun = _("the ratio of investment to grant that its source states ({name})")
        return self.ratio.stated.labelled(label).called(noun.format(name=self.facility.name))


@dataclass(frozen=True)
class Stages:
    """The stages of a programme or fund in order of their dates, undated last."""

    title: str
    stages: tuple[Stage, ...]
    as_of: datetime.date | None

    def __getitem__(self, key: str) -> Stage:
        """Return the stage of a facility."""
        return next(stage for stage in self.stages if stage.facility.key == key)

    @property
    def known(self) -> tuple[Ratio, ...]:
        """The ratios that could be computed."""
        return tuple(stage.ratio for stage in self.stages if stage.ratio)

    @property
    def newest(self) -> Estimate | Absent:
        """The value of the latest stage known; its label says which status and date."""
        return _named(self.latest) if self.latest else self.stages[-1].absent

    @property
    def latest(self) -> Ratio | None:
        """The latest stage known that has a date, whatever its status."""
        with_date = [(r.period, r) for r in self.known if r.period]
        return max(with_date, key=lambda one: one[0])[1] if with_date else None

    def table(self) -> Table:
        """Return one row for each stage known: date, status, both sides, ratio."""
        return Table(
            self.title,
            [
                Column("stage", _("Stage")),
                Column("date", _("Date")),
                Column("status", _("Status")),
                Column("investment", _("Investment side"), "USD"),
                Column("grants", _("Grant side"), "USD"),
                Column("ratio", _("Ratio"), "ratio"),
                Column("source", _("Source")),
            ],
            [
                [r.facility.name, dated(r.period), status_of(r), *r.in_words, r.value, r.source]
                for r in self.known
            ],
            empty=_("No source in this report’s data states both sides."),
        )

    def marginal(self, earlier: str, later: str) -> Estimate | Absent:
        """Return the ratio of what was added between two nested totals.

        Additional investment ÷ additional grants.

        Parameters
        ----------
        earlier, later : str
            Keys of two stages whose totals contain each other.

        Raises
        ------
        Incompatible
            When the two have another status or basis.
        """
        a, b = self[earlier], self[later]
        both = {"a": a.facility.name, "b": b.facility.name}
        label = _("Investment for each dollar of grant added between {a} and {b}").format(**both)
        noun = _("the investment for each dollar of grant that came between {a} and {b}")
        if a.ratio is None:
            return a.absent.labelled(label)
        if b.ratio is None:
            return b.absent.labelled(label)
        added = estimate.ratio(
            b.ratio.investment - a.ratio.investment, b.ratio.grants - a.ratio.grants
        )
        return added.labelled(label).called(noun.format(**both))

    def steps(self) -> tuple[tuple[Ratio, Ratio, Estimate | Absent], ...]:
        """Return each pair of neighbouring totals with the ratio of what came between."""
        return tuple(
            (a, b, self.marginal(a.facility.key, b.facility.key)) for a, b in pairwise(self.known)
        )


def stages(data: Data, name: str) -> Stages:
    """Return the stages of a programme or fund, whether known yet or not.

    Parameters
    ----------
    data : Data
        What is known.
    name : str
        ``IDB``, the bank's grants for migration since 2019, or ``GCFF``, the totals of the Global
        Concessional Financing Facility.

    Raises
    ------
    NotAccepted
        For another name; the message lists those accepted.
    """
    if name not in _TITLES:
        raise NotAccepted(_("programme or fund"), name, _TITLES)
    found = []
    for one in series(name):
        ratio = ratio_of(data, one.key)
        label = _("Investment for each dollar of grant, {name}").format(name=one.name)
        reason = no_source(_("states both sides"))
        absent = Absent(reason, "ratio", label)
        found.append(Stage(one, ratio if isinstance(ratio, Ratio) else None, absent))
    return Stages(_TITLES[name], tuple(found), data.as_of)


def _named(ratio: Ratio) -> Estimate | Absent:
    """A ratio with its stage: those of two stages are not subtracted from one another."""
    name = ratio.facility.name
    noun = _("the investment per dollar of grant ({name}, {status})")
    return ratio.labelled.about(name).called(noun.format(name=name, status=status_of(ratio)))
