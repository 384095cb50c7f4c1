"""What this report publishes is as the schema of the toolkit says: every object and every file."""

import dataclasses
import datetime
import json
from pathlib import Path

import pytest
from made import SOURCE, estimate

from analysis.charts import Blank, ranked
from analysis.data.periods import Period
from analysis.numbers.estimate import Absent, Estimate
from analysis.numbers.tables import Column, Table
from reportbook.files.notebooks import read_plain
from reportbook.report.project import load_project
from reportbook.results.records import read_records
from reportbook.results.schema import mistakes_of, undeclared_in
from reportbook.sphinx.quoted_number import WORDS

ROOT = Path(__file__).parents[2]
PEOPLE = estimate("d1", 7_700_000, resolution=100_000, definition="refugees").labelled("People")
ABSENT = Absent("no source states both sides", "share", "Share")
TABLE = Table(
    "Hosts",
    [Column("host", "Host"), Column("people", "People", "persons"), Column("source", "Source")],
    [("Aland", PEOPLE, SOURCE), ("Borland", ABSENT, datetime.date(2020, 5, 31))],
    note="Ranges are those of the wording.",
)
CHART = ranked(
    [("Aland", PEOPLE)], table=TABLE, title="Where", subtitle="Persons", alt="One bar.",
    as_of=datetime.date(2020, 5, 31),
)  # fmt: skip


@pytest.mark.parametrize(
    "published", [PEOPLE, ABSENT, TABLE, Table("None", TABLE.columns, []), CHART, Blank("a", "b")]
)
def test_every_kind_of_object_hands_over_what_the_schema_defines(published):
    record = json.loads(json.dumps(published.as_record()))
    assert mistakes_of(record, record["kind"]) == []
    assert not undeclared_in(record, record["kind"])


def test_what_is_said_of_a_number_in_words_is_quoted_as_words():
    (stated,) = PEOPLE.observations
    of_may = Period.parse("2020-05")
    stated = dataclasses.replace(stated, period=of_may, place="Colombia", people_of="Venezuela")
    people = Estimate.of(stated)
    change = (people - people).between(people, people).called("the change").about("Colombia")
    assert {"called", "subject", "from", "to", "date", "area", "source"} <= set(change.parts)
    assert set(change.parts) <= WORDS


def test_the_records_in_the_committed_notebooks_have_no_field_that_is_not_defined():
    records = [
        each
        for page in load_project(ROOT).notebooks
        for each in read_records(read_plain(page.path), page.address)
    ]
    assert {each.kind for each in records} == {"number", "chart", "table"}
    assert [each.name for each in records if undeclared_in(each.record, each.kind)] == []


@pytest.mark.parametrize("name", ["results", "changes", "editions"])
def test_the_published_files_are_as_the_schema_says(report_site, name):
    place = report_site if name == "editions" else report_site / "latest"
    document = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
    assert mistakes_of(document, name) == []
    assert not undeclared_in(document, name)
