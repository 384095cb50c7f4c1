"""The parts of sphinx-book-theme, and of pydata-sphinx-theme below it, that are not documented.

Files of theirs are not published, and the style sheets and scripts in ``sphinx/static`` name
classes and colours of theirs (``.bd-article``, ``--pst-color-border``). A test asks whether the
themes still have each of them; `pyproject.toml` keeps sphinx-book-theme below the next version that
could change one.
"""

from __future__ import annotations

ICONS = "fontawesome.js"
# by pattern, why the files are left out; without them nothing is missing on a page
LEFT_OUT = {
    "*.map": "is for those who debug the theme",
    "*webpack-macros.html": "is a template and no page",
    "fa-*.ttf": "is a font in the older of two formats, which sphinx-book-theme has until 1.3",
    "*.po": "is a translation, which is in the pages already",
    "*.mo": "is a translation, which is in the pages already",
    ICONS: "draws in 1.5 MB the icons that the style sheet draws just as well from a font",
}
