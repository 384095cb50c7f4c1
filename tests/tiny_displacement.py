"""Data made up for a test: a few displacement figures, small enough to work by hand."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.data.load import Break, Data, load
from analysis.data.observations import Observation, Source
from analysis.data.periods import Period


def source(
    key: str, *, publisher: str = "A", kind: str = "own", published: str | None = "2021"
) -> Source:
    when = Period.parse(published) if published else None
    return Source(key, publisher, "", key, when, "stated" if when else "unknown", kind, "")


def figure(
    key: str,
    area: str,
    period: str,
    value: float,
    by: Source,
    *,
    resolution: float = 0,
    hedge: str = "",
    indicator: str = "refugees_and_migrants",
    unit: str = "persons",
) -> Observation:
    cells = {
        "observation": key, "indicator": indicator, "origin": "VEN", "area": area,
        "period": Period.parse(period), "period_basis": "stated", "value": value, "unit": unit,
        "resolution": resolution, "hedge": hedge, "as_stated": str(value), "locator": "",
        "source": by,
    }  # fmt: skip
    return Observation(
        key, "displacement", value, unit, resolution, hedge, str(value), "",
        Period.parse(period), by, cells,
    )  # fmt: skip


def series_break(area: str, period: str, series: str = "refugees_and_migrants") -> Break:
    return Break(f"b-{area}", series, "VEN", area, Period.parse(period), "a new method", None)


def data(figures: Sequence[Observation], breaks: Sequence[Break] = ()) -> Data:
    real = load()
    return Data(
        {
            "displacement": real.displacement.of(figures),
            "leverage": real.leverage,
            "funding": real.funding,
        },
        sources={o.source.key: o.source for o in figures},
        areas=real.areas,
        breaks=tuple(breaks),
    )
