"""What Sphinx complains of, in the words of those who write pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from reportbook.errors import did_you_mean

_ROLES = (
    "number", "plural", "typed", "holds", "cite", "cite:p", "cite:t", "ref", "doc", "numref", "eq",
    "download", "term", "abbr", "sub", "sup", "math", "kbd", "glue", "glue:text",
)  # fmt: skip
_DIRECTIVES = (
    "key-numbers", "when", "ledger", "sources", "changes", "cite-edition", "note", "warning", "tip",
    "admonition", "important", "figure", "image", "table", "list-table", "csv-table", "code-block",
    "math", "bibliography", "glossary", "toctree", "tableofcontents", "include", "literalinclude",
    "grid", "grid-item", "grid-item-card", "card", "dropdown", "tab-set", "tab-item", "margin",
    "sidebar", "epigraph", "contents", "raw",
)  # fmt: skip


def _in_braces(names: Iterable[str]) -> list[str]:
    return [f"{{{name}}}" for name in names]


# what Sphinx writes, and what is said instead, of the words it named
_SAID: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (
        re.compile(r'Unknown interpreted text role "(.+)"\.'),
        lambda name: (
            f"there is no role {{{name}}}.{did_you_mean(f'{{{name}}}', _in_braces(_ROLES))}"
        ),
    ),
    (
        re.compile(r"Unknown directive type: '(.+)'"),
        lambda name: (
            f"there is no directive {{{name}}}."
            f"{did_you_mean(f'{{{name}}}', _in_braces(_DIRECTIVES))}"
        ),
    ),
    (
        re.compile(r"'myst' cross-reference target not found: '(.*)'"),
        lambda name: f"the link to '{name}' leads to no page, heading or label of the book.",
    ),
    (
        re.compile(r"local id not found in doc '(.+)': '(.*)'"),
        lambda page, name: f"the page '{page}' has no heading or label '{name}'.",
    ),
    (
        re.compile(r"image file not readable: (.+)"),
        lambda path: f"the picture {path} is not there, or cannot be read.",
    ),
    (
        re.compile(r"download file not readable: (.+)"),
        lambda path: f"the file {path} is not there, or cannot be read.",
    ),
    (
        re.compile(r'could not find bibtex key "(.+)"'),
        lambda key: (
            f"there is no source '{key}', neither among those this edition knows nor in the "
            "bibliography."
        ),
    ),
    (
        re.compile(r"undefined label: '(.+)'"),
        lambda name: f"no place of the book has the label '{name}'.",
    ),
    (
        re.compile(r"unknown document: '(.+)'"),
        lambda name: f"the book has no page '{name}'.",
    ),
    (
        re.compile(r"Non-consecutive header level increase; H(\d) to H(\d)"),
        lambda above, here: (
            f"a heading of level {here} stands below one of level {above}: levels are not left out."
        ),
    ),
    (
        re.compile(r"Pygments lexer name '(.+)' is not known"),
        lambda name: f"code is marked as '{name}', which is no language that can be coloured.",
    ),
)
_KIND = re.compile(r" \[[\w.-]+\]$")


def in_plain_words(complaint: str) -> str:
    """What Sphinx wrote, without a place; as it is where there are no better words."""
    for pattern, said in _SAID:
        found = pattern.fullmatch(_KIND.sub("", complaint))
        if found:
            return said(*found.groups())
    return complaint
