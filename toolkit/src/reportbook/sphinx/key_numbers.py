"""The directive that shows key numbers, a card each: ``{key-numbers}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from reportbook.errors import did_you_mean
from reportbook.results.attribution import attributions
from reportbook.results.naming import name_and_dates
from reportbook.sphinx.domain import results_of
from reportbook.sphinx.quoted_number import quoted

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class KeyNumbersDirective(SphinxDirective):
    """``{key-numbers}``, with the name of a published number on each line.

    Numbers without a value have no card where others have one.

    A card shows what the number is called, its value, range, dates and publishers. A number that
    has no name or no date of its own is shown by its label. The value is a quoted number: a link to
    its entry in the ledger, with an explanation on hover.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The cards; a warning for each name that no notebook publishes."""
        results = results_of(self.env)
        cards = nodes.bullet_list(classes=["rb-cards"])
        problems: list[nodes.Node] = []
        numbers = results["numbers"]
        names = [name for line in self.content if (name := line.strip())]
        known = {name for name in names if name in numbers and numbers[name]["value"] is not None}
        for name in names:
            if name in numbers:
                if known and name not in known:
                    continue
                cards += nodes.list_item("", *self._card(name, results))
            else:
                problem = f"no notebook of this book publishes the number '{name}'."
                problem += did_you_mean(name, results["numbers"])
                problems.append(self.state.document.reporter.warning(problem, line=self.lineno))
        return [*problems, cards] if len(cards) else problems

    def _card(self, name: str, results: Mapping[str, Any]) -> Iterator[nodes.Node]:
        record = results["numbers"][name]
        formats = record.get("formats") or {}
        called, dates = name_and_dates(name, record)
        yield nodes.paragraph("", called, classes=["rb-card-label"])
        form = "words" if "words" in formats else "value"
        value = nodes.paragraph(classes=["rb-card-value"])
        if form in formats:
            value += quoted(name, form, results, self.env.config.language or "en")
        else:
            value += nodes.Text(record["text"])
        yield value
        sources = [results["sources"].get(key, {}) for key in record.get("sources") or ()]
        said = record.get("reason") or " · ".join(told(record, dates, attributions(sources)))
        yield nodes.paragraph("", said, classes=["rb-card-said"])


def told(record: Mapping[str, Any], dates: str, by: str) -> Iterator[str]:
    """What a card says below a value: the range unless it is exact, the dates and who says so."""
    exact = record["value"] == record.get("low") == record.get("high")
    bounds = "" if exact else (record.get("formats") or {}).get("bounds")
    yield from filter(None, (bounds, dates, by))


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("key-numbers", KeyNumbersDirective)
