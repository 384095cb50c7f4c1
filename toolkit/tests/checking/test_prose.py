"""Faults planted in the prose of the miniature report: each named with its place and a remedy."""

import re

import nbformat
import pytest
from miniature import digest, replace

from reportbook.cli.main import main
from reportbook.commands.build import build
from reportbook.errors import ReportError
from reportbook.report.project import load_project

PEOPLE, MONEY = "notebooks/people.ipynb", "notebooks/money.ipynb"
INDEX, PLACES = "notebooks/index.md", "notebooks/places.md"


def in_index(text):
    """A fault on line 4 of a page."""
    return lambda root: replace(root / INDEX, "One dollar", f"{text} One dollar")


def in_notebook(text):
    """A fault on line 3 of the first cell of a notebook."""
    return lambda root: replace(root / PEOPLE, "It is ", f"{text} It is ")


def hide_the_ratio(root):
    """Publish a number in a cell no reader sees, and quote it nowhere."""
    notebook = nbformat.read(root / MONEY, as_version=4)
    notebook.cells[-1].metadata["tags"] = ["remove-cell"]
    nbformat.write(notebook, root / MONEY)
    for page in (root / INDEX, root / PLACES):
        page.write_text(re.sub(r"\{number\}`money\.ratio[^`]*`", "little", page.read_text()))


def list_a_source_in_vain(root):
    (root / "data").mkdir()
    (root / "data" / "sources.csv").write_text("source,title\nbureau,A count\nghost,Nothing\n")


BEFORE_ANYTHING_RUNS = {
    "a number in a page": (
        in_index("Some 12 million."),
        "notebooks/index.md, line 4: '12' is typed into the prose. Publish it in a notebook and "
        "quote it, {number}`stem.name`, or say why it stays: {typed}`12 <the reason>`.",
    ),
    "a number in a notebook": (
        in_notebook("**5**%."),
        "notebooks/people.ipynb, cell 1, line 3: '5%' is typed into the prose.",
    ),
    "a number typed without a reason": (
        in_index("{typed}`95`"),
        "notebooks/index.md, line 4: {typed}`95`: say why the number is typed: "
        "{typed}`95 <the share below which …>`.",
    ),
    "a claim without a condition": (
        in_notebook("{holds}`most of them`"),
        "notebooks/people.ipynb, cell 1, line 3: {holds}`most of them`: name the condition: ",
    ),
    "a role cut in two by a table": (
        in_index("\n\n| a |\n| --- |\n| {number}`people.share|value` |\n\n"),
        "notebooks/index.md, line 8: {number}`…` is not closed. It ends with a backquote; within "
        "a table write the bar before a format as '\\|'",
    ),
    "a condition that is none": (
        in_index("{holds}`Most <__import__('os').abort() > 0>`"),
        "notebooks/index.md, line 4: 'Most': the condition '__import__('os').abort() > 0' cannot "
        "be read. Write it as ",
    ),
}
AFTER_THE_RUN = {
    "a quoted number that does not exist": (
        in_index("{number}`people.sahre`"),
        "notebooks/index.md, line 4: no notebook of this book publishes the number "
        "'people.sahre'. Did you mean 'people.share'?",
    ),
    "a format that does not exist": (
        in_notebook("{number}`people.share|rnge`"),
        "notebooks/people.ipynb, cell 1, line 3: the number 'people.share' has no format 'rnge'. "
        "It has 'bounds', 'formula', 'range', 'value', 'words'. Did you mean 'range'?",
    ),
    "a published number nobody meets": (
        hide_the_ratio,
        "notebooks/money.ipynb, code cell 2 publishes 'money.ratio' where no reader sees it, and "
        "no prose quotes it. Quote it, {number}`money.ratio`, or do not publish it.",
    ),
    "a source that nothing rests on": (
        list_a_source_in_vain,
        "data/sources.csv, row 3: nothing that the report publishes uses 'ghost'. Publish a "
        "number, chart or table from it, or remove the row.",
    ),
    "a claim that no longer holds": (
        in_index("{holds}`Nearly all <people.share > 0.745>`"),  # its value is, its range is not
        "notebooks/index.md, line 4: 'Nearly all' is no longer supported: the condition "
        "'people.share > 0.745' does not hold over the whole ranges of its numbers. Change the "
        "words, or the condition with them.",
    ),
    "a claim that cannot be judged": (
        in_notebook("{holds}`Most <people.shares > 0.5>`"),
        "notebooks/people.ipynb, cell 1, line 3: 'Most': the condition 'people.shares > 0.5' "
        "names 'people.shares', which no notebook of this book publishes. "
        "Did you mean 'people.share'?",
    ),
}


@pytest.fixture
def check(monkeypatch, capsys):
    """Exit code and complaints of ``reportbook check``."""

    def run(root):
        monkeypatch.setattr("sys.argv", ["reportbook", "-C", str(root), "check"])
        try:
            main()
        except SystemExit as stop:
            return stop.code, capsys.readouterr().err
        return 0, capsys.readouterr().err

    return run


FAULTS = {**BEFORE_ANYTHING_RUNS, **AFTER_THE_RUN}


@pytest.mark.parametrize(("plant", "message"), FAULTS.values(), ids=FAULTS)
def test_check_names_the_fault_and_is_silent_once_it_is_mended(check, accepted, plant, message):
    paths = [path for path in accepted.root.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in paths}
    plant(accepted.root)
    code, said = check(accepted.root)
    assert code == 1
    (problem,) = said.splitlines()
    assert problem.startswith(message)

    (accepted.root / "data" / "sources.csv").unlink(missing_ok=True)
    for path, content in before.items():
        path.write_bytes(content)
    assert check(accepted.root) == (0, "")


@pytest.mark.parametrize(
    ("plant", "message"), BEFORE_ANYTHING_RUNS.values(), ids=BEFORE_ANYTHING_RUNS
)
def test_the_build_stops_before_anything_runs(published, plant, message):
    before = digest(published / "_build")
    plant(published)
    with pytest.raises(ReportError) as stop:
        build(load_project(published))
    assert str(stop.value).startswith(message)
    assert digest(published / "_build") == before


def test_the_build_names_every_fault_the_site_stays_and_follows_once_they_are_mended(published):
    site = published / "_build" / "site"
    before = digest(site)
    list_a_source_in_vain(published)
    kept = {path: (published / path).read_bytes() for path in (PEOPLE, MONEY, INDEX, PLACES)}
    for plant, _ in AFTER_THE_RUN.values():
        if plant is not list_a_source_in_vain:
            plant(published)
    summary = build(load_project(published), ["latest"], jobs=2)
    problems = summary.outcomes[0].problems
    for _, message in AFTER_THE_RUN.values():
        assert [problem for problem in problems if problem.startswith(message)], message
    assert len(problems) == len(AFTER_THE_RUN)
    assert digest(site) == before

    for path, content in kept.items():
        (published / path).write_bytes(content)
    (published / "data" / "sources.csv").write_text("source,title\nbureau,A count\n")
    in_index("{holds}`Most <people.share > 0.5>` {typed}`95 <a threshold>`")(published)
    assert not build(load_project(published), ["latest"], jobs=2).failed
    page = (site / "latest" / "notebooks" / "index.html").read_text()
    assert (
        '<span class="rb-holds" title="Checked when the page was built: people.share &gt; 0.5">'
        "Most</span>" in page
    )
    assert '<span class="rb-typed" title="a threshold">95</span>' in page
