"""The directive that says what changed since the previous edition, and why: ``{changes}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from reportbook.comparing.wording import SECTIONS, causes, facts, summary
from reportbook.results.files import CHANGES, load_changes
from reportbook.sphinx.domain import results_of, to_number

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Record = Mapping[str, Any]


class ChangesDirective(SphinxDirective):
    """``{changes}``: what a reader wants first, in sentences; then numbers that changed, with
    causes; numbers of which no difference can be given; new numbers; numbers that are gone.

    Its text stands between the sentences and the numbers, where there is something to compare. All
    else is read from ``changes.json`` beside the results, which the build of an edition writes.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The summary and a section for each kind of change; a sentence where there is nothing."""
        path = Path(self.env.srcdir) / CHANGES
        if not path.is_file():
            once = "Changes are shown once 'reportbook build' has built the edition."
            return [nodes.paragraph("", once)]
        self.env.note_dependency(str(path))
        found = load_changes(path, CHANGES)
        old = found["old"]
        which = "edition as published" if results_of(self.env).get("try_of") else "previous edition"
        before = f"the {which}, {old['title']}" if old else ""
        if "problem" in found:
            said = f"This edition could not be compared with {before or 'the previous edition'}: "
            return [nodes.paragraph("", said + found["problem"])]
        if old is None:
            alone = "This is the first edition: there is no earlier one to compare it with."
            return [nodes.paragraph("", alone)]
        first = nodes.bullet_list(classes=["rb-headlines"])
        first += [nodes.list_item("", nodes.paragraph("", each)) for each in found["headlines"]]
        opening = nodes.paragraph("", f"Compared with {before}: {summary(found)}")
        notes = [nodes.paragraph("", note, classes=["rb-note"]) for note in found["notes"]]
        how = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, how)
        shown = [*([first] if len(first) else []), opening, *notes, *how.children]
        return [*shown, *self._sections(found)]

    def _sections(self, found: Record) -> Iterator[nodes.Node]:
        numbers = results_of(self.env)["numbers"]
        for field, title in SECTIONS:
            if not found[field]:
                continue
            section = nodes.section(ids=[f"changes-{field}"])
            section += nodes.title("", title)
            section += [self._entry(entry, numbers) for entry in found[field]]
            yield section

    def _entry(self, entry: Record, numbers: Record) -> nodes.Node:
        name = entry["name"]
        shown: nodes.Node = nodes.strong("", entry["label"])
        if name in numbers:
            shown = to_number(name, numbers[name], shown, self.env.docname)
        head = nodes.paragraph("", "", shown)
        value, *rest = facts(entry)
        body = nodes.container(classes=["rb-change"])
        body += [head, nodes.paragraph("", value, classes=["rb-change-value"])]
        body += [nodes.paragraph("", line, classes=["rb-note"]) for line in rest]
        why = nodes.bullet_list(classes=["rb-causes"])
        one, _ = self.config.reportbook_observations
        for said in causes(entry, self.env.config.language or "en", one, keys=False):
            why += nodes.list_item("", nodes.paragraph("", said[:1].upper() + said[1:]))
        if len(why):
            body += why
        return body


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("changes", ChangesDirective)
