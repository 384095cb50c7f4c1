"""Producers' files as tests make them, and the rows that were read of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.producers.reading import Reading


def read_made(
    read: Callable[[Sequence[Path]], Reading], folder: Path, **files: str | bytes | list | dict
) -> Reading:
    """Read files of one producer; a name's last ``_`` stands for the dot before its suffix."""
    return read([_write(folder, name, content) for name, content in files.items()])


def _write(folder: Path, name: str, content: str | bytes | list | dict) -> Path:
    stem, _, suffix = name.rpartition("_")
    path = folder / f"{stem}.{suffix}"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def rows(reading: Reading) -> list[tuple[Any, ...]]:
    """Return the rows with None for what is missing."""
    return [
        tuple(None if str(cell) == "<NA>" else cell for cell in row)
        for row in reading.rows.itertuples(index=False)
    ]


def dropped(reading: Reading) -> Mapping[str, int]:
    """Return the number of rows left out by reason."""
    return {each.why: each.rows for each in reading.dropped}
