"""Asks the report's own code what is wrong, in a process that ends afterwards, without a kernel.

Run as a module: it reads one JSON document from standard input and writes one to standard output.
See `reportbook.checking.report_code`, which starts it; nothing else of the toolkit is imported, so
that it starts at once.
"""

from __future__ import annotations

import importlib
import json
import linecache
import os
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def main() -> None:
    """Answer what is asked."""
    answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the report's code prints is no answer
    asked = json.load(sys.stdin)
    os.chdir(asked["folder"])
    sys.path.insert(0, asked["folder"])
    sys.dont_write_bytecode = True
    root = Path(asked["root"])
    answer = {
        "said": _of_module(asked, root) if asked.get("module") else {},
        "refused": [_refused(each, root) for each in asked.get("cells", ())],
    }
    with answer_to:
        json.dump(answer, answer_to)


def _of_module(asked: Mapping[str, Any], root: Path) -> dict[str, Any]:
    """The sentences of the module that checks the data, or why there are none.

    A function that mends may be missing: then nothing is mended.
    """
    try:
        module = importlib.import_module(asked["module"])
    except ModuleNotFoundError as missing:
        if (missing.name or "") in _and_parents(asked["module"]):
            return {"missing": missing.name}
        return {"error": _words(missing, root)}
    except Exception as error:
        return {"error": _words(error, root)}
    if not hasattr(module, asked["function"]):
        return {"sentences": []} if asked["function"] == "mend" else {"lacks": asked["function"]}
    try:
        return {
            "sentences": list(map(str, getattr(module, asked["function"])(Path(asked["data"]))))
        }
    except Exception as error:
        return {"error": _words(error, root)}


def _and_parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def _refused(asked: Mapping[str, Any], root: Path) -> dict[str, Any] | None:
    """What cells of a notebook say to values of its parameters; None if they accept them."""
    names: dict[str, Any] = {"__name__": "__main__", **asked["values"]}
    for number, source in asked["cells"]:
        shown = f"<code cell {number}>"
        linecache.cache[shown] = (len(source), None, source.splitlines(keepends=True), shown)
        try:
            exec(compile(source, shown, "exec"), names)
        except SystemExit:
            return {"cell": number, "words": "it ends the program.", "refuses": False}
        except Exception as error:
            refuses = _is_refusal(error)
            return {"cell": number, "words": _words(error, root), "refuses": refuses}
    return None


def _is_refusal(error: BaseException) -> bool:
    """Whether an error was raised to be read: a ``ValueError`` or ``assert`` with words."""
    return isinstance(error, ValueError | AssertionError) and bool(str(error).strip())


def _words(error: BaseException, root: Path) -> str:
    """What an error says; unless it was raised to be read, also its kind and its place."""
    words = str(error).strip()
    if _is_refusal(error):
        return words
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(root) and not {".venv", "site-packages"} & set(path.parts):
            place = f" in {path.relative_to(root).as_posix()}, line {line}"
    if isinstance(error, SyntaxError) and error.filename:
        path = Path(error.filename)
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else error.filename
        return f"{shown}, line {error.lineno}: {error.msg}"
    return f"{type(error).__name__}{place}: {words}" if words else f"{type(error).__name__}{place}"


if __name__ == "__main__":
    main()
