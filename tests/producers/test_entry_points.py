"""The command finds every producer of this report by its name."""

from importlib.metadata import entry_points

import pytest

from reportbook.snapshots.producers import GROUP, find_producer

NAMES = ("dtm", "fts", "idmc", "unhcr", "worldbank")


@pytest.mark.parametrize("name", NAMES)
def test_a_producer_reads_files(name):
    assert callable(find_producer(name).read)


def test_there_is_no_other():
    assert {each.name for each in entry_points(group=GROUP)} == set(NAMES)
