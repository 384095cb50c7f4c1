import pytest
import tiny_displacement as tiny

from analysis.data.load import load
from analysis.displacement.regional_share import regional_share
from analysis.displacement.scope import scope_of
from analysis.errors import NotAccepted
from analysis.numbers.estimate import Absent

DATA = load()


def _at(as_of, lead_source=None):
    return regional_share(scope_of(DATA.known(as_of)), lead_source)


@pytest.mark.parametrize(
    ("as_of", "lead", "text"),
    [
        # more than 4.3 (4.3-4.4) of approximately 5.1 (5.0-5.2): 4.3/5.2 to 4.4/5.0
        ("2020-05-31", "idb-iom-2020", "84.3% (82.7–88.0%)"),
        # some 6.5 (6.4-6.6) of the 7.7 (7.65-7.75): 6.4/7.75 to 6.6/7.65
        ("2023-12-31", "idb-iom-renewal", "84.4% (82.6–86.3%)"),
        # 6.59 (6.585-6.595) of 7,774,494, exact
        (None, "r4v-2024", "84.8% (84.7–84.8%)"),
    ],
)
def test_the_share_of_each_edition(as_of, lead, text):
    found = _at(as_of, lead)
    assert str(found.share) == text
    assert found.lead.source.key == lead


def test_without_a_lead_source_the_newest_pair_leads():
    assert _at(None).lead.source.key == "r4v-2024"
    # May 2020 counts from the 31st, so it is newer than 26 May 2020
    assert _at("2020-05-31").lead.source.key == "idb-iom-2020"
    assert _at("2023-12-31").lead.source.key == "ocha-2023"


def test_at_one_date_the_publishers_own_pair_leads():
    own, report = (
        tiny.source("own"),
        tiny.source("report", kind="reported"),
    )
    known = tiny.data([
        tiny.figure("d1", "WLD", "2020", 100, report),
        tiny.figure("d2", "LAC", "2020", 90, report),
        tiny.figure("d3", "WLD", "2020", 100, own, resolution=10),
        tiny.figure("d4", "LAC", "2020", 80, own, resolution=10),
    ])  # fmt: skip
    found = regional_share(scope_of(known))
    assert [p.source.key for p in found.pairs] == ["own", "report"]
    assert found.share.value == 0.8


def test_two_sources_never_make_a_pair():
    one, other = tiny.source("one"), tiny.source("other")
    known = tiny.data([
        tiny.figure("d1", "WLD", "2020", 100, one),
        tiny.figure("d2", "LAC", "2020", 80, other),
        tiny.figure("d3", "LAC", "2019", 70, one),
    ])  # fmt: skip
    found = regional_share(scope_of(known))
    assert found.pairs == ()
    assert isinstance(found.share, Absent)
    assert "both in the world and in Latin America" in found.share.reason


@pytest.mark.parametrize("lead", ["r4v-2021-4", "no-such-source"])
def test_a_lead_source_without_a_pair_lists_those_that_have_one(lead):
    with pytest.raises(NotAccepted) as refused:
        _at(None, lead)
    assert "r4v-2021-3" in refused.value.accepted
    assert "r4v-2021-4" not in refused.value.accepted


def test_an_edition_does_not_know_pairs_published_later():
    assert max(str(p.period) for p in _at("2020-05-31").pairs) == "2020-05-26"
    assert "r4v-undated-3" not in {p.source.key for p in _at("2023-12-31").pairs}  # no date known


def test_a_printed_share_is_held_against_its_own_figures():
    # 5 November 2022: 84.9 per cent is printed beside 5.96 of more than 7.1 million, at most
    # 5.965 / 7.1 = 84.0; 5 August 2022: 84 (83.5-84.5) beside 84.4
    found = {str(row[0]): row[3] for row in _at(None).printed_against_computed().rows}
    assert found["2022-11-05"] == "no"
    assert found["2022-08-05"] == "yes"


def test_the_table_marks_the_pair_that_leads():
    rows = _at("2023-12-31", "idb-iom-renewal").table().rows
    assert [row[5].key for row in rows if row[4] == "leads this page"] == ["idb-iom-renewal"]
