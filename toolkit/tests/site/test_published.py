"""Which editions a change concerns: builds of the miniature, with what ran and what was built."""

import json
import shutil
import subprocess
import sys

import pytest
from miniature import digest, replace

from reportbook.cache.run_or_recall import NotRun
from reportbook.cache.runs import Memory
from reportbook.cli.main import main
from reportbook.commands.build import build, nothing_to_do
from reportbook.commands.progress import Progress
from reportbook.report.project import load_project
from reportbook.site.published import Books


class Seen(Progress):
    """What was run and built, and not taken from memory."""

    def __init__(self):
        self.ran_anew, self.built_anew = set(), set()

    def ran(self, purpose, run):
        if not run.remembered and not isinstance(run.failure, NotRun):
            self.ran_anew.add((purpose.edition, str(purpose).removeprefix("notebooks/")))

    def built(self, outcome, seconds):
        if not outcome.fresh and not outcome.waiting:
            self.built_anew.add(outcome.edition.name)


def at_a_glance(root, *names):
    """The outcomes of a build that finds nothing to do; None if there is something."""
    project = load_project(root)
    return nothing_to_do(Books(project, Memory(project.root, project.memory)), names, {})


def is_done(root, *names):
    """Whether a build of the report would find at a glance that there is nothing to do."""
    return at_a_glance(root, *names) is not None


def rebuilt(root, *names, **options):
    """What a build of the report ran and built, and its summary."""
    seen = Seen()
    summary = build(load_project(root), names, jobs=2, progress=seen, **options)
    return seen, summary


@pytest.fixture
def said(monkeypatch, capsys):
    """Runs the command in a folder; answers with its output and errors."""

    def run(folder, *arguments):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["reportbook", *arguments])
        main()
        answered = capsys.readouterr()
        return answered.out, answered.err

    return run


BOTH = {("latest", "people"), ("latest", "money")}


def test_with_nothing_changed_nothing_is_done(published):
    before = digest(published / "_build" / "site")
    outcomes = at_a_glance(published)
    assert [(each.edition.name, each.fresh) for each in outcomes] == [
        ("latest", True), ("2020", True),
    ]  # fmt: skip
    by_name = {outcome.edition.name: outcome for outcome in outcomes}
    assert (by_name["2020"].pages, by_name["2020"].numbers, by_name["2020"].charts) == (6, 2, 2)
    seen, again = rebuilt(published)
    assert (seen.ran_anew, seen.built_anew) == (set(), set())
    assert again.outcomes == outcomes
    assert digest(published / "_build" / "site") == before
    assert rebuilt(published, "2020")[1].kept == ["latest"]


@pytest.mark.parametrize(
    ("file", "old", "new", "ran", "page", "shown"),
    [
        ("notebooks/people.ipynb", "# People", "# Persons", set(), "people", "<h1>Persons"),
        ("notebooks/index.md", "One dollar", "A dollar", set(), "index", "A dollar brought"),
        ("notebooks/people.ipynb", "6 / 8", "7 / 8", {("latest", "people")}, "people", "87.5%"),
    ],
)
def test_a_change_runs_and_builds_what_it_concerns(published, file, old, new, ran, page, shown):
    replace(published / file, old, new)
    seen, summary = rebuilt(published, "latest")
    assert (seen.ran_anew, seen.built_anew, summary.failed) == (ran, {"latest"}, False)
    html = published / "_build" / "site" / "latest" / "notebooks" / f"{page}.html"
    assert shown in html.read_text()
    assert is_done(published, "latest")


def test_one_style_runs_no_notebook(published):
    (published / "notebooks" / "_static" / "report.css").write_text("p { color: teal }")
    seen, _ = rebuilt(published, "2020")
    assert (seen.ran_anew, seen.built_anew) == (set(), {"2020"})


def test_a_parameter_concerns_one_edition_and_the_notebooks_that_have_it(published):
    replace(published / "editions" / "2020.yml", "country: NO", "country: PE")
    before = digest(published / "_build" / "site" / "latest")
    seen, summary = rebuilt(published)
    assert (seen.ran_anew, seen.built_anew) == ({("2020", "people")}, {"2020"})
    assert digest(published / "_build" / "site" / "latest") == before
    results = published / "_build" / "site" / "2020" / "results.json"
    assert json.loads(results.read_text())["parameters"]["people"]["country"] == "PE"
    assert not summary.failed


def test_a_staged_book_that_is_as_it_was_is_not_built_again(published):
    (published / "data").mkdir()
    (published / "data" / "unused.csv").write_text("a\n")
    assert not is_done(published, "2020")
    seen, summary = rebuilt(published, "2020")
    assert (seen.ran_anew, seen.built_anew) == (set(), set())
    assert [each.fresh for each in summary.outcomes] == [True]


def test_what_was_published_is_put_right_when_it_is_altered_or_lost(published, monkeypatch):
    # the pages that Sphinx made are still there
    monkeypatch.setattr("reportbook.book.jupyter_book.JupyterBook.build", None)
    site = published / "_build" / "site"
    before = digest(site)
    page = site / "2020" / "notebooks" / "people.html"
    page.write_text(page.read_text().replace("62.5%", "99.9%"))
    (site / "index.html").unlink()
    assert not is_done(published)
    seen, _ = rebuilt(published)
    assert (seen.ran_anew, seen.built_anew) == (set(), {"2020"})
    assert digest(site) == before
    (site / "index.html").write_text("mine")
    seen, _ = rebuilt(published)
    assert seen.built_anew == set()
    assert digest(site) == before
    assert is_done(published)


def test_pages_that_were_made_serve_only_while_they_are_as_they_were(published):
    shutil.rmtree(published / "_build" / "site" / "2020")
    made = published / "_build" / "editions" / "2020" / "_build" / "html" / "notebooks"
    (made / "people.html").write_text("something else")
    seen, _ = rebuilt(published, "2020")
    assert seen.ran_anew == set()
    assert "62.5%" in (published / "_build/site/2020/notebooks/people.html").read_text()


def test_where_a_renamed_page_leads_is_no_part_of_what_is_staged(published):
    renamed = "  renamed: {notebooks/folk: notebooks/people}\n  trend: people.trend"
    replace(published / "_config.yml", "  trend: people.trend", renamed)
    seen, _ = rebuilt(published, "2020")
    assert (seen.ran_anew, seen.built_anew) == (set(), {"2020"})
    assert (published / "_build/site/2020/notebooks/folk.html").is_file()


def test_a_failed_build_leaves_the_good_one_remembered(published):
    replace(published / "notebooks" / "money.ipynb", "0.5,", "0 / 0,")
    for _ in range(2):
        seen, summary = rebuilt(published, "2020")
        assert summary.failed
        assert seen.ran_anew == {("2020", "money")}
    replace(published / "notebooks" / "money.ipynb", "0 / 0,", "0.5,")
    assert is_done(published)


def test_only_one_notebook_is_run_and_nothing_half_fresh_is_published(published, said):
    replace(published / "notebooks" / "things.py", "(±1)", "(±2)")
    before = digest(published / "_build" / "site")
    seen, summary = rebuilt(published, "2020", only=["money.ipynb"])
    assert (seen.ran_anew, seen.built_anew) == ({("2020", "money")}, set())
    assert summary.outcomes[0].waiting == [
        "notebooks/people.ipynb: not run: notebooks/things.py changed"
    ]
    assert (summary.failed, summary.kept) == (False, ["latest", "2020"])
    assert digest(published / "_build" / "site") == before
    out, err = said(published, "build", "2020", "--only", "money")
    assert "2020         as it was" in out
    assert "2020 stays as it was; other notebooks must run first:" in err
    assert "notebooks/people.ipynb: not run: notebooks/things.py changed" in err
    seen, _ = rebuilt(published, "2020", only=["people"])
    assert (seen.ran_anew, seen.built_anew) == ({("2020", "people")}, {"2020"})


class Edits(Seen):
    """Someone who edits a page when its book is built and not yet in place."""

    def __init__(self, page):
        super().__init__()
        self.page = page

    def built(self, outcome, seconds):
        super().built(outcome, seconds)
        replace(self.page, "One dollar", "A dollar")


def test_force_builds_all_and_what_is_edited_meanwhile_is_not_taken_for_built(published):
    seen = Edits(published / "notebooks" / "index.md")
    build(load_project(published), ["latest"], jobs=2, force=True, progress=seen)
    assert (seen.ran_anew, seen.built_anew) == (BOTH, {"latest"})
    page = published / "_build" / "site" / "latest" / "notebooks" / "index.html"
    assert "A dollar" not in page.read_text()
    assert not is_done(published, "latest")


def test_why_names_what_changed(published, said):
    def why(*arguments):
        return said(published, "why", "2020", *arguments)[0].splitlines()

    fresh = ["notebooks/people: fresh", "notebooks/money: fresh", "book: fresh"]
    assert why() == fresh
    replace(published / "notebooks" / "money.ipynb", "0.5,", "0.6,")
    assert why("-p", "reading=plain") == [
        "notebooks/people: never run with its parameters",
        "notebooks/money: the code of notebooks/money.ipynb changed (code cell 2)",
        "book: never built; a notebook is not fresh",
    ]
    replace(published / "notebooks" / "money.ipynb", "0.6,", "0.5,")
    replace(published / "notebooks" / "index.md", "One dollar", "A dollar")
    assert why() == [*fresh[:2], "book: notebooks/index.md changed"]


def test_a_build_with_nothing_to_do_imports_nothing_heavy(published):
    code = (
        "import sys; from reportbook.cli import main as cli\n"
        "sys.argv = ['reportbook', 'build']; cli.main()\n"
        "heavy = {'papermill', 'sphinx', 'nbformat', 'pydantic', 'rich', 'matplotlib', 'IPython',"
        " 'markdown_it', 'multiprocessing', 'jsonschema'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    for _ in range(2):  # the first finds a copy, which it has to read
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=published, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert "Nothing to do" in done.stdout


def test_an_edition_that_is_kept_is_not_read_again_by_the_next_build(published):
    assert is_done(published)  # the first look at a copy reads it
    replace(published / "notebooks" / "index.md", "One dollar", "A dollar")
    rebuilt(published, "latest")
    project = load_project(published)
    books = Books(project, Memory(project.root, project.memory))
    assert books.untouched(["latest", "2020"]) == ["latest", "2020"]
