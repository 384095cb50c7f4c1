"""A note at the top of a corrected edition, and of each of its pages with a corrected number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from reportbook.files.dates import reader_date
from reportbook.sphinx.domain import results_domain, results_of, to_number

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Record = Mapping[str, Any]

_MOST_SHOWN = 3  # numbers of one correction


class _NoteCorrections(SphinxTransform):
    """Puts the note under the title: on the first page of all, elsewhere of the page's numbers."""

    default_priority = 880  # after titles and directives have their places

    def apply(self, **_: Any) -> None:
        corrections = results_domain(self.env).results.get("corrections")
        if not corrections:
            return
        results = results_of(self.env)
        is_first = self.env.docname == self.config.root_doc
        items = [
            item
            for each in corrections
            if (item := self._item(each, results["numbers"], everything=is_first)) is not None
        ]
        section = next(iter(self.document.findall(nodes.section)), None)
        if not items or section is None:
            return
        what = "This edition was" if is_first else "Numbers of this page were"
        note = nodes.admonition(classes=["warning", "rb-corrected"])
        note += nodes.title("", f"{what} corrected after the release")
        note += nodes.bullet_list("", *items)
        section.insert(1, note)

    def _item(self, each: Record, numbers: Record, *, everything: bool) -> nodes.list_item | None:
        """One correction: its day, its reason, and what each number was and is."""
        named = [
            name
            for name in each["what"]
            if everything or numbers.get(name, {}).get("notebook") == self.env.docname
        ]
        if not named:
            return None
        date = reader_date(each["date"], self.config.language or "en")
        # one number under two names is said once
        moved = {item.astext(): item for item in (self._moved(n, each, numbers) for n in named)}
        said = nodes.list_item("", nodes.paragraph("", f"{date}: {each['why']}"))
        said += folded(list(moved.values()))
        return said

    def _moved(self, name: str, each: Record, numbers: Record) -> nodes.list_item:
        label = (numbers.get(name) or {}).get("label") or name
        shown: nodes.Node = nodes.Text(label)
        if name in numbers:
            shown = to_number(name, numbers[name], nodes.inline("", label), self.env.docname)
        moved = each["what"][name]
        said = nodes.Text(f": {moved['is']}, before the correction {moved['was']}")
        return nodes.list_item("", nodes.paragraph("", "", shown, said))


def folded(items: Sequence[nodes.list_item]) -> list[nodes.Node]:
    """A list of numbers, behind a click where it would push the page away."""
    found = nodes.bullet_list("", *items)
    if len(items) <= _MOST_SHOWN:
        return [found]
    opened = f"<details><summary>{len(items)} numbers</summary>"
    return [nodes.raw("", opened, format="html"), found, nodes.raw("", "</details>", format="html")]


def corrections_of(name: str, results: Record, language: str) -> Iterator[str]:
    """What corrections say of one number, a sentence each."""
    for each in results.get("corrections") or ():
        if name in each["what"]:
            date, was = reader_date(each["date"], language), each["what"][name]["was"]
            yield f"{date}: was {was}. {each['why']}"


def setup(app: Sphinx) -> None:
    """Have each page that is read get its note."""
    app.add_transform(_NoteCorrections)
