"""Whether a build of a released edition gives the numbers that it was released with."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportbook.report.corrections import ARROW, BLANK
from reportbook.report.editions import Edition
from reportbook.report.project import Project
from reportbook.results.files import RESULTS
from reportbook.results.released import moved_since, not_of_release, read_record, record_folder


def check_corrections(project: Project, editions: Iterable[Edition]) -> Iterator[str]:
    """What the corrections of editions say of their releases that is not so."""
    for edition in editions:
        if not edition.corrections:
            continue
        released = read_record(project, edition.name)
        if released is None:
            yield (
                f"{edition.file} has corrections, but '{edition.name}' was never released: "
                f"'reportbook release {edition.name}' records what it says."
            )
            continue
        for name, said in not_of_release(released, edition.corrections):
            yield (
                f"{edition.file} corrects '{name}', but what it says was published before is not "
                f"what was: that is '{said}'."
            )


def check_released(project: Project, edition: Edition, results: Mapping[str, Any]) -> list[str]:
    """What a build gives otherwise than the release, with the correction that would say so.

    Nothing is wrong with an edition that was not released, or with a try of one.
    """
    released = None if edition.try_of else read_record(project, edition.name)
    moved = moved_since(released, results, edition.corrections) if released else []
    if not moved:
        return []
    record = project.shown(record_folder(project, edition.name) / RESULTS)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return [
        f"'{edition.name}' is released ({record}), and this build gives other numbers:\n"
        + "\n".join(f"  {each}" for each in moved)
        + f"\n'reportbook verify {edition.name}' says what has changed. To correct the "
        f"edition, add this to {edition.file}, with the reason:\n"
        + ("" if edition.corrections else "corrections:\n")
        + f'  - date: "{today}"\n    why: {BLANK}\n    what:\n'
        + "\n".join(
            f"      {each.name}: {_quoted(f'{each.was}{ARROW}{each.now}')}" for each in moved
        )
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # what JSON has in quotes, YAML reads as text
