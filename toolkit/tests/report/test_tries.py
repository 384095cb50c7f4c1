import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportbook.report.grids import mistake_in_address
from reportbook.report.tries import name_of_try


@pytest.mark.parametrize(
    ("overrides", "name"),
    [
        ({}, "2020"),
        ({"reading": "wide"}, "2020-reading-wide"),
        ({"country": "NO", "as_of": "2019-12-31"}, "2020-as_of-2019-12-31-country-NO"),
    ],
)
def test_a_try_is_called_by_its_edition_and_what_was_set(overrides, name):
    assert name_of_try("2020", overrides) == name


def test_what_no_name_can_hold_is_told_apart_by_a_digest():
    one, other = (name_of_try("2020", {"l": value}) for value in ("GEF: a", "GEF; a"))
    assert one.startswith("2020-l-GEF-a-")
    assert one != other


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=3))
def test_every_name_is_an_address_and_no_edition_s(overrides):
    name = name_of_try("2020", overrides)
    assert not mistake_in_address(name)
    assert name != "2020"
    assert len(name) < 80
