"""What is wrong with a report, as far as that can be said without building it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from reportbook.checking.data import mend_data
from reportbook.checking.front import check_before_runs
from reportbook.checking.links import pages_left_out
from reportbook.checking.notebooks import check_notebooks
from reportbook.checking.prose import check_conditions, check_quoted, check_whens
from reportbook.checking.publishing_reports import keeps_no_record, publishes
from reportbook.checking.report_code import file_named
from reportbook.checking.sources import check_sources, published_sources
from reportbook.commands.trial_book import NAME, trial_book
from reportbook.comparing.data_rows import row_keys
from reportbook.errors import ReportError, listed
from reportbook.report.editions import Edition, archived_names, load_all
from reportbook.report.project import Project
from reportbook.report.settings import CONFIG, check_front
from reportbook.results.records import read_results
from reportbook.results.schema import Results


@dataclass(frozen=True)
class Checked:
    """The problems of a report, one sentence each, and how much of it was checked.

    `remarks` stop no build.
    """

    problems: Sequence[str]
    remarks: Sequence[str]
    pages: int
    notebooks: int
    editions: int


def check(project: Project) -> Checked:
    """Check data, contents, editions, prose and committed notebooks; no notebook is run.

    What stops a build before it runs a notebook is found here, and said in the same words. If all
    of that is well, the book is made once of the committed notebooks: so what only Sphinx knows is
    found, too.
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
    # else it is not known what readers see, or what is published
    if not outputs and not check_conditions(project) and not keeps_no_record(project):
        try:
            results = _published(project)
            problems += _of_results(project, results, editions)
            if not problems:
                problems += trial_book(project, results)
        except ReportError as error:
            if file_named(str(error)) not in map(file_named, problems):
                problems.append(str(error))
    return Checked(
        list(dict.fromkeys(problems)),
        [*pages_left_out(project), *_typed_by_permission(project)],
        len(project.pages),
        len(project.notebooks),
        len(editions),
    )


def _typed_by_permission(project: Project) -> Iterable[str]:
    allowed = sorted(project.settings.typed_numbers_on)
    if allowed:
        yield (
            f"{CONFIG}: numbers may be typed on {listed(allowed)}, and nothing says what they rest "
            "on."
        )


def mend(project: Project) -> list[str]:
    """Mend what is safe to mend, and say what was done."""
    return mend_data(project)


def _published(project: Project) -> Results:
    """What the committed notebooks publish."""
    committed = {page.address: page.path for page in project.notebooks}
    results = read_results(
        committed, edition=NAME, title=NAME, language=project.language, parameters={}
    )
    results["rows"] = row_keys(project.data)
    return results


def _of_results(project: Project, results: Results, editions: Iterable[Edition]) -> Iterable[str]:
    """What front page, prose and data ask of the results and do not find there."""
    yield from check_front(project.settings.front, results)
    yield from check_whens(project, results, chain.from_iterable(results["rows"].values()))
    yield from check_quoted(project, results)
    # of the other editions it is known what they use if they are published
    with_values = [each.name for each in editions if any(each.given.values()) and not each.series]
    others = [*with_values, *archived_names(project)]
    yield from check_sources(
        project, set(results["sources"]), others, partial(published_sources, project)
    )
