"""OCHA's table of response plans by country: figures made when they are asked for.

A regional plan has a row for each of its countries. Where it does not split what it requires, the
table repeats one shared figure for several of them; that figure is no country's own, and what the
whole plan requires cannot be had from the rows then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.data.load import Data
from analysis.data.observations import Observation, of_table
from analysis.data.periods import Period
from analysis.errors import NotAccepted
from analysis.language import _

if TYPE_CHECKING:
    import pandas as pd

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
        plans = frame.groupby("plan_id", sort=False, observed=True)
        return {str(plan_id): self._plan(rows) for plan_id, rows in plans}

    def _plan(self, frame: pd.DataFrame) -> ResponsePlan:
        rows = frame.to_dict("records")
        first = rows[0]
        known = [row for row in rows if _stated(row[REQUIRED])]
        repeated = {value for value, n in Counter(row[REQUIRED] for row in known).items() if n > 1}
        return ResponsePlan(
            plan_id=str(first["plan_id"]),
            code=str(first["code"]),
            name=str(first["plan"]),
            type=str(first["type"]),
            year=int(first["year"]),
            countries=tuple(
                PlanInCountry(
                    country=str(row["country"]),
                    place=self._data.areas.name(str(row["country"])),
                    amounts={
                        measure: self._observation(row, measure)
                        for measure in MEASURES
                        if _stated(row[measure])
                    },
                    shared=_stated(row[REQUIRED]) and row[REQUIRED] in repeated,
                )
                for row in rows
            ),
        )

    def _observation(self, row: Mapping[Hashable, object], measure: str) -> Observation:
        plan, country = str(row["plan_id"]), str(row["country"])
        snapshot = self._snapshots[int(str(row["snapshot"]))]
        return of_table(
            TABLE,
            key=f"fts:{plan}:{country}:{measure}",
            value=int(str(row[measure])),
            unit="USD",
            period=snapshot.published,
            locator=f"plan {plan}, row {country}, column {measure}",
            source=snapshot.source,
            place=self._data.areas.in_sentence(country),
            measure=measure,
            appeal=str(row["code"]),
            appeal_year=int(str(row["year"])),
            area=country,
            donor="",
        )


def _stated(value: object) -> bool:
    """Whether a cell is not empty."""
    return str(value).lstrip("-").isdigit()
