"""The Sphinx extension of the book: quoted numbers, ledger, changes, sources, formulas as MathML.

Name it in ``_config.yml`` under ``sphinx: extra_extensions``.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportbook.sphinx import (
    bibtex_sources,
    changes,
    cite_edition,
    corrections,
    deferred_html,
    domain,
    files_of_html,
    key_numbers,
    ledger,
    mathml,
    page_head,
    pictures,
    plain_build,
    quoted_number,
    sources_list,
    template_cache,
    vouched_words,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _add_static_files(app: Sphinx) -> None:
    app.config.html_static_path.append(str(Path(__file__).with_name("static")))
    for script in ("edition_switcher.js", "print.js"):
        app.add_js_file(script, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add each part to Sphinx, which calls this; returns what Sphinx asks of an extension."""
    for part in (
        domain, quoted_number, vouched_words, ledger, changes, sources_list, mathml, plain_build,
        template_cache, cite_edition, bibtex_sources, page_head, key_numbers, deferred_html,
        corrections, pictures, files_of_html,
    ):  # fmt: skip
        part.setup(app)
    app.add_css_file("pages.css")  # after those of the parts: in print it has the last word
    app.connect("builder-inited", _add_static_files)
    try:
        number = version("reportbook")
    except PackageNotFoundError:  # run from the source folder
        number = "0"
    # what is noted while pages are read is kept in the domain, which Sphinx can merge
    return {"version": number, "parallel_read_safe": True, "parallel_write_safe": True}
