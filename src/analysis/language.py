"""The language readers see: gettext for words, Babel for numbers, dates and names.

Strings are marked with `_` or `ngettext`; their translations live in ``analysis/locale``. Where a
translation is missing the English text stands.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from babel import Locale

_LANGUAGE = "en"
_translations = gettext.translation(
    "analysis", Path(__file__).parent / "locale", languages=[_LANGUAGE], fallback=True
)
_ = _translations.gettext
ngettext = _translations.ngettext


@cache
def locale() -> Locale:
    """Return the locale in which numbers, dates and country names are printed."""
    return Locale.parse(_LANGUAGE)
