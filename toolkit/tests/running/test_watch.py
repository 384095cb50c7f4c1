"""What a run reads, asked of a process of its own: an audit hook cannot be taken out again."""

import json
import subprocess
import sys
import textwrap

import pytest

from reportbook.running.watch import (
    digest_of,
    digest_of_names,
    importable,
    kind_of,
)


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    (root / "data").mkdir(parents=True)
    (root / "data" / "counts.csv").write_text("a,b\n")
    (root / "src").mkdir()
    (root / "src" / "things.py").write_text("x = 1\n")
    return root


def seen(root, code, before=""):
    """What the watch found when a process in the project's folder ran some code."""
    script = "\n".join(
        [
            "import json, os, sys; from pathlib import Path",
            f"sys.path.insert(0, {str(root / 'src')!r})",
            textwrap.dedent(before),
            "from reportbook.running import watch as module",
            f"watch = module.start(Path({str(root)!r}))",
            textwrap.dedent(code),
            "print('\\n' + json.dumps(watch.found()))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "code",
    [
        "open('data/counts.csv').close()",
        "Path('data/counts.csv').read_bytes()",
        "os.close(os.open(Path('data/../data/counts.csv'), os.O_RDONLY))",
        "sys.audit('reportbook.read', Path('data/counts.csv'))",
        "import sqlite3; sqlite3.connect('data/counts.csv')",
    ],
)
def test_a_file_that_is_read_however_it_is_opened(project, code):
    files = seen(project, code)["files"]
    assert files == {"data/counts.csv": digest_of(project / "data" / "counts.csv")}


def test_the_bytes_count_that_were_there_at_first_sight(project):
    before = digest_of(project / "data" / "counts.csv")
    found = seen(
        project, "p = Path('data/counts.csv'); p.read_text(); p.write_text('x'); p.read_text()"
    )
    assert found["files"]["data/counts.csv"] == before
    assert found["unprovable"] == ["it writes data/counts.csv"]


@pytest.mark.parametrize(
    "code",
    [
        "try: open('data/none.csv')\nexcept OSError: pass",
        "assert not Path('data/none.csv').exists()",
        "assert not os.path.isfile('data/none.csv')",
        "assert not os.access('data/none.csv', os.R_OK)",
    ],
)
def test_what_was_looked_for_and_not_there(project, code):
    assert seen(project, code)["kinds"]["data/none.csv"] == "absent"


@pytest.mark.parametrize("code", ["os.listdir('data')", "list(Path('data').glob('*.csv'))"])
def test_a_folder_that_was_listed(project, code):
    assert seen(project, code)["folders"]["data"] == digest_of_names(project / "data")


def test_an_imported_module_is_told_from_a_source_that_is_read(project):
    things = digest_of(project / "src" / "things.py")
    for _ in range(2):  # compiled anew, then perhaps not
        found = seen(project, "import things")
        assert found["modules"]["src/things.py"] == things
        assert "src/things.py" not in found["files"]
    quoted = seen(project, "import inspect, things; inspect.getsource(things)")
    assert quoted["files"]["src/things.py"] == things
    assert "src/things.py" not in quoted["modules"]
    early = seen(project, "", before="import things")
    assert early["modules"]["src/things.py"] == things


def test_where_modules_were_looked_for(project):
    found = seen(project, "import things\ntry: import nowhere\nexcept ImportError: pass")
    (src,) = [each for each in found["searched"] if each["folder"] == "src"]
    assert src["present"] == ["things"]
    assert {"nowhere", "things", "json"} <= set(src["names"])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import subprocess; subprocess.run(['true'])", "another process (subprocess.Popen: true)"),
        ("os.system('true')", "another process (os.system: b'true')"),
        ("pid = os.fork()\nif not pid: os._exit(0)\nos.wait()", "another process (os.fork)"),
        (
            "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 1)\n"
            "except OSError: pass",
            "asks the network (socket.getaddrinfo: 127.0.0.1)",
        ),
        ("Path('out.txt').write_text('x')", "it writes out.txt"),
        ("os.remove('data/counts.csv')", "it writes data/counts.csv"),
    ],
)
def test_what_makes_a_run_impossible_to_vouch_for(project, code, said):
    assert any(said in each for each in seen(project, code)["unprovable"])


def test_a_quiet_run_is_provable_and_its_temporary_files_are_its_own(project):
    found = seen(
        project,
        """
        import shutil, tempfile
        folder = tempfile.mkdtemp()
        Path(folder, "a").write_text("a"); Path(folder, "a").read_text()
        os.mkdir(os.path.join(folder, "b"))
        shutil.rmtree(folder)
        import email, decimal, sqlite3
        """,
    )
    assert (found["files"], found["folders"], found["unprovable"]) == ({}, {}, [])


def test_a_file_outside_the_project_is_named_in_full(project, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("x")
    assert seen(project, "open('../other.csv').close()")["files"] == {str(other): digest_of(other)}


def test_variables_count_that_the_projects_own_code_asks_for(project):
    (project / "src" / "asks.py").write_text("import os\nunset = 'UNSET_ONE' in os.environ\n")
    found = seen(
        project,
        "os.getenv('COUNTRY'); os.environ['PATH']; import asks, tempfile; tempfile.mkdtemp()",
    )
    assert sorted(found["variables"]) == ["COUNTRY", "PATH", "UNSET_ONE"]
    assert not found["lists_variables"]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("os.environb.get(b'COUNTRY')", ["COUNTRY"]),
        ("os.getenvb(b'COUNTRY')", ["COUNTRY"]),
        ("os.path.expandvars('$COUNTRY/${YEAR}')", ["COUNTRY", "YEAR"]),
        ("os.path.expandvars(b'$COUNTRY')", ["COUNTRY"]),
        ("Path.home()", ["HOME"]),
        ("Path('~/x').expanduser()", ["HOME"]),
        ("os.path.expanduser('~/x')", ["HOME"]),
        ("import getpass; getpass.getuser()", ["LOGNAME"]),
        ("import shutil; shutil.which('true')", ["PATH"]),
        ("import string; string.Template('$COUNTRY').safe_substitute(os.environ)", ["COUNTRY"]),
        ("'%(COUNTRY)s' % os.environ", ["COUNTRY"]),
        ("os.environ.setdefault('COUNTRY', 'PER')", ["COUNTRY"]),
        ("os.environ['COUNTRY'] = 'PER'", []),
    ],
)
def test_a_variable_however_it_is_asked_for(project, monkeypatch, code, names):
    for name in ("COUNTRY", "LOGNAME", "YEAR"):
        monkeypatch.setenv(name, "x")
    found = seen(project, code)
    assert (sorted(found["variables"]), found["lists_variables"]) == (names, False)


@pytest.mark.parametrize(
    "code",
    [
        "os.environ.copy()", "dict(os.environ)", "list(os.environ)", "os.environ.items()",
        "len(os.environ)", "str(os.environ)", "os.environ | {}", "{**os.environ}",
        "os.environb.copy()", "any(each.startswith('REPORT_') for each in os.environ)",
    ],
)  # fmt: skip
def test_all_variables_however_they_are_listed(project, code):
    if code.endswith("items()"):
        code = f"list({code})"
    assert seen(project, code)["lists_variables"]


def test_what_libraries_ask_for_themselves_does_not_count(project):
    found = seen(project, "import subprocess, tempfile, webbrowser; tempfile.gettempdir()")
    assert (found["variables"], found["lists_variables"]) == ([], False)


def test_files_and_attributes_work_as_ever_under_a_watch(project):
    seen(
        project,
        """
        import shutil
        assert os.stat("data").st_mode == Path("data").stat().st_mode
        assert os.stat in os.supports_follow_symlinks and os.stat in os.supports_dir_fd
        assert os.stat.__name__ == "stat" and os.lstat("data") == os.stat("data")
        try: open("data/none")
        except FileNotFoundError as error: assert error.filename == "data/none"
        assert module.start(Path.cwd()) is watch
        """,
    )


def test_digests_of_what_is_there_and_what_is_not(tmp_path):
    (tmp_path / "f").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (digest_of(tmp_path / "f"), digest_of(tmp_path), digest_of(tmp_path / "g")) == (
        empty, None, None,
    )  # fmt: skip
    assert [kind_of(tmp_path / name) for name in ("f", "", "g")] == ["file", "folder", "absent"]
    names = digest_of_names(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    assert digest_of_names(tmp_path) == names
    (tmp_path / "package").mkdir()
    (tmp_path / "m.py").touch()
    assert importable(tmp_path) == {"package", "m"}
    assert digest_of_names(tmp_path) != names
