"""A report from nothing, through the command, as someone new types it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from reportbook.commands.check import check
from reportbook.commands.new.templates import BLANK
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project

BESIDE_PYTHON = str(Path(sys.executable).parent)


def say(*words, cwd, code=0):
    environment = {**os.environ, "PATH": f"{BESIDE_PYTHON}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, env=environment)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A new report, just as the command leaves it."""
    folder = tmp_path_factory.mktemp("new") / "arrivals-2025"
    said = say("reportbook", "new", "report", str(folder), cwd=folder.parent)
    assert f"cd {folder}" in said
    return folder


def test_its_two_commands_work_at_once(begun):
    assert "All is well: 5 pages, 1 notebook, 1 edition." in say("make", "check", cwd=begun)
    assert "5 pages, 2 numbers, 1 chart" in say("make", "site", cwd=begun)
    site = begun / "_build" / "site"
    results = json.loads((site / "latest" / "results.json").read_text(encoding="utf-8"))
    newest = results["numbers"]["arrivals.newest"]
    assert (newest["value"], newest["low"], newest["high"]) == (2100, 2100, 2200)
    assert results["observations"]["arrivals.newest"]["as_stated"] == "more than 2,100 people"
    # 2,100 to 2,200 less 1,450 to 1,550
    change = results["numbers"]["arrivals.change"]
    assert (change["value"], change["low"], change["high"]) == (600, 550, 750)
    page = (site / "latest" / "notebooks" / "arrivals.html").read_text(encoding="utf-8")
    assert (
        BeautifulSoup(page, "html.parser")
        .select_one("figure.rb-chart img")["alt"]
        .startswith("Dots with bars for their ranges: 1500 people in 2023, 2100 in 2024.")
    )
    assert "<title>Arrivals 2025</title>" in (site / "index.html").read_text(encoding="utf-8")


def test_a_second_edition_takes_two_words_more(begun):
    said = say("reportbook", "new", "edition", "2024-06", "-p", "as_of=2024-06-30", cwd=begun)
    assert said == "editions/2024-06.yml is written.\n"
    written = (begun / "editions" / "2024-06.yml").read_text(encoding="utf-8")
    assert BLANK in written
    assert "#   as_of: null  Only sources published by this day" in written
    project = load_project(begun)
    latest, earlier = load_editions(project)
    assert (latest.as_of, earlier.as_of) == (None, "2024-06-30")
    say("reportbook", "build", cwd=begun)
    site = begun / "_build" / "site"
    changes = json.loads((site / "latest" / "changes.json").read_text(encoding="utf-8"))
    moved = {each["name"]: each["change_text"] for each in changes["moved"]}
    assert moved["arrivals.newest"] == "+600 people"  # 1,500 to 2,100
    (begun / "editions" / "2024-06.yml").unlink()


def test_its_notebook_refuses_a_date_before_anything_runs(begun):
    path = begun / "editions" / "early.yml"
    path.write_text('title: Early\nparameters: {as_of: "2020-01-01"}\n', encoding="utf-8")
    for command in ("check", "build"):
        said = say("reportbook", command, cwd=begun, code=1)
        assert said.startswith("editions/early.yml: as_of '2020-01-01' is too early: fewer than ")
    path.unlink()


def test_an_edition_can_begin_like_another(begun):
    path = begun / "editions" / "first.yml"
    path.write_text('title: First\nparameters: {as_of: "2024-06-30"}\n', encoding="utf-8")
    say("reportbook", "new", "edition", "second", "--from", "first", cwd=begun)
    made = begun / "editions" / "second.yml"
    assert yaml.safe_load(made.read_text(encoding="utf-8"))["parameters"] == {"as_of": "2024-06-30"}
    made.unlink()
    path.unlink()


def test_a_new_notebook_and_source_pass_the_checks(begun):
    assert say("reportbook", "new", "notebook", "by_sea", cwd=begun) == (
        "notebooks/by_sea.ipynb is written.\n_toc.yml is written.\n"
    )
    say("reportbook", "new", "source", "port-2025", cwd=begun)
    with (begun / "data" / "sources.csv").open(encoding="utf-8", newline="") as stream:
        *_, last = csv.DictReader(stream)
    assert (last["source"], last["publisher"], last["dating"]) == ("port-2025", BLANK, "unknown")
    say("reportbook", "accept", "by_sea", cwd=begun)
    # a source that nothing rests on yet is all that is left to do
    (left,) = check(load_project(begun)).problems
    assert "nothing that the report publishes uses 'port-2025'" in left
    assert load_project(begun).pages[-1].address == "notebooks/by_sea"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("notebook", "arrivals"), "notebooks/arrivals.ipynb is there already"),
        (("notebook", "By Sea"), "'By Sea' is no name for a notebook"),
        (("edition", "latest"), "editions/latest.yml is there already"),
        (("edition", "a/b"), "'a/b' cannot be an edition's name"),
        (("edition", "x", "-p", "as_off=1"), "Did you mean 'as_of'?"),
        (("edition", "x", "--from", "lates"), "There is no edition 'lates'"),
        (("source", "border-office-2024"), "has the source 'border-office-2024' already"),
        (("report", "."), "is not empty"),
    ],
)
def test_nothing_is_overwritten_and_nothing_wrong_written(begun, words, said):
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    assert said in say("reportbook", "new", *words, cwd=begun, code=1)
    after = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    assert after == before
