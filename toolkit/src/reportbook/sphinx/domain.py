"""The results that the pages show; which pages must be read again when the results change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

_AT_FIRST: dict[str, Any] = {"read_with": {}, "pages": {}}


class ResultsDomain(Domain):
    """The results, and for each page the fingerprint of the results it was read with."""

    name = "reportbook"
    label = "Results of notebooks"
    initial_data = _AT_FIRST
    data_version = 2

    def clear_doc(self, docname: str) -> None:
        """Forget a page; Sphinx calls this before it reads the page again."""
        self.data["read_with"].pop(docname, None)
        for kind, page in list(self.pages.items()):
            if page == docname:
                del self.pages[kind]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted while it read the pages `docnames`."""
        for docname in docnames:
            if docname in otherdata["read_with"]:
                self.data["read_with"][docname] = otherdata["read_with"][docname]
        for kind, page in otherdata["pages"].items():
            if page in docnames:
                self.pages[kind] = page

    @property
    def pages(self) -> dict[str, str]:
        """The page of the ledger and that of the list of sources, where the book has them."""
        pages: dict[str, str] = self.data["pages"]
        return pages

    def note_page(self, kind: str, docname: str) -> None:
        """Remember that a page holds the ledger, or the list of sources."""
        self.pages[kind] = docname

    def resolve_xref(  # type: ignore[override]  # words that lead nowhere stay, and are no link
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

    @cached_property  # once per build; processes that read or write in parallel inherit it
    def results(self) -> Results:
        """The results shown in this book.

        They come from ``results.json`` in the source folder, else from the outputs of the
        notebooks the book contains.
        """
        path = Path(self.env.srcdir) / RESULTS
        return load_results(path, RESULTS) if path.is_file() else _from_notebooks(self.env)

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the results: other results, another fingerprint."""
        text = json.dumps(self.results, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def results_domain(env: BuildEnvironment) -> ResultsDomain:
    """The domain of results of this build."""
    domain = env.get_domain(ResultsDomain.name)
    assert isinstance(domain, ResultsDomain)  # Sphinx keeps domains by name, whatever their class
    return domain


def address_of(
    env: BuildEnvironment, kind: str, target: str, otherwise: str | None = None
) -> tuple[str | None, str]:
    """The page that describes a number or a source, and the place on it.

    In a book without such a page it is the page `otherwise`, if any.
    """
    pages = results_domain(env).pages
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
    return results_domain(env).pages.get("ledger")


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
    """The results shown in this book, noting that the page being read depends on them."""
    domain = results_domain(env)
    domain.data["read_with"][env.docname] = domain.fingerprint
    return domain.results


def _from_notebooks(env: BuildEnvironment) -> Results:
    paths = {address: Path(env.doc2path(address)) for address in sorted(env.found_docs)}
    notebooks = {address: path for address, path in paths.items() if path.suffix == ".ipynb"}
    return read_results(notebooks, edition="", language=env.config.language or "en")


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages whose results have changed since they were read."""
    domain = results_domain(env)
    read_with = domain.data["read_with"]
    if not read_with:
        return []
    return [page for page, earlier in read_with.items() if earlier != domain.fingerprint]


def setup(app: Sphinx) -> None:
    """Add the domain, and have pages read again whose results have changed."""
    app.add_domain(ResultsDomain)
    app.connect("env-get-outdated", _outdated)
