"""Tries: what is built with other parameters is looked at and never published."""

import json

import pytest
from asking import run
from miniature import digest, replace

from reportbook.commands.build import build
from reportbook.commands.new.parts import new_edition
from reportbook.errors import ReportError
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project


@pytest.fixture
def command(capsys, monkeypatch):
    return lambda folder, *arguments: run(capsys, monkeypatch, folder, *arguments)


@pytest.fixture
def tried(published, command):
    """The miniature with the edition 2020 tried for Peru, and how its site was before."""
    site = digest(published / "_build" / "site")
    code, out, _ = command(published, "build", "2020", "-p", "country=PE")
    assert code == 0
    assert "Tried, not published" in out
    return published, site


def test_a_try_lies_apart_and_the_site_stays_as_it_was(tried, command):
    root, site = tried
    book = root / "_build" / "tries" / "2020-country-PE"
    assert digest(root / "_build" / "site") == site
    results = json.loads((book / "results.json").read_text())
    assert (results["edition"], results["try_of"]) == ("2020-country-PE", "2020")
    assert results["parameters"]["people"]["country"] == "PE"
    page = (book / "notebooks" / "people.html").read_text()
    assert "A try, not published: edition 2020 with country = PE" in page
    assert 'rel="canonical"' not in page
    assert not (root / "_build" / "tries" / "sitemap.xml").exists()
    assert "tries, not published" in (root / "_build" / "tries" / "index.html").read_text()
    assert "2020-country-PE  2020 with country = PE" in command(root, "list")[1]
    assert "Nothing to do" in command(root, "build", "2020", "-p", "country=PE")[1]
    assert "Nothing to do" in command(root, "build")[1]


def test_tries_stand_beside_each_other(tried):
    root, site = tried
    build(load_project(root), ["2020"], overrides={"country": "CO"}, jobs=2)
    names = {path.parent.name for path in (root / "_build" / "tries").glob("*/results.json")}
    assert names == {"2020-country-PE", "2020-country-CO"}
    assert digest(root / "_build" / "site") == site


def test_a_try_becomes_an_edition_with_what_it_showed(tried, command):
    root, _ = tried
    code, out, _ = command(root, "new", "edition", "peru", "--from", "2020-country-PE")
    assert (code, out) == (0, "editions/peru.yml is written.\n")
    project = load_project(root)
    (peru,) = load_editions(project, ["peru"])
    tried_with = json.loads((project.tries.folder / "2020-country-PE/results.json").read_text())
    assert peru.parameters == tried_with["parameters"]
    assert peru.given["people"] == {"as_of": "2020-12-31", "reading": "wide", "country": "PE"}


def test_a_try_can_be_compared_with_any_edition(tried, command):
    root, _ = tried
    code, out, _ = command(root, "diff", "2020-country-PE", "latest")
    assert (code, out.splitlines()[0]) == (0, "2020-country-PE → latest")
    assert "62.5% (±1) → 75.0% (±1)" in out


def test_a_try_of_what_has_changed_since_is_no_edition(tried):
    root, _ = tried
    replace(root / "editions" / "2020.yml", "reading: wide", "reading: plain")
    with pytest.raises(ReportError, match="Build it again"):
        new_edition(load_project(root), "peru", {}, "2020-country-PE")
    assert not (root / "editions" / "peru.yml").exists()
