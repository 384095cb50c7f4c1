"""A producer as small as they come: cats by owner, in lines or pages, and its service."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from reportbook.snapshots import brought, producers, services


class Bureau:
    """Reads ``owner cats`` lines, or pages of its service."""

    @staticmethod
    def read(paths):
        lines = [line for path in paths for line in _lines(Path(path))]
        if any(len(line) != 2 for line in lines):
            raise ValueError(f"{paths[0].name}, line 1: two words are needed.")
        rows = pd.DataFrame({"owner": [a for a, _ in lines], "cats": [int(b) for _, b in lines]})
        return SimpleNamespace(
            rows=rows, table="cats", key=("owner",), whole=("owner",), amounts=("cats",),
            summary="cats of all owners", published="2024-01", retrieved="",
            title="Census of cats", publisher="Bureau", licence="CC0",
            address="https://example.org/cats",
            dropped=(SimpleNamespace(rows=1, why="a dog"),), remarks=("Some cats hid.",),
        )  # fmt: skip


def _lines(path):
    if path.suffix == ".json":
        return [[owner, cats] for owner, cats in json.loads(path.read_bytes())["cats"].items()]
    return [line.split() for line in path.read_text().splitlines()]


class Counter:
    """The bureau's service: a page for each letter; the first names the others."""

    ADDRESS = "http://127.0.0.1:1/"
    PAUSE = 0.0

    @staticmethod
    def first_pages(address, asked):
        if set(asked) - {"letter"}:
            raise ValueError("Only a letter can be asked for.")
        return [f"{address}cats/{asked.get('letter', 'A')}"]

    @staticmethod
    def next_pages(page, document):
        base = page.rpartition("/")[0]
        return [f"{base}/{letter}" for letter in document.get("more", [])]

    @staticmethod
    def what_is_missing(pages):
        return "" if all(page.get("cats") for page in pages.values()) else "A page has no cats."


def bring(monkeypatch):
    """Let the bureau be what other packages bring, producer and service."""
    brings = {producers.GROUP: Bureau, services.GROUP: Counter}
    monkeypatch.setattr(
        brought,
        "entry_points",
        lambda group: [SimpleNamespace(name="bureau", load=lambda: brings[group])],
    )
