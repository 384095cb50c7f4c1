"""`check` and `build` never disagree: what stops a build is found by check, in one sentence."""

import json

import nbformat
import pytest
from miniature import replace

from reportbook.commands.build import build
from reportbook.commands.check import check
from reportbook.errors import ReportError
from reportbook.report.project import load_project

STRICT = '''
"""Reads the counts as the notebooks read them, to the letter."""

def problems(folder):
    for row, line in enumerate((folder / "counts.csv").read_text("utf-8").splitlines()[1:], 2):
        number = line.split(",")[1]
        if not (number.isascii() and number.isdigit()):
            yield f"data/counts.csv, row {row}, column people: '{number}' is no count."
'''
COUNTS = "observation,people,source\np001,12,bureau\np002,20,bureau\n"


@pytest.fixture
def report(accepted):
    """The miniature with outputs, a table, a module that checks it, and a refusal of parameters."""
    root = accepted.root
    (root / "data").mkdir()
    (root / "data" / "counts.csv").write_text(COUNTS)
    (root / "strict.py").write_text(STRICT)
    replace(root / "_config.yml", "reportbook:\n", "reportbook:\n  checks: strict\n")
    people = nbformat.read(root / "notebooks" / "people.ipynb", 4)
    refusing = "if country == 'XX':\n    raise ValueError(f'country {country!r} is not accepted.')"
    cell = nbformat.v4.new_code_cell(refusing, metadata={"tags": ["checks-parameters"]}, id="asks")
    people.cells.insert(2, cell)
    nbformat.write(people, root / "notebooks" / "people.ipynb")
    return root


def said_by_check(root):
    try:
        return list(check(load_project(root)).problems)
    except ReportError as error:
        return str(error).splitlines()


def said_by_build(root, *names):
    try:
        outcomes = build(load_project(root), names, jobs=2).outcomes
    except ReportError as error:
        return str(error).splitlines()
    return [problem for outcome in outcomes for problem in outcome.problems]


def write(name, content):
    def change(root):
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


def edit(name, old, new):
    return lambda root: replace(root / name, old, new)


def add(name, text):
    return lambda root: (root / name).write_text((root / name).read_text() + text)


def tag(stem, place, name):
    def change(root):
        path = root / "notebooks" / f"{stem}.ipynb"
        notebook = json.loads(path.read_text())
        notebook["cells"][place]["metadata"]["tags"] = [name]
        path.write_text(json.dumps(notebook))

    return change


TABLE = "data/counts.csv"
PEOPLE = "notebooks/people.ipynb"
LEDGER = "notebooks/ledger.md"
BEFORE_RUNS = {
    # data
    "byte order mark": (write(TABLE, "\ufeff" + COUNTS), "byte order mark"),
    "semicolons": (write(TABLE, COUNTS.replace(",", ";")), "separated by semicolons"),
    "tabs": (write(TABLE, COUNTS.replace(",", "\t")), "separated by tabs"),
    "sep=,": (write(TABLE, "sep=,\n" + COUNTS), "a line 'sep='"),
    "Latin-1": (write(TABLE, COUNTS.replace("bureau", "büro").encode("latin-1")), "is not UTF-8"),
    "UTF-16": (write(TABLE, COUNTS.encode("utf-16")), "UTF-16"),
    "exponent": (edit(TABLE, "20", "1.5E+07"), "'1.5E+07' is no count"),
    "infinite": (edit(TABLE, "20", "INF"), "'INF' is no count"),
    "Arabic digits": (edit(TABLE, "20", "١٠"), "'١٠' is no count"),
    "underscore": (edit(TABLE, "20", "1_000"), "'1_000' is no count"),
    "a checker that fails": (edit("strict.py", "enumerate(", "gone("), "NameError in strict.py, l"),
    # code
    "a module": (write("src/odd.py", "if\n"), "src/odd.py, line 1 is no Python"),
    "a module beside": (add("notebooks/things.py", "\ndef :\n"), "notebooks/things.py, line"),
    "a cell": (edit(PEOPLE, 'chart(\\"Up\\")', 'chart(\\"Up\\"'), "code cell 4, line 1 is no P"),
    # parameters and editions
    "refused by a notebook": (edit("editions/2020.yml", "NO}", "XX}"), "'XX' is not accepted. So"),
    "no parameter": (edit("editions/2020.yml", "as_of:", "as_off:"), "Did you mean 'as_of'?"),
    "not allowed": (edit("editions/2020.yml", "wide", "wider"), "It accepts"),
    "no title": (edit("editions/2020.yml", "title: The year 2020\n", ""), "has no title"),
    "papermill's cell": (
        tag("people", 2, "injected-parameters"),
        "is tagged 'injected-parameters'",
    ),
    "two of parameters": (tag("people", 3, "parameters"), "has 2 cells tagged 'parameters'"),
    # contents and configuration
    "a page that is not there": (edit("_toc.yml", "places", "plces"), "Did you mean 'notebooks/pl"),
    "an extension": (edit("_config.yml", "sphinx_design", "sphinx_desing"), "'sphinx_desing'"),
    "an address": (edit("_config.yml", "https://example.org", "example.org"), "full address"),
    "a language": (
        edit("_config.yml", "html_math_renderer", "language: xx\n    html_math_renderer"),
        "'language' is 'xx', which is no language known here",
    ),
    "words for no parameter": (
        edit("_config.yml", "  about", "  parameters: {as_off: known by}\n  about"),
        "'as_off'",
    ),
    "a setting": (edit("_config.yml", "  trend:", "  trand:"), "Did you mean 'trend'?"),
    "a notebook that is none": (write(PEOPLE, "{"), "cannot be read as a notebook"),
    # prose
    "a typed number": (add(LEDGER, "\n5.1 million people\n"), "'5.1' is typed"),
    "a link to no page": (add(LEDGER, "\n[x](peple.ipynb)\n"), "Did you mean 'people.ipynb'?"),
    "a link to a page left out": (
        lambda root: (
            write("notebooks/more.md", "# M")(root),
            add(LEDGER, "\n[x](more.md)\n")(root),
        ),
        "Add '- file: notebooks/more' to _toc.yml",
    ),
    "a picture": (add(LEDGER, "\n![x](gone.png)\n"), "'gone.png' leads to a file that is not"),
    "a role cut in two": (add(LEDGER, "\n{number}`people.share\n"), "is not closed"),
    "a condition": (add(LEDGER, "\n```{when} people.share >\nx\n```\n"), "{when}"),
    "an unclosed condition": (add(LEDGER, "\n```{when} people.share\nx\n"), "ledger.md, line"),
}


@pytest.mark.parametrize("change", BEFORE_RUNS)
def test_what_stops_a_build_before_it_runs_is_found_by_check(report, change):
    breaks, said = BEFORE_RUNS[change]
    breaks(report)
    (problem,) = said_by_check(report)
    assert said in problem
    assert said_by_build(report) == [problem]
    assert not (report / "_build" / "editions").exists()  # nothing was run


def test_nothing_is_wrong_with_the_report_these_tests_break(report):
    assert said_by_check(report) == []


def test_what_only_sphinx_knows_is_found_by_check(report):
    faults = "\n{numbr}`x` and [x](#gone)\n\n```{lodger}\n```\n\n```{image} gone.png\n```\n"
    add(LEDGER, faults)(report)
    said = said_by_check(report)
    assert [problem.partition(": ")[2] for problem in said] == [
        "there is no role {numbr}. Did you mean '{number}'?",
        "there is no directive {lodger}. Did you mean '{ledger}'?",
        "the picture notebooks/gone.png is not there, or cannot be read.",
        "the link to 'gone' leads to no page, heading or label of the book.",
    ]
    assert said_by_build(report, "latest") == said


def test_a_page_that_no_reader_sees_is_remarked_and_stops_nothing(report):
    write("notebooks/more.md", "# More")(report)
    write("notebooks/draft.md", "# Draft")(report)
    add("_config.yml", "exclude_patterns: [notebooks/draft.md]\n")(report)
    found = check(load_project(report))
    assert found.problems == []
    (remark,) = found.remarks
    assert remark.startswith("notebooks/more.md is no page of the book.")


def test_a_source_is_judged_by_all_editions(report):
    people = nbformat.read(report / "notebooks" / "people.ipynb", 4)
    source = "from things import SOURCE\nold = number(0.4, 'Old')\nif as_of:\n"
    source += "    records = [{**SOURCE, 'source': 'old'}]\n"
    source += "    old.record |= {'sources': ['old'], 'source_records': records}\n"
    cell = nbformat.v4.new_code_cell(source + "publish('people.old', old)", id="old")
    people.cells.append(cell)
    nbformat.write(people, report / "notebooks" / "people.ipynb")
    write("data/sources.csv", "source,title\nbureau,A\nold,B\nghost,C\n")(report)
    (problem,) = said_by_check(report)
    assert problem.startswith("data/sources.csv, row 4: nothing that the report publishes uses")
    assert said_by_build(report) == [problem]
    edit("data/sources.csv", "ghost,C\n", "")(report)
    assert said_by_build(report) == []  # what the edition of 2020 uses is used
    assert said_by_check(report) == []
