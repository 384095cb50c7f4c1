"""Plain numbers as records, on numbers anyone can check."""

import decimal
import math

import pytest

from reportbook.errors import ReportError
from reportbook.results.plain.number import number_record, shown
from reportbook.results.schema import mistakes_of

SOURCES = "source,publisher,title,published\nbureau,Bureau,A count,2024-06\nother,Other,,\n"


@pytest.fixture(autouse=True)
def in_a_report(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.csv").write_text(SOURCES)
    (tmp_path / "_config.yml").write_text('reportbook: {units: {mm: "{value} mm"}}\n')
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tmp_path / "index.md").write_text("# Rain\n")
    monkeypatch.chdir(tmp_path)


def test_a_number_carries_its_range_words_and_source():
    record = number_record(
        "rain.in_may", 120, unit="mm", low=115, high=125, source="bureau",
        words="some 120 millimetres", label="Rain in May", period="2024-05",
    )  # fmt: skip
    assert mistakes_of(record, "number") == []
    assert (record["value"], record["low"], record["high"]) == (120, 115, 125)
    assert record["formats"] == {
        "value": "120 mm",
        "words": "120 mm",
        "range": "120 mm (115–125)",
        "bounds": "115–125 mm",
        "label": "Rain in May",
        "date": "May 2024",
        "source": "Bureau",
    }
    (stated,) = record["observation_records"]
    assert (stated["as_stated"], stated["source"]) == ("some 120 millimetres", "bureau")
    assert record["observations"] == [stated["observation"]] == ["rain.in_may"]
    assert record["source_records"][0]["title"] == "A count"
    assert shown(record)["text/plain"] == "Rain in May: 120 mm (115–125)"


def test_a_number_says_with_which_values_it_may_be_compared():
    told = {"called": "the rain of May", "basis": {"span": "covers 31 days"}}
    record = number_record("rain.in_may", 120, **told)
    assert mistakes_of(record, "number") == []
    assert (record["formats"]["called"], record["basis"]) == (told["called"], told["basis"])


def test_a_number_alone_is_enough():
    record = number_record("rain.days", 12)
    assert mistakes_of(record, "number") == []
    assert (record["value"], record["low"], record["high"]) == (12, None, None)
    assert record["text"] == "12"


def test_numbers_of_other_kinds_become_plain():
    numpy = pytest.importorskip("numpy")
    assert number_record("rain.a", numpy.float32(0.5))["value"] == 0.5
    assert number_record("rain.a", numpy.int64(3))["value"] == 3
    assert number_record("rain.a", decimal.Decimal("2.5"))["value"] == 2.5


def test_what_is_not_known_says_why():
    record = number_record("rain.none", None, reason="no gauge stood there.", label="Rain")
    assert mistakes_of(record, "number") == []
    assert record["value"] is None
    assert record["formats"]["range"] == "not reported (no gauge stood there)"


@pytest.mark.parametrize(
    ("value", "told", "said"),
    [
        (5, {"low": 6}, "outside its own range"),
        (5, {"high": 4}, "outside its own range"),
        (math.nan, {}, "is nan, which is no number to publish"),
        (5, {"low": math.inf}, "its low is inf"),
        (5, {"low": "4"}, None),  # text that is a number is taken for one
        (5, {"low": "some 4"}, "its low must be a number, not 'some 4'"),
        (None, {}, "has no value. Say why"),
        (5, {"reason": "none"}, "needs no reason"),
        (5, {"words": "five"}, "needs the one source they stand in"),
        (5, {"words": "five", "source": ["bureau", "other"]}, "needs the one source"),
        (5, {"source": "bureua"}, r"which is not listed \(data/sources.csv\).*mean 'bureau'"),
    ],
)
def test_what_does_not_go_together_is_said(value, told, said):
    if said is None:
        assert number_record("rain.x", value, **told)["low"] == 4
        return
    with pytest.raises(ReportError, match=said):
        number_record("rain.x", value, **told)
