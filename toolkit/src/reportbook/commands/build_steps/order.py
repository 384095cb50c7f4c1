"""What is asked of a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Order:
    """What is asked of a build; `commands.build.build` says what each part means."""

    names: Sequence[str]
    overrides: Mapping[str, str]
    grid: Path | None
    jobs: int
    timeout: int
    output_limit: int
    force: bool
    only: Sequence[str]
    scheduler: str
