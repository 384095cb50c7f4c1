"""Observations made by hand for tests, without a data folder."""

from __future__ import annotations

from types import MappingProxyType

from analysis.data.observations import Observation, Source
from analysis.numbers.estimate import Estimate

SOURCE = Source(
    key="press", publisher="Press", via="", title="A release", published=None,
    dating="unknown", kind="own", url="https://example.org/release",
)  # fmt: skip


def observation(key, value, *, unit="persons", resolution=0.0, hedge="", source=SOURCE, **cells):
    """Return an observation; whatever its words say is printed from the value."""
    columns = {
        "observation": key, "value": value, "unit": unit, "resolution": resolution,
        "hedge": hedge, "as_stated": f"{value:,}", "locator": "", "period": None,
        "source": source.key, **cells,
    }  # fmt: skip
    return Observation(
        key=key, table="displacement", value=value, unit=unit, resolution=resolution, hedge=hedge,
        as_stated=f"{value:,}", locator="", period=None, source=source,
        cells=MappingProxyType(columns),
    )  # fmt: skip


def estimate(key, value, *, definition="", nature="", **rest):
    """Return an estimate of one observation made by hand."""
    return Estimate.of(observation(key, value, **rest), definition=definition, nature=nature)
