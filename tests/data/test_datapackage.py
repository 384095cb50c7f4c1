"""The Data Package in data/: described in full, valid, and telling of its own traps."""

import csv
import json
import math
from pathlib import Path

import frictionless
import pytest

from analysis.data.load import OBSERVATIONS, load

DATA = Path(__file__).parents[2] / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
AMOUNTS = {
    "value", "resolution", "refugees", "asylum_seekers", "oip", "required", "received",
    "received_for_covid", "inhabitants", "gdp_usd",
}  # fmt: skip
ENUMS = {
    "displacement": {"indicator", "period_basis", "unit", "hedge"},
    "leverage": {"role", "status", "unit", "hedge"},
    "funding": {"measure", "unit", "hedge"},
    "sources": {"dating", "kind"},
    "areas": {"kind"},
    "breaks": set(),
    "outlines": set(),
    "snapshots": {"extends"},
    "corrections": set(),
    "unhcr_population": set(),
    "fts_plans": {"type"},
    "world_bank": set(),
    "m49": set(),
}
TABLES = [name for name, resource in RESOURCES.items() if "/" in resource["path"]]
OWN_KEYS = {("sources", "source"), ("outlines", "country")}


@pytest.fixture(scope="module")
def data():
    return load(DATA)


def fields(name):
    return {field["name"]: field for field in RESOURCES[name]["schema"]["fields"]}


def test_frictionless_finds_nothing_to_say():
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.flatten(["type", "message"]) == []
    assert report.stats["tasks"] == len(RESOURCES) == 13


def test_every_file_of_the_folder_is_a_resource_or_on_record():
    with open(DATA / "snapshots.csv", encoding="utf-8", newline="") as stream:
        on_record = {row["file"] for row in csv.DictReader(stream)}
    files = {str(path.relative_to(DATA)) for path in DATA.rglob("*.csv")}
    assert files == {r["path"] for r in RESOURCES.values()} | on_record


def test_the_package_says_what_it_is_and_under_which_terms():
    assert PACKAGE["licenses"][0]["name"] == "CC-BY-4.0"
    assert "keep their own terms" in PACKAGE["licenses"][0]["title"]
    assert all(PACKAGE[key] for key in ("title", "description", "contributors", "sources"))


@pytest.mark.parametrize("name", RESOURCES)
def test_every_column_is_described(name):
    with open(DATA / RESOURCES[name]["path"], encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    assert list(fields(name)) == header
    for field in fields(name).values():
        assert field["title"]
        assert len(field["description"]) > 10
        assert field["type"] in {"string", "number", "integer"}
        assert ("unit" in field) == (field["name"] in AMOUNTS)


@pytest.mark.parametrize("name", RESOURCES)
def test_vocabularies_keys_and_references(name):
    schema = RESOURCES[name]["schema"]
    listed = {key for key, field in fields(name).items() if "enum" in field.get("constraints", {})}
    assert listed == ENUMS[name]
    keys = schema["primaryKey"]
    keys = [keys] if isinstance(keys, str) else keys
    for column in keys:
        limits = fields(name)[column]["constraints"]
        assert limits["required"]
        assert limits.get("unique", False) == (len(keys) == 1)
    refers = {f["fields"]: f["reference"]["resource"] for f in schema.get("foreignKeys", [])}
    expected = {
        column: "sources" if column == "source" else "areas"
        for column in ("area", "origin", "host", "country", "donor", "source")
        if column in fields(name) and (name, column) not in OWN_KEYS
    }
    assert refers == expected


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_every_word_of_a_vocabulary_is_explained(name):
    for column in ("indicator", "role", "measure", "status"):
        field = fields(name).get(column)
        for word in field["constraints"]["enum"] if field else ():
            assert word in field["description"]


def test_no_figure_is_stated_twice_by_one_source(data):
    told = ("value", "unit", "resolution", "hedge", "as_stated", "locator", "observation")
    for table in OBSERVATIONS:
        seen = [
            tuple(v for k, v in o.as_record().items() if k not in told) for o in data.tables[table]
        ]
        assert len(set(seen)) == len(seen)


def test_every_source_is_used(data):
    used = {o.source.key for table in OBSERVATIONS for o in data.tables[table]}
    used |= {each.source.key for table in TABLES for each in data.snapshots.of(table)}
    assert used == set(data.sources)


def test_a_source_without_a_date_says_so(data):
    assert {s.key for s in data.sources.values() if s.published is None} == {
        s.key for s in data.sources.values() if s.dating == "unknown"
    }


def test_a_figure_is_not_published_before_its_period_begins(data):
    early = {
        o.cells.get("measure") or o.cells.get("indicator") or o.role
        for table in OBSERVATIONS
        for o in data.tables[table]
        if o.period and o.source.known_from and o.source.known_from < o.period.first_day
    }
    # What a plan asks for and whom it means to reach is published before the year it is for.
    assert early == {"required", "people_targeted", "people_in_need"}


def test_a_stock_published_before_its_period_ends_is_dated_by_its_month(data):
    early = [
        o
        for o in data.displacement
        if o.source.known_from
        and o.source.known_from < o.period.last_day
        and not o.indicator.endswith("_projected")
    ]
    # The month is as fine as these sources date the figure: all were published within it.
    assert all(str(o.source.published)[:7] == str(o.period) for o in early)


def test_a_hedged_figure_is_never_exact(data):
    for table in OBSERVATIONS:
        assert all(o.resolution > 0 for o in data.tables[table] if o.hedge)


def test_every_value_is_a_multiple_of_its_resolution(data):
    for table in OBSERVATIONS:
        # Persons and USD may be resolved to a tenth of a round figure: ten steps of it.
        for o in (o for o in data.tables[table] if o.resolution):
            # A hedged figure is resolved to its third digit, whatever stands behind it.
            third = 10.0 ** (math.floor(math.log10(o.value)) - 2) if o.hedge else 0
            steps = o.value / o.resolution
            assert steps == pytest.approx(round(steps), abs=1e-6) or o.resolution == third, o.key


def test_breaks_name_indicators_that_exist(data):
    known = set(fields("displacement")["indicator"]["constraints"]["enum"])
    assert all(set(b.series.split("+")) <= known for b in data.breaks)


@pytest.mark.parametrize("as_of", ["2021-11-30", "2021-12-31", "2022-08-31", "2023-12-31", None])
def test_whoever_knows_figures_on_both_sides_knows_the_break(data, as_of):
    known = data.known(as_of)
    for b in data.breaks:
        rows = known.displacement.where(
            indicator=b.series.split("+"), origin=b.origin, area=b.area, unit="persons"
        )
        crossed = any(b.lies_between(x.period, y.period) for x in rows for y in rows)
        assert not crossed or b in known.breaks
