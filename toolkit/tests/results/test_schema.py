"""What a build publishes is as the schema says, and the schema is published with it."""

import json

import jsonschema
import pytest

from reportbook.results.schema import DOCUMENTS, json_schemas, mistakes_of, undeclared_in

NUMBER = {"kind": "number", "value": 0.75, "text": "75%"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"low": "0.7"}, "low: Input should be a valid number"),
        ({"value": True}, "value: Input should be a valid number"),
        ({"sources": "bureau"}, "sources: Input should be a valid list"),
        ({"source_records": [{"title": "A count"}]}, "source_records.0.source: Field required"),
    ],
)
def test_a_mistake_says_where_it_is(more, said):
    assert mistakes_of({**NUMBER, **more}, "number") == [said]


def test_a_field_may_be_added_within_a_version():
    record = {**NUMBER, "weight": 2}
    assert mistakes_of(record, "number") == []
    assert undeclared_in(record, "number")


@pytest.mark.parametrize(
    ("place", "name"), [("2020", "results"), ("latest", "results"), (".", "editions")]
)
def test_a_built_site_is_as_the_schema_published_with_it_says(built, place, name):
    document = json.loads((built.site / place / f"{name}.json").read_text())
    published = json.loads((built.site / "_schema" / f"{name}-1.json").read_text())
    jsonschema.Draft202012Validator(published).validate(document)
    assert not undeclared_in(document, name)


def test_every_document_has_its_schema_on_the_site(built):
    there = {path.name: json.loads(path.read_text()) for path in (built.site / "_schema").iterdir()}
    assert there == json_schemas()
    assert set(there) == {f"{name}-1.json" for name in DOCUMENTS}
