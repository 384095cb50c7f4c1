"""pyproject.toml, requirements.lock, environment.yml and the CI files must say the same thing."""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
TOOLKIT = tomllib.loads((PROJECT / "toolkit" / "pyproject.toml").read_text("utf-8"))
LOCK = (PROJECT / "requirements.lock").read_text("utf-8")
CONDA = yaml.safe_load((PROJECT / "environment.yml").read_text("utf-8"))
MAKEFILE = (PROJECT / "Makefile").read_text("utf-8")
CHANGELOG = (PROJECT / "CHANGELOG.md").read_text("utf-8")
BOOTSTRAP = (PROJECT / ".ci" / "environment").read_text("utf-8")

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PLATFORMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}

# One entry of the lock: its requirement line with the hash and comment lines below it.
ENTRIES = re.findall(r"^\w.*(?:\n[ \t]+.*)*", LOCK, flags=re.MULTILINE)
PINS = [Requirement(entry.split("\n")[0].rstrip(" \\")) for entry in ENTRIES]

DECLARED = [
    Requirement(text)
    for project in (PYPROJECT, TOOLKIT)
    for group in [
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
    ]
    for text in group
    if Requirement(text).name != TOOLKIT["project"]["name"]  # comes from its folder
]


def marker_environment(python, platform):
    """The values a requirement's marker is asked about, for one Python on one platform."""
    system, os_name = PLATFORMS[platform]
    return default_environment() | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": os_name,
    }


def pinned(name, environment):
    """The versions of a package that the lock gives this environment."""
    return [
        next(iter(pin.specifier)).version
        for pin in PINS
        if canonicalize_name(pin.name) == canonicalize_name(name)
        and (pin.marker is None or pin.marker.evaluate(environment))
    ]


def make_targets_called(text):
    return re.findall(r"^[-\s]*(?:run:\s*)?make (\S+)$", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("python", "platform"), list(product(PYTHONS, PLATFORMS)))
def test_lock_pins_every_dependency_once_within_its_bounds(python, platform):
    environment = marker_environment(python, platform)
    for requirement in DECLARED:
        versions = pinned(requirement.name, environment)
        assert len(versions) == 1, f"{requirement}: the lock has {versions}; run make lock"
        assert requirement.specifier.contains(versions[0], prereleases=True), (
            f"{requirement}: the lock has {versions[0]}; run make lock"
        )


def test_every_lock_entry_is_one_exact_version_with_hashes():
    assert len(ENTRIES) > len(DECLARED)
    for entry in ENTRIES:
        line, first, *_ = entry.split("\n")
        assert re.fullmatch(r"[a-z0-9._-]+==[^\s;]+(?: ; .+)? \\", line), entry
        assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", first), entry


def test_lock_names_no_index_host_or_path():
    # An option (--index-url, --find-links) starts a line; an address or a path has a slash.
    assert re.findall(r"^-.*|.*(?:/|[A-Za-z]:\\).*", LOCK, flags=re.MULTILINE) == []


def test_every_file_accepts_the_same_pythons():
    accepted = SpecifierSet(PYPROJECT["project"]["requires-python"])
    assert [f"3.{minor}" for minor in range(30) if f"3.{minor}.5" in accepted] == PYTHONS
    assert [d for d in CONDA["dependencies"] if str(d).startswith("python ")] == [
        f"python {PYPROJECT['project']['requires-python']}"
    ]
    bootstrap = re.search(r'^versions="(.+)"$', BOOTSTRAP, flags=re.MULTILINE).group(1)
    assert sorted(bootstrap.split()) == PYTHONS
    assert TOOLKIT["project"]["requires-python"] == PYPROJECT["project"]["requires-python"]
    assert f"--python-version {PYTHONS[0]} " in MAKEFILE
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + PYTHONS[0].replace(".", "")


def test_conda_takes_the_packages_from_the_lock():
    assert CONDA["name"] == PYPROJECT["project"]["name"]
    assert CONDA["dependencies"][1:] == ["pip"]
    said = (PROJECT / "environment.yml").read_text("utf-8")
    # with what it asks for, pip would refuse the Sphinx of the lock
    assert "pip install --no-deps --require-hashes --requirement requirements.lock" in said


def test_the_lock_has_what_jupyter_book_is_overridden_with():
    overrides = PYPROJECT["tool"]["uv"]["override-dependencies"]
    assert {Requirement(text).name for text in overrides} == {"sphinx", "myst-parser"}
    for requirement in map(Requirement, overrides):
        for python in PYTHONS:
            (version,) = pinned(requirement.name, marker_environment(python, "linux"))
            assert requirement.specifier.contains(version)


def github_jobs():
    return yaml.safe_load((PROJECT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]


@pytest.mark.parametrize("path", [".github/workflows/ci.yml", ".gitlab-ci.yml", ".ci/run"])
def test_ci_checks_tests_and_then_builds_with_targets_that_exist(path):
    targets = make_targets_called((PROJECT / path).read_text("utf-8"))
    defined = re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE)
    assert targets == ["check", "test", "site"]
    assert set(targets) <= set(defined)


def test_publishing_ci_runs_nothing_but_make():
    gitlab = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
    steps = [step for job in github_jobs().values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    commands += [line for job in gitlab.values() for line in job.get("script", [])]
    assert commands == ["make check", "make test", "make site"] * 2


def test_every_supported_python_is_tested_and_a_system_where_nothing_forks():
    ways = github_jobs()["test"]["strategy"]["matrix"]["include"]
    assert [way["python"] for way in ways if way["os"].startswith("ubuntu")] == PYTHONS
    assert any(way["os"].startswith("macos") for way in ways)
    assert set(github_jobs()["site"]["needs"]) == {"check", "test"}


def test_a_hook_before_commits_runs_only_what_the_environment_has():
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    for hook in hooks[0]["hooks"]:
        assert hook["entry"].startswith(".venv/bin/"), hook


def test_citation_gives_the_version_and_licence_of_the_package():
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == PYPROJECT["project"]["version"]
    assert TOOLKIT["project"]["version"] == PYPROJECT["project"]["version"]
    released = re.findall(r"^## (\d[\d.]+) - (\S+)$", CHANGELOG, flags=re.MULTILINE)
    assert released[0] == (citation["version"], citation["date-released"])
    assert citation["license"] == PYPROJECT["project"]["license"]
