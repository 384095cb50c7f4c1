"""What is wrong with a report, as far as that can be said without building it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from reportbook.checking.data import check_sources, mend_data
from reportbook.checking.front import check_before_runs
from reportbook.checking.notebooks import check_notebooks
from reportbook.checking.prose import check_quoted, check_whens
from reportbook.checking.publishing_reports import publishes
from reportbook.comparing.data_rows import row_keys
from reportbook.errors import ReportError
from reportbook.report.editions import Edition, load_all
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
    """Check data, contents, editions, prose and committed notebooks; no notebook is run.

    What stops a build before it runs a notebook is found here, and said in the same words.
    """
    editions: Sequence[Edition] = ()
    problems: list[str] = []
    try:
        editions = load_all(project)
    except ReportError as error:
        problems.append(str(error))
    problems += check_before_runs(project, editions)
    outputs = check_notebooks(project) if publishes(project) else []
    problems += outputs
    if not outputs:  # else what they publish is not known
        try:
            problems += _of_results(project)
        except ReportError as error:
            problems.append(str(error))
    return Checked(
        list(dict.fromkeys(problems)), len(project.pages), len(project.notebooks), len(editions)
    )


def mend(project: Project) -> list[str]:
    """Mend what is safe to mend, and say what was done."""
    return mend_data(project)


def _of_results(project: Project) -> Iterable[str]:
    """What prose and data ask of what the committed notebooks publish."""
    committed = {page.address: page.path for page in project.notebooks}
    results = read_results(committed, edition="", language=project.language)
    yield from check_whens(project, results, chain.from_iterable(row_keys(project.data).values()))
    yield from check_quoted(project, results)
    yield from check_sources(project, results)
