"""Run once in the process that forks books: what every book would find out anew, found out before.

It is a script, so that nothing of this project stays in that process. All of it is a matter of
time alone: a book that finds nothing prepared is the same book.
"""

import functools
import importlib.metadata

# what is installed does not change while books are made; Sphinx and its extensions ask 30 times
importlib.metadata.entry_points = functools.cache(  # type: ignore[assignment]  # same answers
    importlib.metadata.entry_points
)
try:
    import importlib_metadata
except ImportError:
    pass
else:
    importlib_metadata.entry_points = functools.cache(importlib_metadata.entry_points)

import pygments.lexers  # noqa: E402
import soupsieve  # noqa: E402

# both compile their patterns when they are first used
soupsieve.compile('li.a > b[c="d"]:not(.e)')
for name in ("ipython3", "python", "bibtex", "text"):
    pygments.lexers.get_lexer_by_name(name)
