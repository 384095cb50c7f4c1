"""Which pages show results, and from which results they were read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.domains import Domain

from reportbook.notebook_files import read_notebook
from reportbook.records import collect, read_records
from reportbook.staging import RESULTS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ResultsDomain(Domain):
    """Holds, by page, the fingerprint of the results the page was read with."""

    name = "reportbook"
    label = "Results of notebooks"
    initial_data: ClassVar[dict[str, Any]] = {"read_with": {}}
    data_version = 1

    def clear_doc(self, docname: str) -> None:
        self.data["read_with"].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames:
            if docname in otherdata["read_with"]:
                self.data["read_with"][docname] = otherdata["read_with"][docname]


def results_of(env: BuildEnvironment) -> dict[str, Any]:
    """The results shown in this book, noting that the page being read depends on them.

    They come from ``results.json`` in the source folder, else from the outputs of the notebooks
    the book contains.
    """
    results, fingerprint = _load(env)
    env.get_domain("reportbook").data["read_with"][env.docname] = fingerprint
    return results


def _load(env: BuildEnvironment) -> tuple[dict[str, Any], str]:
    known = getattr(env.app, "_reportbook_results", None)
    if known is None:
        path = Path(env.srcdir) / RESULTS
        if path.is_file():
            results = json.loads(path.read_text(encoding="utf-8"))
        else:
            results = _from_notebooks(env)
        text = json.dumps(results, sort_keys=True)
        known = results, hashlib.sha256(text.encode()).hexdigest()
        env.app._reportbook_results = known  # once per build; workers inherit it
    return known


def _from_notebooks(env: BuildEnvironment) -> dict[str, Any]:
    published = []
    for address in sorted(env.found_docs):
        path = Path(env.doc2path(address))
        if path.suffix == ".ipynb":
            published += read_records(read_notebook(path), address)
    return collect(published, edition="", language=env.config.language or "en")


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
