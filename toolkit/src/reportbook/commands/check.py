"""What is wrong with a report, as far as that can be said without building it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from reportbook.checking.data import check_data, check_sources
from reportbook.checking.notebooks import check_notebooks
from reportbook.checking.prose import check_quoted, check_typed, check_whens
from reportbook.comparing.data_rows import row_keys
from reportbook.errors import ReportError
from reportbook.report.editions import load_all
from reportbook.report.project import Project
from reportbook.results.records import read_results


@dataclass(frozen=True)
class Checked:
    """The problems of a report, one sentence each, and how much of it was checked."""

    problems: Sequence[str]
    pages: int
    notebooks: int
    editions: int


def check(project: Project) -> Checked:
    """Check data, contents, editions, prose and committed notebooks; nothing is run.

    Raises
    ------
    ReportError
        If the notebooks as committed cannot be read, or two publish one name.
    """
    committed = {page.address: page.path for page in project.notebooks}
    results = read_results(committed, edition="", language=project.language)
    problems = [
        *check_data(project),
        *check_notebooks(project),
        *check_typed(project),
        *check_whens(project, results, chain.from_iterable(row_keys(project.data).values())),
        *check_quoted(project, results),
        *check_sources(project, results),
    ]
    editions = 0
    try:
        editions = len(load_all(project))
    except ReportError as error:
        problems.append(str(error))
    return Checked(problems, len(project.pages), len(project.notebooks), editions)
