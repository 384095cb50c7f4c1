"""A released edition is what it was: a build that says otherwise stops until it is a correction."""

import hashlib
import json

import pytest
from asking import run
from bs4 import BeautifulSoup
from miniature import digest, replace

from reportbook.commands.build import build
from reportbook.report.project import load_project
from reportbook.results.schema import mistakes_of


@pytest.fixture
def command(capsys, monkeypatch):
    return lambda folder, *arguments: run(capsys, monkeypatch, folder, *arguments)


@pytest.fixture
def released(published, command):
    """The miniature with the edition 2020 released."""
    (published / "data").mkdir()
    (published / "data" / "counts.csv").write_text("observation,count\nd001,6\n")
    code, out, _ = command(published, "release", "2020")
    assert code == 0
    assert "editions/2020/results.json is written.\n" in out
    return published


def problems(root):
    (outcome,) = build(load_project(root), ["2020"], jobs=2).outcomes
    return "\n".join(outcome.problems)


def test_the_record_is_a_crate_beside_the_file_of_the_edition(released):
    folder = released / "editions" / "2020"
    crate = json.loads((folder / "ro-crate-metadata.json").read_text())
    by_id = {each["@id"]: each for each in crate["@graph"]}
    assert by_id["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = by_id["./"]
    assert (root["name"], root["version"]) == ("The year 2020", "2020")
    assert all(root[key] for key in ("description", "datePublished", "license", "author"))
    for part in root["hasPart"]:
        assert (folder / part["@id"]).stat().st_size == int(by_id[part["@id"]]["contentSize"])
    assert {path.name for path in folder.iterdir()} == {
        "ro-crate-metadata.json", *(part["@id"] for part in root["hasPart"])
    }  # fmt: skip
    data = released / "data" / "counts.csv"
    digest_of_data = hashlib.sha256(data.read_bytes()).hexdigest()
    assert (folder / "data.sha256").read_text() == f"{digest_of_data}  data/counts.csv\n"
    assert "\nreportbook==" in (folder / "environment.txt").read_text()
    site = released / "_build" / "site"
    assert (folder / "results.json").read_bytes() == (site / "2020" / "results.json").read_bytes()


def test_a_released_edition_is_built_while_its_numbers_are_as_they_were(released, command):
    assert problems(released) == ""
    replace(released / "notebooks" / "index.md", "One dollar", "A dollar")
    assert problems(released) == ""
    assert "Nothing to do" in command(released, "build", "2020")[1]


def test_other_numbers_stop_the_build_until_they_are_a_correction(released, command):
    site = released / "_build" / "site"
    before = digest(site / "2020")
    replace(released / "notebooks" / "people.ipynb", "else 5 / 8", "else 4 / 8")
    said = problems(released)
    assert "'2020' is released (editions/2020/results.json)" in said
    assert "\n  people.share: 62.5% (±1) → 50.0% (±1)\n" in said
    assert "money.ratio" not in said
    assert digest(site / "2020") == before

    block = said[said.index("corrections:\n") :].replace("TO FILL IN", "One was counted twice.")
    edition = released / "editions" / "2020.yml"
    edition.write_text(f"{edition.read_text()}\n{block}\n")
    assert problems(released) == ""
    index = BeautifulSoup((site / "2020/notebooks/index.html").read_text(), "html.parser")
    note = index.select_one("section > h1 + .admonition")
    assert note.find(class_="admonition-title").text == (
        "This edition was corrected after the release"
    )
    assert "One was counted twice." in note.text
    assert "Share of people: 50.0% (±1), before the correction 62.5% (±1)" in note.text
    assert note.a["href"] == "ledger.html#number-people-share"
    pages = {
        name: (site / f"2020/notebooks/{name}.html").read_text() for name in ("people", "money")
    }
    assert "Numbers of this page were corrected" in pages["people"]
    assert "corrected" not in pages["money"]
    ledger = BeautifulSoup((site / "2020/notebooks/ledger.html").read_text(), "html.parser")
    entry = ledger.find(id="number-people-share")
    assert entry.dl.dt.text == "Corrected"
    assert entry.dl.dd.text.endswith(": was 62.5% (±1). One was counted twice.")
    assert "Corrected on " in (site / "index.html").read_text()
    assert ", corrected on " in index.select_one(".rb-citation").text
    results = json.loads((site / "2020/results.json").read_text())
    assert results["corrections"][0]["what"] == {
        "people.share": {"was": "62.5% (±1)", "is": "50.0% (±1)"}
    }
    assert mistakes_of(results, "results") == []
    code, out, _ = command(released, "verify", "2020")
    assert (code, "2020: 2 of 2 numbers as released, 1 of them as corrected since." in out) == (
        0,
        True,
    )


def test_a_correction_of_what_was_not_published_is_refused_before_anything_runs(released, command):
    edition = released / "editions" / "2020.yml"
    why = "{date: 2027-03-01, why: x, what: {people.share: 60.0% → 50.0%}}"
    edition.write_text(f"{edition.read_text()}\ncorrections:\n  - {why}\n")
    for asked in (("build", "2020"), ("check",)):
        code, _, err = command(released, *asked)
        assert (code, "corrects 'people.share'" in err, "that is '62.5% (±1)'" in err) == (
            1, True, True,
        )  # fmt: skip


def test_verify_says_what_is_otherwise_and_why(released, command):
    assert command(released, "verify")[:2] == (0, "2020: 2 of 2 numbers as released.\n")
    replace(released / "notebooks" / "people.ipynb", "else 5 / 8", "else 4 / 8")
    (released / "data" / "counts.csv").write_text("observation,count\nd001,7\n")
    (released / "data" / "more.csv").write_text("a\n")
    environment = released / "editions" / "2020" / "environment.txt"
    environment.write_text(f"{environment.read_text()}gone-package==1.0\n")
    code, out, _ = command(released, "verify", "2020")
    assert code == 1
    assert out.splitlines() == [
        "2020: 1 of 2 numbers as released.",
        "  people.share: 62.5% (±1) → 50.0% (±1)",
        "Otherwise than at the release:",
        "  data/counts.csv is another",
        "  data/more.csv is new",
        "  gone-package 1.0 → not installed",
    ]
    replace(released / "notebooks" / "people.ipynb", "country:", "land:")
    replace(released / "editions" / "2020.yml", "country:", "land:")
    code, _, err = command(released, "verify", "2020")
    assert (code, "released with the parameter 'country' of people.ipynb" in err) == (1, True)


def test_what_cannot_be_released_or_verified_is_said(published, command):
    assert "no edition '2021' with a file" in command(published, "release", "2021")[2]
    assert "No edition is released" in command(published, "verify")[2]
    assert "'2020' is not released" in command(published, "verify", "2020")[2]
    edition = published / "editions" / "2020.yml"
    text = edition.read_text()
    edition.write_text(
        f"{text}\ncorrections:\n  - {{date: 2027-03-01, why: x, what: {{people.share: 1 → 2}}}}\n"
    )
    for asked in (("build", "2020"), ("check",)):
        err = command(published, *asked)[2]
        assert "editions/2020.yml has corrections, but '2020' was never released" in err
    edition.write_text(text)
    replace(published / "notebooks" / "money.ipynb", "0.5,", "0 / 0,")
    code, _, err = command(published, "release", "2020")
    assert (code, "'2020' cannot be released:" in err) == (1, True)
    assert not (published / "editions" / "2020").exists()


def test_a_released_edition_does_not_leave_the_site_because_its_file_is_gone(released, command):
    site, file = released / "_build" / "site", released / "editions" / "2020.yml"
    before = digest(site / "2020")
    file.unlink()
    for _ in range(2):
        code, _, err = command(released, "build")
        assert (code, "'2020' is released, but its file is gone." in err) == (1, True)
        assert digest(site / "2020") == before
    assert command(released, "build", "--restore", "2020")[0] == 0
    assert "archived: true" in file.read_text()
    assert digest(site / "2020") == before
