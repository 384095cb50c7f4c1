"""What a book is told that its report does not say: so that a short ``_config.yml`` is enough.

The report's own settings win, but for what would undo the toolkit's work: notebooks are not run a
second time, and only the pages of the contents are built.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXTENSION = "reportbook.sphinx"
# Jupyter Book's own list without sphinx_thebe, which declares a constant twice and so leaves an
# error in the browser's console on every page
_EXTENSIONS = (
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "myst_nb",
    "jupyter_book",
    "sphinx_comments",
    "sphinx_external_toc",
    "sphinx.ext.intersphinx",
    "sphinx_design",
    "sphinx_book_theme",
)
_DEFAULTS: Mapping[str, Any] = {
    "copyright": "",  # else the year of Jupyter Book
    "html": {"use_repository_button": False, "use_edit_page_button": False,
             "use_issues_button": False},
    "sphinx": {
        "config": {
            "html_math_renderer": "mathml",  # of the toolkit's extension: asks no other host
            "html_show_sphinx": False,
            "myst_heading_anchors": 6,  # links such as page.md#a-heading, as on GitHub
            "html_context": {"default_mode": "auto"},
            "nb_code_prompt_show": "Show the code",
            "nb_code_prompt_hide": "Hide the code",
            "html_theme_options": {
                "use_download_button": True,
                "use_fullscreen_button": False,
                "use_source_button": False,
                "navbar_persistent": [],  # the search field is in the side bar already
                "check_switcher": False,
                # relative to an edition: the list lies at the root of the site
                "switcher": {"json_url": "../editions.json", "version_match": ""},
                "article_header_end": ["version-switcher", "article-header-buttons"],
            },
        }
    },
}  # fmt: skip
_ALWAYS: Mapping[str, Any] = {
    "execute": {"execute_notebooks": "off"},
    "only_build_toc_files": True,
    "sphinx": {"recursive_update": True, "config": {"nb_execution_mode": "off"}},
}
_EXECUTES = ("execution_mode", "jupyter_execute_notebooks")  # older names, which would win


def book_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report's configuration of its book with what it does not say."""
    settings = merged(merged(_DEFAULTS, config), _ALWAYS)
    settings["sphinx"]["config"]["extensions"] = _extensions(config)
    settings["sphinx"].pop("extra_extensions", None)
    for name in _EXECUTES:
        settings["sphinx"]["config"].pop(name, None)
    return settings


def _extensions(config: Mapping[str, Any]) -> list[str]:
    sphinx = config.get("sphinx") or {}
    extra = sphinx.get("extra_extensions") or ()
    own = (sphinx.get("config") or {}).get("extensions") or _EXTENSIONS
    return list(dict.fromkeys([*own, *extra, EXTENSION]))


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `over`, dict by dict; neither is changed."""
    result = dict(base)
    for key, value in over.items():
        if isinstance(value, Mapping):
            below = result.get(key)
            result[key] = merged(below if isinstance(below, Mapping) else {}, value)
        else:
            result[key] = value
    return result
