"""Which countries border on each other."""

import pytest

from analysis.data.load import load
from analysis.data.neighbours import neighbours

DATA = load()


@pytest.mark.parametrize(
    ("country", "bordering"),
    [
        ("SYR", "IRQ ISR JOR LBN TUR"),
        ("HTI", "DOM"),
        ("VEN", "BRA COL GUY"),
        ("UKR", "BLR HUN MDA POL ROU RUS SVK"),
        ("SDN", "CAF EGY ERI ETH LBY SSD TCD"),
        ("MMR", "BGD CHN IND LAO THA"),
        ("AFG", "CHN IRN PAK TJK TKM UZB"),
        ("CUB", ""),
        ("TLS", "IDN"),
    ],
)
def test_borders_are_those_of_an_atlas(country, bordering):
    assert neighbours(DATA, country) == bordering.split()


def test_a_border_has_two_sides():
    assert all("RUS" in neighbours(DATA, country) for country in neighbours(DATA, "RUS"))
    assert "CAN" not in neighbours(DATA, "RUS")
