"""The toolkit as people install it: a wheel, in an environment that has no report in it."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import miniature
import pytest

TOOLKIT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder of commands of an environment with the wheel and the packages it needs.

    The packages are those of this environment, found by a path file: path files of their own, by
    which a checkout is installed for editing, are not read there.
    """
    folder = tmp_path_factory.mktemp("wheel")
    backend = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", backend, str(folder)],
        cwd=TOOLKIT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    wheel = folder / made.stdout.strip().splitlines()[-1]
    venv.create(folder / "env", with_pip=False, symlinks=os.name != "nt")
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    paths = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([python, "-c", paths], check=True, capture_output=True, text=True)
    packages = Path(asked.stdout.strip())
    here = sysconfig.get_path("purelib")
    (packages / "packages.pth").write_text(f"{here}\n")
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*command, "--python", python, wheel], check=True)
    return scripts


def in_environment(scripts, *command, folder):
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [scripts / command[0], *command[1:]],
        cwd=folder, env=clean, capture_output=True, text=True,
    )  # fmt: skip


def test_the_wheel_brings_what_it_needs_beside_its_modules(installed, tmp_path):
    code = "import reportbook; print(reportbook.__file__)\nimport analysis"
    done = in_environment(installed, "python", "-c", code, folder=tmp_path)
    assert str(installed.parent) in done.stdout
    assert (installed.parent / "share/jupyter/labextensions/reportbook/package.json").is_file()
    assert "No module named 'analysis'" in done.stderr


def test_a_miniature_report_is_built_without_this_report(installed, tmp_path):
    report = miniature.write(tmp_path / "report")
    done = in_environment(installed, "reportbook", "build", folder=report)
    assert done.returncode == 0, done.stderr
    assert (report / "_build" / "site" / "latest" / "index.html").is_file()
