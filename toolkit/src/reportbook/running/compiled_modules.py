"""Compiled modules of a report are told by the content of their source, never by its time.

Python keeps a module compiled and takes that while its source has the size, and the second of its
last change, that it had. Whoever copies files with their times (``cp -p``, ``rsync -t``, an
archive) can put other code there that has both: then the old code would run, and the new one be
recorded as what a number rests on. PEP 552 has a second kind of compiled file, which names a hash
of the source. Once `install` was called, a report's modules are read from that kind only, and
written as it. Any Python reads such a file, and renews it by content.

Modules of Python and of installed packages are loaded as ever: they are pinned by the lock.

This imports nothing of the project: a warm process runs it as a script, so that it holds in every
child from the first import on.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from types import CodeType

_BY_HASH_AND_CHECKED = (3).to_bytes(4, "little")  # the flags of PEP 552
_LIBRARY = os.path.dirname(os.__file__) + os.sep
_INSTALLED = ("site-packages", "dist-packages")

_as_python_does = SourceFileLoader.get_code


def install() -> None:
    """Load a report's modules by content from now on, in this process; once is enough."""
    if SourceFileLoader.get_code.__name__ != get_code_by_content.__name__:
        # there is no other place to say which kind of compiled file is taken
        SourceFileLoader.get_code = get_code_by_content  # type: ignore[method-assign,assignment]


def get_code_by_content(loader: SourceFileLoader, name: str) -> CodeType | None:
    """What a loader gives for a module of that name.

    Loaders that change the source or the code (import hooks that check types) are of another class:
    for them a report's modules are compiled each time, as what they keep is told by time, too.
    """
    source = loader.get_filename(name)
    if _is_installed(source):
        return _as_python_does(loader, name)
    content = loader.get_data(source)
    place = _kept_at(loader, source)
    head = MAGIC_NUMBER + _BY_HASH_AND_CHECKED + source_hash(content)
    kept = place and _kept(loader, place, head)
    if kept and kept.co_filename == source:  # not if the folder was copied with what is kept in it
        return kept
    code: CodeType = loader.source_to_code(content, source)
    if place and not sys.dont_write_bytecode:
        loader.set_data(place, head + marshal.dumps(code))  # does nothing where it may not write
    return code


def _is_installed(source: str) -> bool:
    return source.startswith(_LIBRARY) or any(
        source.startswith(each + os.sep) for each in sys.path if each.endswith(_INSTALLED)
    )


def _kept_at(loader: SourceFileLoader, source: str) -> str | None:
    if type(loader) is not SourceFileLoader:
        return None
    try:
        return cache_from_source(source)
    except NotImplementedError:  # this Python keeps nothing
        return None


def _kept(loader: SourceFileLoader, place: str, head: bytes) -> CodeType | None:
    try:
        data = loader.get_data(place)
        if not data.startswith(head):
            return None
        code = marshal.loads(memoryview(data)[len(head) :])
    except (OSError, EOFError, ValueError, TypeError):  # none, or one that is not whole
        return None
    return code if isinstance(code, CodeType) else None


if __name__ == "<run_path>":  # in a warm process
    install()
