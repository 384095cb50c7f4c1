"""Fixtures shared by the toolkit's tests: a miniature report, unbuilt, built, and to break."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import miniature
import pytest
from browser import chromium  # noqa: F401

from reportbook.commands.accept import accept
from reportbook.commands.build import build
from reportbook.report.project import load_project


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A miniature report that nobody has built."""
    return miniature.write(tmp_path / "report")


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    root = miniature.write(tmp_path_factory.mktemp("built") / "report")
    summary = build(load_project(root), jobs=2)
    assert not summary.failed, [outcome.problems for outcome in summary.outcomes]
    return SimpleNamespace(root=root, site=root / "_build" / "site", summary=summary)


@pytest.fixture
def built(_built_once: SimpleNamespace) -> SimpleNamespace:
    """The miniature report with its two editions published; to look at, not to change."""
    return _built_once


@pytest.fixture
def published(_built_once: SimpleNamespace, tmp_path: Path) -> Path:
    """A copy of the miniature report as published, to break."""
    root = tmp_path / "report"
    shutil.copytree(_built_once.root, root)
    return root


@pytest.fixture(scope="session")
def _accepted_once(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    root = miniature.write(tmp_path_factory.mktemp("accepted") / "report")
    return SimpleNamespace(root=root, answers=accept(load_project(root), jobs=2))


@pytest.fixture
def accepted(_accepted_once: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """A copy of the miniature report with outputs in its notebooks, and what accept answered."""
    root = tmp_path / "accepted"
    shutil.copytree(_accepted_once.root, root)
    return SimpleNamespace(root=root, answers=_accepted_once.answers)
