"""Code of a report's modules is never older than their source, whatever times the files have.

Each import is done by a process of its own, as a run is.
"""

import importlib.util
import marshal
import os
import shutil
import subprocess
import sys

import pytest

CODE = "import sys; sys.path.insert(0, 'src'); import things; print(things.x)"
BY_CONTENT = f"from reportbook.running.compiled_modules import install; install(); {CODE}"
LONG_AGO = 1_000_000_000


@pytest.fixture
def root(tmp_path):
    (tmp_path / "src").mkdir()
    write(tmp_path, "x = 1\n")
    return tmp_path


def write(root, text, at=LONG_AGO):
    path = root / "src" / "things.py"
    path.write_text(text)
    os.utime(path, (at, at))


def compiled(root):
    (found,) = (root / "src" / "__pycache__").glob("things.*.pyc")
    return found


def printed(root, code=BY_CONTENT, **variables):
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=root, env=given | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_other_bytes_with_the_same_size_and_time(root):
    assert printed(root, CODE) == "1"  # Python itself keeps it compiled, by its time
    write(root, "x = 2\n")
    assert printed(root, CODE) == "1"  # and is wrong
    assert printed(root) == "2"
    write(root, "x = 3\n")
    assert printed(root) == "3"
    write(root, "x = 4\n")
    assert printed(root, CODE) == "4"  # what is kept now, any Python checks by content


def test_what_is_kept_is_taken_while_the_source_is_the_same(root):
    assert printed(root) == "1"
    kept = compiled(root).read_bytes()
    # a module whose source prints 1 and whose compiled form prints 7: only the latter can say so
    made = compile("x = 7", str(root / "src" / "things.py"), "exec")
    compiled(root).write_bytes(kept[:16] + marshal.dumps(made))
    write(root, "x = 1\n", at=LONG_AGO + 5)  # times say nothing
    assert printed(root) == "7"
    write(root, "x = 1 \n")
    assert printed(root) == "1"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: kept[:20],
        lambda kept: kept[:16] + b"\0" * 40,
        lambda kept: kept[:16] + b"i\1\0\0\0",  # a number, no code
        lambda kept: b"",
    ],
)
def test_what_is_kept_and_broken_counts_as_absent(root, spoil):
    assert printed(root) == "1"
    whole = compiled(root).read_bytes()
    compiled(root).write_bytes(spoil(whole))
    assert printed(root) == "1"
    assert compiled(root).read_bytes() == whole


def test_a_copied_folder_names_its_own_files(root, tmp_path_factory):
    code = BY_CONTENT + "; print(things.f.__code__.co_filename)"
    write(root, "x = 1\ndef f(): pass\n")
    copy = tmp_path_factory.mktemp("copies") / "copy"
    printed(root, code)
    shutil.copytree(root, copy)
    assert printed(copy, code.replace("'src'", "__import__('os').path.abspath('src')")).endswith(
        str(copy / "src" / "things.py")
    )


def test_where_nothing_may_be_written_nothing_is_kept(root):
    assert printed(root, PYTHONDONTWRITEBYTECODE="1") == "1"
    assert not (root / "src" / "__pycache__").exists()
    (root / "src" / "__pycache__").write_text("no folder")
    assert printed(root) == "1"


def test_installed_packages_are_loaded_as_ever(root):
    code = BY_CONTENT.replace("print(things.x)", "import yaml, json.tool; print(yaml.__cached__)")
    kept = importlib.util.cache_from_source(importlib.util.find_spec("yaml").origin)
    assert printed(root, code) == kept
    with open(kept, "rb") as stream:
        assert stream.read(8)[4:] == bytes(4)


def test_a_loader_that_changes_code_leaves_nothing_behind(root):
    changed = f"""
from importlib.machinery import FileFinder, SourceFileLoader
import sys
from reportbook.running.compiled_modules import install; install()

class Doubled(SourceFileLoader):
    def source_to_code(self, data, path, **more):
        return compile(data.replace(b"1", b"2"), path, "exec")

sys.path_hooks.insert(0, FileFinder.path_hook((Doubled, [".py"])))
sys.path_importer_cache.clear()
{CODE}
"""
    assert printed(root) == "1"
    assert printed(root, changed) == "2"
    assert printed(root) == "1"
