"""Every range that the stored notebooks print contains the one that was computed."""

import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SCALES = {"%": 0.01, "percentage points": 0.01, "million": 1e6, "billion": 1e9}


def figures(x):
    """Every number with a range, in a record of a notebook's outputs or a cell of its tables."""
    if isinstance(x, dict):
        if x.get("value") is not None and x.get("low") is not None and x.get("high") is not None:
            yield (x.get("formats") or {}).get("range", x.get("text")), x["low"], x["high"]
        for inner in x.values():
            yield from figures(inner)
    elif isinstance(x, list):
        for inner in x:
            yield from figures(inner)


def printed_ends(text):
    """The two ends in the brackets of ``7.7 million (7.65–7.75 million)``; None without."""
    inside = re.search(r"\(([^()]+)\)$", text)
    digits = re.findall(r"−?\d[\d,]*(?:\.\d+)?", inside[1]) if inside else []
    amount = re.sub(r" per (?:million|1,000) \w+", "", text)  # there the word is of the unit
    scale = next((SCALES[word] for word in SCALES if word in amount), 1.0)
    return [float(d.replace(",", "").replace("−", "-")) * scale for d in digits] or None


@pytest.mark.parametrize(
    "name", ["claims", "covid_funding", "crises", "displacement", "funding_leverage"]
)
def test_a_printed_range_contains_the_computed_one(name):
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    seen = 0
    for text, low, high in figures(notebook):
        ends = printed_ends(text)
        if ends:
            seen += 1
            slack = 1e-9 * max(abs(low), abs(high))
            assert ends[0] <= low + slack, text
            assert ends[1] >= high - slack, text
    assert seen >= 20
