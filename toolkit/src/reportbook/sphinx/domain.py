"""Which pages show results, and from which results they were read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.util.nodes import make_refnode

from reportbook.results.files import RESULTS, load_results
from reportbook.results.records import read_results

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from reportbook.results.schema import Results


class ResultsDomain(Domain):
    """Holds, by page, the fingerprint of the results it was read with; where the ledger stands.

    `pages` gives the page of the ledger and that of the list of sources, where the book has them.
    """

    name = "reportbook"
    label = "Results of notebooks"
    initial_data: ClassVar[dict[str, Any]] = {"read_with": {}, "pages": {}}
    data_version = 2

    def clear_doc(self, docname: str) -> None:
        self.data["read_with"].pop(docname, None)
        for kind, page in list(self.data["pages"].items()):
            if page == docname:
                del self.data["pages"][kind]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames:
            if docname in otherdata["read_with"]:
                self.data["read_with"][docname] = otherdata["read_with"][docname]
        for kind, page in otherdata["pages"].items():
            if page in docnames:
                self.data["pages"][kind] = page

    def note_page(self, kind: str, docname: str) -> None:
        """Remember that a page holds the ledger, or the list of sources."""
        self.data["pages"][kind] = docname

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element | None:
        """A link to a number's entry or a source's; to the number's page without a ledger."""
        page, place = address_of(env, typ, target, node.get("otherwise"))
        if page is None:
            return contnode
        return make_refnode(builder, fromdocname, page, place, contnode)

    def results(self) -> Results:
        """The results shown in this book."""
        return _load(self.env)[0]


def address_of(
    env: BuildEnvironment, kind: str, target: str, otherwise: str | None = None
) -> tuple[str | None, str]:
    """The page that describes a number or a source, and the place on it.

    In a book without such a page it is the page `otherwise`, if any.
    """
    pages = env.get_domain("reportbook").data["pages"]
    page = pages.get("ledger" if kind == "number" else "sources")
    if page is None:
        return otherwise, ""
    return page, entry_id(target) if kind == "number" else source_id(target)


def entry_id(name: str) -> str:
    """The address of a number's entry within the ledger."""
    return f"number-{nodes.make_id(name)}"


def source_id(key: str) -> str:
    """The address of a source within the list of sources."""
    return f"source-{nodes.make_id(key)}"


def ledger_page(env: BuildEnvironment) -> str | None:
    """The page that holds the ledger; None in a book without one."""
    return env.get_domain("reportbook").data["pages"].get("ledger")


def to_number(
    name: str, record: Mapping[str, Any], shown: nodes.Node, docname: str
) -> addnodes.pending_xref:
    """A link to a number's entry in the ledger, or to its page in a book without one."""
    return addnodes.pending_xref(
        "",
        shown,
        refdomain="reportbook",
        reftype="number",
        reftarget=name,
        refwarn=True,
        refdoc=docname,
        otherwise=record["notebook"],
    )


def results_of(env: BuildEnvironment) -> Results:
    """The results shown in this book, noting that the page being read depends on them.

    They come from ``results.json`` in the source folder, else from the outputs of the notebooks
    the book contains.
    """
    results, fingerprint = _load(env)
    env.get_domain("reportbook").data["read_with"][env.docname] = fingerprint
    return results


def _load(env: BuildEnvironment) -> tuple[Results, str]:
    known = getattr(env.app, "_reportbook_results", None)
    if known is None:
        path = Path(env.srcdir) / RESULTS
        results = load_results(path, RESULTS) if path.is_file() else _from_notebooks(env)
        text = json.dumps(results, sort_keys=True)
        known = results, hashlib.sha256(text.encode()).hexdigest()
        env.app._reportbook_results = known  # once per build; workers inherit it
    return known


def _from_notebooks(env: BuildEnvironment) -> Results:
    paths = {address: Path(env.doc2path(address)) for address in sorted(env.found_docs)}
    notebooks = {address: path for address, path in paths.items() if path.suffix == ".ipynb"}
    return read_results(notebooks, edition="", language=env.config.language or "en")


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages whose results have changed since they were read."""
    read_with = env.get_domain("reportbook").data["read_with"]
    if not read_with:
        return []
    _, fingerprint = _load(env)
    return [page for page, earlier in read_with.items() if earlier != fingerprint]


def setup(app: Sphinx) -> None:
    app.add_domain(ResultsDomain)
    app.connect("env-get-outdated", _outdated)
