"""A real browser for tests: Debian's Chromium, or the one that the environment names."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportbook.site.server import HOST, server

_NAMED_BY = ("CHROMIUM", "PLAYWRIGHT_CHROMIUM_EXECUTABLE")
_CALLED = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",  # which needs rights that containers do not give
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)


def executable() -> str | None:
    """The browser's program; None where there is none."""
    named = (os.environ.get(name) for name in _NAMED_BY)
    return next(filter(None, (*named, *map(shutil.which, _CALLED))), None)


@contextlib.contextmanager
def launched() -> Iterator[Any]:
    """A running browser; without one the test is skipped, except where all tests must run."""
    program = executable()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        missing = "No browser: install Chromium and 'playwright', or name one by CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a site is served while the block runs."""
    with server(site, 0) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{serving.server_port}"
        finally:
            serving.shutdown()
            thread.join()


@pytest.fixture(scope="module")  # two at a time in one process is more than playwright allows
def chromium() -> Iterator[Any]:
    """A running browser."""
    with launched() as running:
        yield running
