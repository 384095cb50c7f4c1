"""The whole way on a miniature report; each mistake stops the build and the old site stays."""

import contextlib
import json
import re

import pytest
from miniature import digest, replace

from reportbook.book.html import HtmlWriter
from reportbook.book.staging import stage
from reportbook.book.writer import Written
from reportbook.commands.build import build
from reportbook.commands.build_steps.make import said_of_failure
from reportbook.errors import ReportError
from reportbook.report.project import load_project
from reportbook.running.tasks import Failure, Run, Task


def quoted(page):
    return re.findall(r'class="rb-number"[^>]*>([^<]*)<', page.read_text())


def test_each_edition_shows_its_own_numbers(built):
    latest = built.site / "latest" / "notebooks"
    prose, cards = ["75.0% (±1)", "about 75.0%", "50.0%"], ["about 75.0%", "about 50.0%"]
    assert quoted(latest / "index.html") == prose + cards
    assert quoted(latest / "people.html") == ["75.0% (±1)"]
    assert quoted(built.site / "2020" / "notebooks" / "index.html")[0] == "62.5% (±1)"


def test_results_lie_beside_the_index_with_the_values_of_the_run(built):
    results = json.loads((built.site / "2020" / "results.json").read_text())
    assert (built.site / "2020" / "index.html").is_file()
    assert results["as_of"] == "2020-12-31"
    assert results["numbers"]["people.share"]["value"] == 0.625
    assert results["numbers"]["people.share"]["notebook"] == "notebooks/people"
    assert results["parameters"]["people"]["country"] == "NO"
    assert results["charts"]["people.trend"]["title"] == "Up"


def test_the_summary_says_what_was_made(built):
    by_name = {outcome.edition.name: outcome for outcome in built.summary.outcomes}
    assert (by_name["2020"].pages, by_name["2020"].numbers, by_name["2020"].charts) == (6, 2, 2)
    assert built.summary.site == built.site
    assert built.summary.kept == []


def test_charts_carry_their_alternative_text(built):
    assert 'alt="A line: Up"' in (built.site / "latest" / "notebooks" / "people.html").read_text()


def test_an_edition_that_fails_stays_as_published_and_the_others_go_out(published):
    replace(
        published / "notebooks" / "people.ipynb",
        "share = 6 / 8 if",
        "assert as_of is None\\nshare = 7 / 8 if",
    )
    site = published / "_build" / "site"
    before = digest(site / "2020")
    summary = build(load_project(published), jobs=2)
    assert summary.failed
    (problem,) = next(each.problems for each in summary.outcomes if each.edition.name == "2020")
    assert "notebooks/people.ipynb, code cell 2, line 4: AssertionError" in problem
    assert "_build/editions/2020/executed/notebooks/people.ipynb" in problem
    assert digest(site / "2020") == before
    assert quoted(site / "latest" / "notebooks" / "index.html")[0] == "87.5% (±1)"
    assert summary.kept == ["2020"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("editions/2020.yml", "country", "contry", "2020.yml, line 4 sets 'contry'.*'country'"),
        ("_toc.yml", "notebooks/money", "notebooks/gone", "_toc.yml, line 5 names the page"),
        ("editions/latest.yml", "title", "title: x\ntitle", "latest.yml, line 2 gives 'title'"),
        (
            "notebooks/index.md",
            "One dollar",
            "[dead](gone.md)",
            "'gone.md' leads to a page that is",
        ),
    ],
)
def test_mistakes_seen_before_anything_runs(published, file, old, new, message):
    before = digest(published / "_build")
    replace(published / file, old, new)
    with pytest.raises(ReportError, match=message):
        build(load_project(published))
    assert digest(published / "_build") == before


def test_a_killed_kernel_and_a_hung_cell(published):
    folder = published / "notebooks"
    replace(
        folder / "money.ipynb", "from things", "import os; os.kill(os.getpid(), 9)\\nfrom things"
    )
    replace(folder / "people.ipynb", "from things", "import time; time.sleep(99)\\nfrom things")
    before = digest(published / "_build" / "site")
    summary = build(load_project(published), ["latest"], jobs=2, timeout=3)
    hung, killed = summary.outcomes[0].problems
    assert "money.ipynb, code cell 2: the kernel died" in killed
    assert "people.ipynb, code cell 2: was still running after 3 seconds" in hung
    assert digest(published / "_build" / "site") == before


def test_a_formula_that_cannot_be_written(published):
    replace(published / "notebooks" / "index.md", "One dollar", "$\\nosuch{a}$ One dollar")
    before = digest(published / "_build" / "site")
    summary = build(load_project(published), ["latest"], jobs=2)
    (problem,) = summary.outcomes[0].problems
    assert (
        r"the formula \nosuch{a} cannot be written as MathML: it does not know \nosuch" in problem
    )
    assert digest(published / "_build" / "site") == before


def test_two_builds_at_once_are_refused(report):
    fcntl = pytest.importorskip("fcntl")
    (report / "_build").mkdir()
    with (report / "_build" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReportError, match="Another build"):
            build(load_project(report))


class Shares:
    """A second format: one file with one number, or one that is not fit to be published."""

    def __init__(self, problems=()):
        self.problems = problems

    def start(self):
        pass

    def close(self):
        pass

    def write(self, book):
        folder = book.output / "shares"
        folder.mkdir(exist_ok=True)
        share = book.results["numbers"]["people.share"]["text"]
        (folder / "share.txt").write_text(f"{book.edition.name}: {share}")
        return Written(folder, self.problems)


@pytest.mark.parametrize("problems", [[], ["share.txt has no title."]])
def test_every_format_is_published_or_none(published, monkeypatch, problems):
    @contextlib.contextmanager
    def two_writers(project):
        html = HtmlWriter(project)
        yield [html, Shares(problems)]
        html.close()

    monkeypatch.setattr("reportbook.book.formats.writers_of", two_writers)
    replace(published / "notebooks" / "index.md", "One dollar", "A dollar")
    (outcome,) = build(load_project(published), ["2020"], jobs=2).outcomes
    edition = published / "_build" / "site" / "2020"
    assert list(outcome.problems) == problems
    assert ("A dollar" in (edition / "notebooks" / "index.html").read_text()) is (not problems)
    assert (edition / "share.txt").is_file() is (not problems)


def test_a_fault_of_the_program_in_one_edition_stops_only_that_one(report, monkeypatch):
    def fails(project, edition, *rest, **more):
        if edition.name == "2020":
            raise KeyError("metadata")
        stage(project, edition, *rest, **more)

    monkeypatch.setattr("reportbook.commands.build_steps.make.stage", fails)
    summary = build(load_project(report), jobs=2)
    problems = {each.edition.name: list(each.problems) for each in summary.outcomes}
    assert problems["latest"] == []
    (said,) = problems["2020"]
    assert said.startswith("reportbook itself failed, which is a fault of the program: KeyError")
    assert "test_build.py, line" in said
    assert (report / "_build" / "site" / "latest" / "index.html").is_file()


def test_what_a_notebook_wrote_before_it_failed_is_named_if_it_wrote_anything(tmp_path):
    task = Task(tmp_path / "a.ipynb", tmp_path / "out.ipynb")
    run = Run(task, 1.0, Failure("OSError", "no kernel"))
    assert said_of_failure(run, lambda path: path.name) == "a.ipynb, OSError: no kernel."
    task.output.write_text("{}")
    assert said_of_failure(run, lambda path: path.name) == (
        "a.ipynb, OSError: no kernel. What it wrote until then: out.ipynb"
    )
