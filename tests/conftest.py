"""Fixtures shared by tests of this report's own site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser import chromium  # noqa: F401
from hypothesis import settings

from reportbook.commands.build import build
from reportbook.report.project import load_project

ROOT = Path(__file__).parent.parent

# How long an example takes says how busy the machine is, not whether the property holds.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def report_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the report itself with its latest edition: built once, to look at."""
    return _built(tmp_path_factory.mktemp("itself") / "report", "latest")


@pytest.fixture(scope="session")
def dated_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the editions that have a date, and with no other that could tell more."""
    return _built(tmp_path_factory.mktemp("dated") / "report", "2020-05", "2023-12")


def _built(root: Path, *editions: str) -> Path:
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    (root / "editions").mkdir()
    of_editions = (f"editions/{edition}.yml" for edition in editions)
    for name in ("_config.yml", "_toc.yml", "CITATION.cff", *of_editions):
        shutil.copyfile(ROOT / name, root / name)
    summary = build(load_project(root), jobs=2)
    assert not summary.failed, [outcome.problems for outcome in summary.outcomes]
    return summary.site
