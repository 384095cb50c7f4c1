"""The readings of one sentence: 100 of grants leveraged 1,300 of investment, 60 from donors, in 20
operations."""

import pytest
from made_tables import made

from analysis.errors import Incompatible, NotAccepted
from analysis.funding_leverage.readings import FACILITY, READINGS, SENSITIVITIES, lead, readings
from analysis.funding_leverage.stages import stages
from analysis.numbers.estimate import Absent

SENTENCE = {
    "facility": FACILITY, "status": "achieved", "period": "2019/2023-10", "source": "release",
}  # fmt: skip
BEFORE = {"status": "planned", "period": "2019-05", "facility": "idb-grant-facility-2019"}
PLEDGE = {"status": "expected", "period": "2020-05-26", "facility": "idb-pledge-2020"}
DATA = made(
    leverage=[
        {"role": "non_reimbursable", "value": 100e6, "resolution": 1e6, **SENTENCE},
        {"role": "investment_leveraged", "value": 1.3e9, "resolution": 1e7, **SENTENCE},
        {"role": "from_donors", "value": 60e6, **SENTENCE},
        {"role": "operations", "value": 20, "unit": "operations", **SENTENCE},
        {"role": "investment_leveraged", "value": 800, **BEFORE},
        {"role": "non_reimbursable", "value": 100, **BEFORE},
        {"role": "investment_leveraged", "value": 1100, **PLEDGE},
        {"role": "non_reimbursable", "value": 100, **PLEDGE},
    ],
    sources={"report": {"published": "2020-05-26"}, "release": {"published": "2023-10"}},
)
MAY_2020 = DATA.known("2020-05-31")


@pytest.fixture
def sentence():
    return readings(DATA, "headline")


@pytest.mark.parametrize(
    ("key", "value", "low", "high"),
    [
        # the grants are 99.5 to 100.5, the investment 1,295 to 1,305, donors' money is exact
        ("headline", 1300 / 100, 1295 / 100.5, 1305 / 99.5),
        ("donors_in_grants", 1300 / 40, 1295 / 40.5, 1305 / 39.5),
        ("donors_in_investment", 1240 / 100, 1235 / 100.5, 1245 / 99.5),
        # one less than the headline, at both ends too: the grants are one variable
        ("grants_in_investment", 12, 1295 / 100.5 - 1, 1305 / 99.5 - 1),
        ("with_donors_in_grants", 1300 / 160, 1295 / 160.5, 1305 / 159.5),
        ("with_donors_moved_to_grants", 1240 / 160, 1235 / 160.5, 1245 / 159.5),
    ],
)
def test_each_reading_has_its_value_and_range(sentence, key, value, low, high):
    ratio = sentence[key]
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((value, low, high))


def test_the_range_of_donors_money_on_both_sides_takes_it_once():
    # 60 to the ten is 55 to 65; (1,300 - d) / (100 + d) is largest where d is smallest
    rows = [
        {"role": "non_reimbursable", "value": 100, **SENTENCE},
        {"role": "investment_leveraged", "value": 1300, **SENTENCE},
        {"role": "from_donors", "value": 60, "resolution": 10, **SENTENCE},
    ]
    ratio = readings(made(leverage=rows), "headline")["with_donors_moved_to_grants"]
    assert (ratio.low, ratio.high) == pytest.approx((1235 / 165, 1245 / 155))


def test_one_reading_is_chosen_and_marked():
    for key in READINGS:
        found = readings(DATA, key)
        assert [r.key for r in found.all if r.chosen] == [key]
        roles = [row[1] for row in found.table().as_record()["rows"]]
        assert roles.count("reading, chosen here") == 1
        assert roles[4:] == ["sensitivity", "sensitivity"]


def test_the_table_says_both_sides_in_words_and_figures(sentence):
    row = sentence.table().as_record()["rows"][2]
    assert row[2:5] == [
        "the investment less donors' money",
        "the grants",
        "(USD 1.30 billion − USD 60,000,000) ÷ USD 100 million",
    ]
    assert row[5]["text"].startswith("12.4 (")


def test_two_readings_are_two_definitions(sentence):
    with pytest.raises(Incompatible, match="donors' money"):
        sentence["headline"].meets(sentence["donors_in_investment"])


def test_averages_per_operation(sentence):
    assert sentence.investment_per_operation.value == 65e6  # 1,300 / 20
    assert sentence.grants_per_operation.value == 5e6
    assert sentence.grants_per_operation.unit == "USD/operation"


def test_a_reading_that_does_not_exist_lists_those_that_do():
    with pytest.raises(NotAccepted, match="donors_in_investment, grants_in_investment"):
        readings(DATA, "all")


def test_before_the_release_every_reading_is_absent_with_the_reason():
    found = readings(MAY_2020, "donors_in_grants")
    assert found.known == ()
    for one in (*(r.ratio for r in found.all), found.investment, found.grants_per_operation):
        assert isinstance(one, Absent)
        assert "in this report’s data" in one.reason
    record = found.table().as_record()
    assert record["rows"] == []
    assert "in this report’s data" in record["reason"]


def test_without_the_donors_money_what_does_not_need_it_is_still_computed():
    rows = [
        {"role": "non_reimbursable", "value": 100, **SENTENCE},
        {"role": "investment_leveraged", "value": 1300, **SENTENCE},
    ]
    found = readings(made(leverage=rows), "headline")
    assert [r.key for r in found.known] == ["headline", "grants_in_investment"]
    assert {r.key for r in found.all} == {*READINGS, *SENSITIVITIES}


def test_the_lead_is_the_chosen_reading_once_the_sentence_is_known():
    idb = stages(DATA, "IDB")
    assert lead(readings(DATA, "headline"), idb).value == 13
    other = lead(readings(DATA, "donors_in_grants"), idb)
    # read otherwise it is another number, and so is that of another stage
    assert other.noun == (
        "the investment for each dollar of the IDB’s grants for migration "
        "(achieved, the donors’ money taken out of the grants)"
    )
    assert other.noun != lead(readings(DATA, "headline"), idb).noun
    assert lead(readings(MAY_2020, "headline"), stages(MAY_2020, "IDB")).noun != other.noun
    assert other.value == 32.5
    assert other.label.endswith(
        " (achieved, the donors’ money taken out of the grants), 2019 – October 2023"
    )
    # who quotes the ratio quotes the reading: no source states it
    assert other.subject == (
        "IDB outcome since 2019, with the donors’ money taken out of the grants"
    )


@pytest.mark.parametrize("key", READINGS)
def test_the_chosen_ratio_says_how_the_sentence_is_read(key):
    said = {one.ratio.subject for one in readings(DATA, key).all}
    assert len(said) == len(READINGS) + len(SENSITIVITIES)
    assert readings(DATA, key).chosen.ratio.subject == readings(DATA, "headline")[key].subject


def test_before_it_the_lead_is_the_newest_ratio_known_and_says_so():
    found = lead(readings(MAY_2020, "headline"), stages(MAY_2020, "IDB"))
    assert found.value == 11  # 1,100 / 100
    assert found.label == (
        "Investment for each dollar of the IDB’s grants for migration (expected), 26 May 2020"
    )


def test_where_nothing_is_known_the_lead_says_why():
    early = made(
        leverage=[
            {"facility": key, "role": "non_reimbursable", "value": 1, "source": "later"}
            for key in ("idb-grant-facility-2019", "idb-pledge-2020", FACILITY)
        ],
        sources={"first": {"published": "2017"}, "later": {"published": "2023"}},
    ).known("2018-01-01")
    found = lead(readings(early, "headline"), stages(early, "IDB"))
    assert isinstance(found, Absent)
    assert "in this report’s data" in found.reason
