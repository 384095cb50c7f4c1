"""How each facility's two sums stand to each other is read once, from words that can be checked."""

import pytest

from analysis.errors import Incompatible
from analysis.funding_leverage.facilities import (
    BASES,
    FACILITIES,
    facility,
    require_separate,
    series,
)


def test_every_basis_quotes_the_words_it_was_read_from():
    assert all(bool(f.basis) == bool(f.words) for f in FACILITIES.values())
    assert {f.basis for f in FACILITIES.values()} == {"", *BASES}


def test_a_facility_not_read_yet_has_no_basis():
    new = facility("some-new-fund")
    assert (new.name, new.basis) == ("some new fund", "")


def test_stages_come_earliest_first():
    assert [f.key for f in series("GCFF")] == ["gcff-2017", "gcff-2019", "gcff-cumulative"]
    assert [f.key for f in series("IDB")] == [
        "idb-grant-facility-2019", "idb-pledge-2020", "idb-migration-initiative",
    ]  # fmt: skip


def test_stages_of_the_same_money_are_never_pooled():
    with pytest.raises(Incompatible, match="GCFF to April 2017 and GCFF to January 2019"):
        require_separate([facility("gcff-2017"), facility("gcff-2019")])
    require_separate([facility("idb-pledge-2020"), facility("gcff-2019")])
    require_separate([facility("idb-colombia-2021"), facility("gcff-ecuador-2022")])
