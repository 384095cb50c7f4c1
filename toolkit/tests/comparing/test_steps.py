"""Two editions of a miniature report compared: each cause alone, and all of them together.

The share is 5 of 10 in 2020 and 6 of 8 in the latest edition.
"""

import json
import shutil
from decimal import Decimal
from types import SimpleNamespace

import pytest
from asking import run
from bs4 import BeautifulSoup
from miniature import digest, replace, write_comparable

from reportbook.book.jupyter_book import JupyterBook
from reportbook.commands.build import build
from reportbook.commands.diff import diff
from reportbook.comparing.previous import changes, edition_before
from reportbook.comparing.steps import plan, states_of
from reportbook.errors import ReportError
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project
from reportbook.results.files import write_changes
from reportbook.results.schema import mistakes_of, undeclared_in
from reportbook.running.tasks import Failure, Run, Task

READING = "the reading changed from wide to plain"
NEWS = "counts that became known after 31 December 2020"


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    root = write_comparable(tmp_path_factory.mktemp("comparable") / "report")
    summary = build(load_project(root), jobs=2)
    assert not summary.failed, [outcome.problems for outcome in summary.outcomes]
    return root


@pytest.fixture
def comparable(once, tmp_path):
    return shutil.copytree(once, tmp_path / "report")


def changed_code(root):
    # 5 of 10 becomes 4 of 10, and 6 of 8 becomes 5 of 8
    replace(root / "notebooks" / "things.py", "return part / whole", "return (part - 1) / whole")


def revised_data(root):
    # the count of 2020 was 7: 5 of 10 becomes 7 of 10
    replace(root / "data" / "counts.csv", "5,five", "7,seven")


def share(found):
    (entry,) = (each for each in found["moved"] if each["name"] == "people.share")
    parts = [Decimal(str(cause["contribution"])) for cause in entry["causes"]]
    assert sum(parts) == Decimal(str(entry["change"]))
    return entry, [(cause["said"], cause["contribution"]) for cause in entry["causes"]]


def page(root, edition):
    html = (root / "_build" / "site" / edition / "notebooks" / "changes.html").read_text()
    return BeautifulSoup(html, "html.parser").article


def test_the_parameters_of_two_editions_explain_what_moved(once):
    found = json.loads((once / "_build" / "site" / "latest" / "changes.json").read_text())
    assert found["notes"] == []
    entry, causes = share(found)
    assert causes == [(NEWS, 0.1), (READING, 0.15)]
    assert [each["observation"] for each in entry["causes"][0]["observations"]] == ["p002"]
    assert entry["distinguishable"]
    (rate,) = (each for each in found["moved"] if each["name"] == "people.rate")
    assert (rate["change"], rate["distinguishable"]) == (0.005, False)
    assert [(each["name"], each["reason"]) for each in found["appeared"]] == [
        ("people.late", "too early")
    ]
    assert [each["name"] for each in found["vanished"]] == ["people.wide"]
    assert found["counts"]["unchanged"] == 1  # money.ratio


@pytest.mark.parametrize("edition", ["2020", "latest"])
def test_the_file_of_changes_is_as_the_schema_says(once, edition):
    found = json.loads((once / "_build" / "site" / edition / "changes.json").read_text())
    assert mistakes_of(found, "changes") == []
    assert not undeclared_in(found, "changes")


def test_changed_code_alone_in_an_edition_that_is_built_alone(comparable):
    changed_code(comparable)
    summary = build(load_project(comparable), ["latest"], jobs=2)
    assert not summary.failed
    found = json.loads((comparable / "_build" / "site" / "latest" / "changes.json").read_text())
    # 5/10, by code 4/10, by what is known 5/10, by the reading 5/8
    assert share(found)[1] == [("changed code", -0.1), (NEWS, 0.1), (READING, 0.125)]
    assert "−10.0 percentage points: changed code" in page(comparable, "latest").text


def test_a_row_added_alone_in_words_for_the_terminal(comparable, capsys, monkeypatch):
    # a count of 7 in 2020 that was found later: 5 of 10 becomes 7 of 10
    replace(comparable / "data" / "counts.csv", "p002", "p003,2020-07-01,7,seven,bureau\np002")
    code, out, _ = run(capsys, monkeypatch, comparable, "diff", "2020", "latest")
    assert code == 0
    assert "50.0% (±1) → 75.0% (±1), change +25 percentage points\n" in out
    assert "• +20 percentage points: revised data: count p003 was added to the data" in out
    assert "• −10 percentage points: counts that became known" in out
    assert "changed code" not in out


def test_all_causes_together_add_up_as_data_and_nothing_is_written(comparable, capsys, monkeypatch):
    changed_code(comparable)
    revised_data(comparable)
    before = digest(comparable / "data") + digest(comparable / "_build" / "site")
    code, out, _ = run(capsys, monkeypatch, comparable, "diff", "2020", "latest", "--json")
    assert code == 0
    assert digest(comparable / "data") + digest(comparable / "_build" / "site") == before
    found = json.loads(out)
    entry, causes = share(found)
    # 5/10, by code 4/10, by the revised row 6/10, by what is known (6-1)/10, by the reading 5/8
    said = ["changed code", "revised data", NEWS, READING]
    assert causes == list(zip(said, [-0.1, 0.2, -0.1, 0.125], strict=True))
    assert entry["change"] == 0.125
    assert entry["causes"][1]["revised"] == [
        {"kind": "observation", "key": "p001", "withdrawn": False, "added": False,
         "as_stated": "seven", "attribution": "Bureau", "published": "2023-10",
         "columns": {"value": ["5", "7"], "as_stated": ["five", "seven"]}}
    ]  # fmt: skip
    (note,) = found["notes"]
    assert "What is published as 'latest' is not what a run of today gives" in note
    assert "'people.share'" in note


def test_a_step_that_fails_counts_as_one_with_the_next_in_markdown(comparable, capsys, monkeypatch):
    # what is known now cannot be read widely: the step between the editions
    replace(
        comparable / "notebooks" / "people.ipynb",
        "import csv",
        "import csv\\nassert as_of or reading == 'plain'",
    )
    code, out, _ = run(capsys, monkeypatch, comparable, "diff", "2020", "latest", "--markdown")
    assert code == 0
    assert "| Share of people<br>`people.share` | 50.0% (±1) | 75.0% (±1) | +25 percentage" in out
    assert "2020, and the reading changed from wide to plain: it now rests on p002 “six”" in out
    assert "> notebooks/people.ipynb, code cell 2, line 2: AssertionError" in out
    assert "after the step 'as\\_of'" in out


@pytest.fixture
def failed(once):
    """The plan between the two editions, and runs of which every one has failed."""
    project = load_project(once)
    latest, older = load_editions(project)
    made = plan(project, older, latest, None)
    failure = Failure("ZeroDivisionError", "division by zero", 2, 1)
    task = Task(once / "notebooks" / "people.ipynb", once / "none.ipynb")
    return project, made, {setting: Run(task, 0.1, failure) for setting in made.settings}


def test_a_notebook_that_fails_at_an_end_is_an_error_with_its_place(failed):
    said = r"notebooks/people.ipynb, code cell 2, line 1: Zero.* \(parameters of '2020'\)"
    with pytest.raises(ReportError, match=said):
        states_of(*failed)


def test_a_comparison_that_cannot_be_made_is_said_on_the_page(once, failed, tmp_path):
    project, made, runs = failed
    found = changes(project, made.new, made, runs)
    assert "code cell 2, line 1: ZeroDivisionError" in found["problem"]
    book = shutil.copytree(once / "_build" / "editions" / "latest" / "book", tmp_path / "book")
    write_changes(found, book)
    with JupyterBook(project.root, project.config) as books:
        html, problems = books.build(book, tmp_path)
    assert problems == []
    said = (html / "notebooks" / "changes.html").read_text()
    assert "could not be compared with the previous edition, The year 2020: notebooks" in said


def test_an_edition_that_is_not_there_and_one_compared_with_itself(report):
    project = load_project(report)
    with pytest.raises(ReportError, match=r"no edition '2002'. There are '2020', 'latest'. Did"):
        diff(project, "2002", "latest", jobs=1)
    with pytest.raises(ReportError, match="'2020' would be compared with itself"):
        diff(project, "2020", "2020", jobs=1)


def test_the_first_edition_says_so_and_the_next_shows_what_moved_and_why(once):
    assert "This is the first edition" in page(once, "2020").text
    newer = page(once, "latest")
    first, *others = (item.text.strip() for item in newer.select(".rb-headlines li"))
    assert first == (
        "“Share of people” was 50.0% (±1) in the edition of December 2020 and is 75.0% (±1) now, "
        "a rise of 25 percentage points."
    )
    assert others[0] == "“Late news” is 50.0% (±1); the edition of December 2020 gave none."
    assert "previous edition, The year 2020: 2 numbers moved (1 not dist" in newer.text
    assert not any(name in newer.text for name in ("people.share", "p002", "as_of", "2020-12-31"))
    told, note = (newer.find(class_="rb-headlines"), newer.find(string="How causes are found."))
    assert told in note.find_all_previous("ul")
    assert newer.select(".rb-change")[0] in note.find_all_next(class_="rb-change")
    assert not page(once, "2020").find(string="How causes are found.")
    entry = newer.select(".rb-change")[0]
    assert entry.a["href"] == "ledger.html#number-people-share"
    assert entry.select_one(".rb-change-value").text.endswith("change +25 percentage points")
    assert [item.text.strip() for item in entry.find_all("li")] == [
        f"+10 percentage points: {NEWS}: it now rests on “six” (Bureau, October 2023)",
        f"+15 percentage points: {READING}",
    ]
    assert newer.select_one("#changes-vanished .rb-change a") is None  # the ledger has no entry
    steps = once / "_build" / "editions" / "latest" / "steps"
    assert [path.name for path in steps.rglob("*.ipynb")] == ["people.ipynb"]  # no run of money


def test_the_edition_before_is_the_next_older_by_what_it_knows(report):
    def edition(name, as_of):
        return SimpleNamespace(name=name, as_of=as_of, series="")

    latest, newer, older = edition("z", None), edition("b", "2023-12-31"), edition("a", "2020")
    everything = [older, latest, newer]
    assert edition_before(latest, everything) is newer
    assert edition_before(newer, everything) is older
    assert edition_before(older, everything) is None
