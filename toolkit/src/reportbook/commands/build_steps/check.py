"""The first step of a build: find what is wrong, and what there is to do, before anything runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportbook.checking.front import check_before_runs
from reportbook.commands.build_steps.order import Order
from reportbook.comparing.previous import editions_before, plans_for
from reportbook.comparing.steps import Plan
from reportbook.errors import ReportError
from reportbook.report.editions import FOLDER as EDITIONS
from reportbook.report.editions import Edition, archived_names, load_editions
from reportbook.report.project import named_notebooks
from reportbook.site.published import Books, Published


@dataclass(frozen=True)
class ToDo:
    """What there is to do for the editions of a build.

    `fresh` are those that are published as they would be built now. `plans` says by name how an
    edition is compared with the one before it: None where there is none, a sentence where a mistake
    stands in the way, no entry where no page shows changes. `only` are the files of the notebooks
    that may be run; all may if it is empty.
    """

    editions: Sequence[Edition]
    fresh: Mapping[str, Published]
    plans: Mapping[str, Plan | str | None]
    only: Collection[Path]

    @property
    def to_make(self) -> list[Edition]:
        """The editions whose books have to be made."""
        return [each for each in self.editions if each.name not in self.fresh]

    @property
    def to_run(self) -> list[Edition]:
        """The editions whose runs are needed: for their own books, or to compare others with."""
        made = {each.name for each in self.to_make}
        compared = {plan.old.name for name in made if (plan := self.plan(name))}
        return [each for each in self.editions if each.name in made | compared]

    def plan(self, name: str) -> Plan | None:
        """How an edition is compared with the one before it; None if it is not."""
        found = self.plans.get(name)
        return found if isinstance(found, Plan) else None


def check(books: Books, order: Order) -> ToDo:
    """Load the editions, check all that can be checked now, and find which are fresh.

    Raises
    ------
    ReportError
        If the project, its prose or an edition is wrong.
    """
    project = books.project
    books.begin()
    for name in set(order.names) & set(archived_names(project)):
        raise ReportError(
            f"{EDITIONS}/{name}.yml is archived: the edition stays as it was published. Take the "
            "line 'archived: true' out to build it again."
        )
    editions = load_editions(project, order.names, overrides=order.overrides, grid=order.grid)
    only = {page.path for page in named_notebooks(project, order.only)}
    before = editions_before(project, editions)
    fresh: Mapping[str, Published] = {}
    if not order.force:
        loaded = None
        if not isinstance(before, str):
            loaded = {each.name: (each, before.get(each.name)) for each in editions}
        fresh = books.fresh([each.name for each in editions], order.overrides, loaded)
    to_do = ToDo(editions, fresh, plans_for(project, editions, before), only)
    problems = check_before_runs(project, to_do.to_make, thoroughly=False)
    if problems:
        raise ReportError("\n".join(problems))
    return to_do
