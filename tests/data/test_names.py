"""Keys of the tables do not reach readers: each has a name."""

import pytest

from analysis.data import names
from analysis.data.load import load

DATA = load()


@pytest.mark.parametrize(
    ("rows", "column", "named"),
    [
        (DATA.funding, "appeal", names.appeal),
        (DATA.funding, "appeal", names.appeal_label),
        (DATA.leverage, "facility", names.facility),
    ],
)
def test_every_appeal_and_facility_has_a_name_of_its_own(rows, column, named):
    keys = rows.values_of(column)
    assert len({named(key) for key in keys}) == len(keys)


def test_no_name_is_a_key_in_other_letters():
    appeals, facilities = DATA.funding.values_of("appeal"), DATA.leverage.values_of("facility")
    assert not [key for key in appeals if names.appeal(key) == key]
    assert not [key for key in facilities if names.facility(key) == key.replace("-", " ")]


def test_what_has_no_name_yet_is_called_by_its_key():
    assert names.appeal("HRP 2031") == names.appeal_label("HRP 2031") == "HRP 2031"
    assert names.facility("gcff-peru-2031") == "gcff peru 2031"
