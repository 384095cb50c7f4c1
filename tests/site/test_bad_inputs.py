"""What people do to this report's data and parameters is found before a notebook runs, once."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from reportbook.checking.data import mend_data
from reportbook.checking.front import check_before_runs
from reportbook.checking.report_code import TAG, check_parameters
from reportbook.files.notebooks import read_plain
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project

ROOT = Path(__file__).parents[2]
TABLE = "displacement.csv"
FIRST = "7700000"  # the figure of its first row


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("report")
    for name in ("notebooks", "data", "editions"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copyfile(ROOT / name, root / name)
    return root


@pytest.fixture
def project(copy):
    shutil.copyfile(ROOT / "data" / TABLE, copy / "data" / TABLE)
    return load_project(copy)


def value(text):
    return lambda table: table.replace(FIRST, text, 1)


BAD = {
    "byte order mark": (lambda table: "\ufeff" + table, "begins with a byte order mark", True),
    "semicolons": (lambda table: with_separator(table, ";"), "separated by semicolons", True),
    "tabs": (lambda table: with_separator(table, "\t"), "separated by tabs", True),
    "sep=,": (lambda table: "sep=,\n" + table, "a line 'sep='", True),
    "Arabic digits": (value("٧٧٠٠٠٠٠"), "'٧٧٠٠٠٠٠' is not a number", True),
    "an exponent": (value("7.7E+06"), "'7.7E+06' is not a number", False),
    "infinite": (value("INF"), "'INF' is not a number", False),
    "underscores": (value("7_700_000"), "'7_700_000' is not a number", False),
    "a resolution": (
        lambda table: table.replace("persons,100000,", "persons,10,", 1),
        "'10'",
        False,
    ),
    "none yet": (lambda table: table.replace("persons,100000,", "persons,,", 1), "--fix", True),
}


def with_separator(table, separator):
    text = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(table, newline=""))
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("kind", BAD)
def test_bad_data_are_said_once_and_mended_where_that_is_safe(project, kind):
    broken, said, is_mended = BAD[kind]
    path = project.data / TABLE
    good = path.read_text(encoding="utf-8")
    path.write_text(broken(good), encoding="utf-8")
    (problem,) = check_before_runs(project, load_editions(project, ["latest"]), thoroughly=False)
    assert problem.startswith(f"data/{TABLE}, row ")
    assert said in problem
    assert bool(mend_data(project)) == is_mended
    assert (path.read_text(encoding="utf-8") == good) == is_mended


@pytest.mark.parametrize(
    ("name", "value", "notebook"),
    [
        ("as_of", "2001-01-01", "displacement"),
        ("as_of", "yesterday", "displacement"),
        ("origin", "XXX", "displacement"),
        ("region", "XXX", "displacement"),
        ("lead_source", "nobody", "displacement"),
        ("hosts_shown", "0", "displacement"),
        ("first_period", "2020-13", "displacement"),
        ("facilities", "nobody", "funding_leverage"),
        ("appeal", "GHRPP", "covid_funding"),
        ("donor", "US", "covid_funding"),
    ],
)
def test_what_a_notebook_refuses_is_refused_without_a_kernel(project, name, value, notebook):
    editions = load_editions(project, ["latest"], overrides={name: value})
    (problem,) = check_parameters(project, editions)
    assert " is not accepted." in problem
    assert f"So says notebooks/{notebook}.ipynb, code cell 2" in problem


def test_every_edition_of_the_report_is_accepted(project):
    assert check_parameters(project, load_editions(project)) == []


def test_every_notebook_has_a_cell_that_checks_its_parameters(project):
    # without its tag a build would find out again by running
    for page in project.notebooks:
        cells = read_plain(page.path)["cells"]
        assert any(TAG in cell["metadata"].get("tags", ()) for cell in cells), page.file
