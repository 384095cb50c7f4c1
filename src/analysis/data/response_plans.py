"""OCHA's table of response plans by country: figures made when they are asked for.

A regional plan has a row for each of its countries. Where it does not split what it requires, the
table repeats one shared figure for several of them; that figure is no country's own, and what the
whole plan requires cannot be had from the rows then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from analysis.data.columns import plain_column
from analysis.data.load import Data
from analysis.data.observations import Observation, of_table
from analysis.data.periods import Period
from analysis.data.snapshots import Snapshot
from analysis.errors import NotAccepted
from analysis.language import _

TABLE = "fts_plans"
REQUIRED = "required"
RECEIVED = "received"
FOR_COVID = "received_for_covid"
MEASURES = (REQUIRED, RECEIVED, FOR_COVID)
REGIONAL = "Regional response plan"


@dataclass(frozen=True)
class PlanInCountry:
    """What the table has of one plan in one country.

    Attributes
    ----------
    country, place : str
        The country's code and the reader's name of it.
    amounts : mapping of str to Observation
        By the names in `MEASURES`, in current US dollars; what is empty is not in it.
    shared : bool
        Whether its requirement is one that the table repeats for several countries.
    """

    country: str
    place: str
    amounts: Mapping[str, Observation]
    shared: bool


@dataclass(frozen=True)
class ResponsePlan:
    """One plan or appeal of the table.

    Attributes
    ----------
    plan_id, code, name, type : str
        As the Financial Tracking Service has them.
    year : int
    countries : tuple of PlanInCountry
        In the table's order.
    """

    plan_id: str
    code: str
    name: str
    type: str
    year: int
    countries: tuple[PlanInCountry, ...]

    @property
    def shared(self) -> bool:
        """Whether the table repeats one requirement for several of its countries."""
        return any(each.shared for each in self.countries)


class _Row(NamedTuple):
    """A row of the table, with the amounts that it states."""

    plan_id: str
    country: str
    code: str
    name: str
    type: str
    year: int
    snapshot: Snapshot
    amounts: Mapping[str, int]


class ResponsePlans:
    """Every plan of the table, by its number.

    Parameters
    ----------
    data : Data
        What is known at the as-of date; without the table there is no plan.
    """

    def __init__(self, data: Data) -> None:
        self._data = data
        self._snapshots = data.snapshots.of(TABLE)

    @property
    def exported(self) -> Period | None:
        """When the table is of: its newest year is known up to then."""
        return self._snapshots[-1].published if self._snapshots else None

    @property
    def every(self) -> tuple[ResponsePlan, ...]:
        """All plans, in the table's order."""
        return tuple(self._by_id.values())

    def __getitem__(self, plan_id: str) -> ResponsePlan:
        """Return a plan by its number; another one raises NotAccepted."""
        if plan_id not in self._by_id:
            accepted = [
                _("the number of one of {n} plans of the Financial Tracking Service, such as 944").
                format(n=len(self._by_id))
            ]  # fmt: skip
            raise NotAccepted(_("plan"), plan_id, accepted)
        return self._by_id[plan_id]

    @cached_property
    def _by_id(self) -> dict[str, ResponsePlan]:
        frame = self._data.snapshots.frame(TABLE)
        if frame is None:
            return {}
        amounts = zip(*(plain_column(frame[measure]) for measure in MEASURES), strict=True)
        rows: dict[str, list[_Row]] = {}
        for plan_id, country, code, name, kind, year, snapshot, of_row in zip(
            *(map(str, frame[column]) for column in ("plan_id", "country", "code", "plan", "type")),
            frame["year"].tolist(),
            frame["snapshot"].tolist(),
            amounts,
            strict=True,
        ):
            stated = {m: v for m, v in zip(MEASURES, of_row, strict=True) if v is not None}
            row = _Row(plan_id, country, code, name, kind, year, self._snapshots[snapshot], stated)
            rows.setdefault(plan_id, []).append(row)
        return {plan_id: self._plan(of_plan) for plan_id, of_plan in rows.items()}

    def _plan(self, rows: Sequence[_Row]) -> ResponsePlan:
        required = Counter(row.amounts[REQUIRED] for row in rows if REQUIRED in row.amounts)
        first = rows[0]
        return ResponsePlan(
            plan_id=first.plan_id,
            code=first.code,
            name=first.name,
            type=first.type,
            year=first.year,
            countries=tuple(
                PlanInCountry(
                    country=row.country,
                    place=self._data.areas.name(row.country),
                    amounts={measure: self._observation(row, measure) for measure in row.amounts},
                    shared=REQUIRED in row.amounts and required[row.amounts[REQUIRED]] > 1,
                )
                for row in rows
            ),
        )

    def _observation(self, row: _Row, measure: str) -> Observation:
        return of_table(
            TABLE,
            key=f"fts:{row.plan_id}:{row.country}:{measure}",
            value=row.amounts[measure],
            unit="USD",
            period=row.snapshot.published,
            locator=f"plan {row.plan_id}, row {row.country}, column {measure}",
            source=row.snapshot.source,
            place=self._data.areas.in_sentence(row.country),
            measure=measure,
            appeal=row.code,
            appeal_year=row.year,
            area=row.country,
            donor="",
        )
