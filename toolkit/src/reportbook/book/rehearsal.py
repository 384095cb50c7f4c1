"""Work that every book would repeat, done once in the process that forks a child for each book.

It is a script, so that nothing of this project stays imported in that process. It only saves time:
without it the books are the same.
"""

import functools
import importlib.metadata

# Sphinx and its extensions ask 30 times a book what is installed, which does not change meanwhile
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
