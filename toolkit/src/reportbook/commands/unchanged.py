"""A build in which nothing is to be done: found out before anything heavy is imported."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from reportbook.cache.runs import Memory
from reportbook.commands.progress import Outcome, Summary
from reportbook.files.lock import alone
from reportbook.report.editions import edition_names, latest_first
from reportbook.report.project import Project
from reportbook.site.published import Books, Published


def nothing_to_do(
    project: Project, names: Sequence[str], overrides: Mapping[str, str]
) -> Summary | None:
    """What a build of the editions named (all, if none is) comes to where all are fresh.

    None where any is not, or the site's own files are not as they were put there.
    """
    started = time.perf_counter()
    with alone(project.build):
        books = Books(project, Memory(project.root, project.memory))
        asked = list(dict.fromkeys(names)) or edition_names(project)
        if not asked or not books.site_is_intact():
            return None
        fresh: dict[str, Published] = {}
        for name in asked:
            found = books.fresh([name], overrides)
            if not found:
                return None
            fresh |= found
        books.settle(books.unsettled)
    ordered = latest_first([each.edition for each in fresh.values()])
    return summary(books, [as_published(fresh[each.name]) for each in ordered], started)


def as_published(each: Published) -> Outcome:
    """The outcome of an edition of which nothing had to be built."""
    made = each.made
    return Outcome(
        each.edition, pages=made.pages, numbers=made.numbers, charts=made.charts, fresh=True
    )


def summary(books: Books, outcomes: Sequence[Outcome], started: float) -> Summary:
    """What a build that began at `started` made, and which editions it left as they were."""
    site = books.project.site
    made = {each.edition.name for each in outcomes if not each.problems and not each.waiting}
    kept = [name for name in books.listed() if name not in made and (site / name).is_dir()]
    return Summary(site, outcomes, time.perf_counter() - started, kept)
