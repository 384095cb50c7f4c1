"""All that can stop a build before a notebook runs: `check` says it, and every build asks it first.

So the two never disagree, and a mistake in the data is said once, not by every notebook that reads
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportbook.checking.configuration import check_configuration
from reportbook.checking.data import check_data
from reportbook.checking.links import check_links
from reportbook.checking.prose import check_conditions, check_typed
from reportbook.checking.python_code import check_code
from reportbook.checking.released import check_corrections
from reportbook.checking.report_code import check_parameters
from reportbook.errors import ReportError
from reportbook.report.editions import Edition, check_leads
from reportbook.report.project import Project


def check_before_runs(
    project: Project, editions: Sequence[Edition], *, thoroughly: bool = True
) -> list[str]:
    """What would stop these editions before a notebook runs, one sentence for each mistake.

    `thoroughly` is as of `check_data`. The report's own code is asked only if all of it is Python.
    """
    return list(dict.fromkeys(_found(project, editions, thoroughly=thoroughly)))


def _found(project: Project, editions: Sequence[Edition], *, thoroughly: bool) -> Iterator[str]:
    try:
        check_leads(project)
    except ReportError as error:
        yield str(error)
    yield from check_configuration(project)
    yield from check_typed(project)
    yield from check_conditions(project)
    yield from check_links(project)
    yield from check_corrections(project, editions)
    broken = check_code(project)
    yield from broken
    try:
        data = check_data(project, thoroughly=thoroughly, by_module=not broken)
        yield from data
        if not broken:
            yield from check_parameters(project, editions, said=data)
    except ReportError as error:
        yield str(error)
