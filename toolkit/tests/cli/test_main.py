import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from asking import run
from miniature import replace

from reportbook.cli.endings import Stopped
from reportbook.cli.main import refuse_other_pythons, reportbook
from reportbook.errors import ReportError


@pytest.fixture
def command(capsys, monkeypatch):
    return lambda folder, *arguments: run(capsys, monkeypatch, folder, *arguments)


def test_list_shows_editions_and_typed_parameters(command, report):
    code, out, _ = command(report, "list")
    assert code == 0
    assert out.index("latest  Everything (everything known)") < out.index(
        "2020    The year 2020 (as of 2020-12-31)"
    )
    assert '  reading: Literal["plain", "wide"] = \'plain\'\n      which reading\n' in out


def test_list_counts_what_a_grid_stands_for(command, report):
    (report / "editions" / "grid.yml").write_text(
        'title: "{country}"\nname: "x-{country}-{reading}"\n'
        "grid: {country: [NO, COL, PER], reading: [plain, wide]}\n"
    )
    code, out, _ = command(report, "list")
    assert code == 0
    assert "editions/grid.yml  6 editions: country (3) × reading (2)\n" in out
    assert "x-COL-plain" not in out
    code, out, _ = command(report, "list", "--grid", str(report / "editions" / "grid.yml"))
    assert (code, len(out.splitlines())) == (0, 6)
    assert "  x-COL-plain  COL (everything known)\n" in out


def test_check_names_what_is_wrong(command, report):
    replace(report / "editions" / "2020.yml", "country", "contry")
    code, _, err = command(report, "check")
    assert code == 1
    assert "people.ipynb has no outputs" in err
    assert "sets 'contry'" in err


def test_a_mistake_is_a_sentence_and_exit_1(command, report, tmp_path):
    code, out, err = command(report, "build", "lates")
    assert (code, out) == (1, "")
    assert (
        err == "There is no edition 'lates'. There are '2020', 'latest'. Did you mean 'latest'?\n"
    )
    assert command(tmp_path, "list")[0] == 1


def test_a_notebook_that_there_is_not_is_an_error_with_nothing_to_do_too(command, published):
    code, out, err = command(published, "build", "--only", "typo")
    assert (code, out) == (1, "")
    assert err == "The book has no notebook 'typo'. It has 'people', 'money'.\n"


def test_wrong_usage_is_exit_2(command, report):
    assert command(report, "build", "-p", "region")[0] == 2
    assert command(report, "biuld")[0] == 2
    code, _, err = command(report, "build", "-p", "country=NO", "-p", "country=COL")
    assert (code, "-p sets 'country' twice" in err) == (2, True)


def test_a_failing_build_says_where_and_exits_1(command, report):
    replace(report / "notebooks" / "money.ipynb", "from things", "1 / 0\\nfrom things")
    code, _, err = command(report, "build", "latest", "-p", "country=PER", "--jobs", "2")
    assert code == 1
    assert "latest-country-PER was not built:" in err
    assert "notebooks/money.ipynb, code cell 2, line 1: ZeroDivisionError" in err
    assert "Traceback" not in err
    assert not (report / "_build" / "site").exists()


def test_the_account_of_a_build_is_one_document_and_the_exit_code_stays(command, report):
    replace(report / "notebooks" / "money.ipynb", "from things", "1 / 0\\nfrom things")
    code, out, err = command(report, "build", "latest", "--json", "--jobs", "2")
    account = json.loads(out)
    (edition,) = account["editions"]
    by_notebook = {each["notebook"]: each for each in edition["notebooks"]}
    assert code == 1
    assert (account["failed"], edition["outcome"], edition["page"]) == (True, "failed", None)
    assert "ZeroDivisionError" in by_notebook["notebooks/money"]["problem"]
    assert by_notebook["notebooks/people"]["outcome"] == "ran"
    assert by_notebook["notebooks/people"]["seconds"] > 0
    assert "latest was not published:" in err  # for people, too

    code, out, err = command(report, "build", "lates", "--json")
    assert (code, json.loads(out)["problem"]) == (1, err.strip())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("metadata"), "reportbook itself failed, which is a fault of the program: KeyErr"),
        (OSError(28, "No space left on device", "a.csv"), "a.csv: No space left on device. What"),
        (KeyboardInterrupt(), "Stopped. What was published before has not been changed."),
    ],
)
def test_there_is_an_account_whatever_happens(report, monkeypatch, capsys, error, said):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr("reportbook.commands.build.build", fails)
    with pytest.raises(KeyError if isinstance(error, KeyError) else Stopped):
        reportbook(["-C", str(report), "build", "--json"], standalone_mode=False)
    assert json.loads(capsys.readouterr().out)["problem"].startswith(said)


def test_there_is_an_account_of_wrong_usage(command, report):
    code, out, _ = command(report, "build", "--json", "-p", "country")
    assert (code, json.loads(out)["failed"]) == (2, True)


def test_the_account_names_the_pages_of_what_was_published(command, published):
    code, out, _ = command(published, "build", "--json")
    account = json.loads(out)
    assert (code, account["failed"]) == (0, False)
    assert [each["edition"] for each in account["editions"]] == ["latest", "2020"]
    for each in account["editions"]:
        assert (each["pages"], each["numbers"], each["charts"]) == (6, 2, 2)
        assert Path(each["page"]).is_file()


@pytest.mark.parametrize("version", [(3, 10), (3, 15)])
def test_other_pythons_are_refused_by_name(version):
    with pytest.raises(ReportError, match=rf"this is Python {version[0]}\.{version[1]}"):
        refuse_other_pythons(version)


def test_help_needs_nothing_heavy():
    code = (
        "import sys; from reportbook.cli import main as cli\n"
        "assert not {'papermill', 'sphinx', 'nbformat', 'pydantic', 'rich'} & set(sys.modules)\n"
        "sys.argv = ['reportbook', '--help']; cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for name in ("build", "why", "list", "check", "accept", "diff", "preview"):
        assert f"\n  {name}" in done.stdout


def test_python_m_reportbook_is_the_command(report):
    done = subprocess.run(
        [sys.executable, "-m", "reportbook", "list"], cwd=report, capture_output=True, text=True
    )
    assert done.stdout.startswith("Editions, latest first")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no disk that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_takes_no_more_is_told_from_a_disk(report, unbuffered):
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportbook", "list"],
            cwd=report,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1, "The result could not be written to standard output: No space left on device.\n",
    )  # fmt: skip
