"""Text files, read as UTF-8 or refused by name."""

from __future__ import annotations

import codecs
from pathlib import Path

from reportbook.errors import ReportError

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, shown: str) -> str:
    """The text of the file `path`, without a mark of its byte order; `shown` is its name in errors.

    Raises
    ------
    ReportError
        If it does not exist or is not UTF-8: with the line, and how it is made UTF-8.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError(f"{shown} does not exist.") from error
    if content.startswith(_WIDE):
        raise ReportError(_not_utf8(shown, "UTF-16"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReportError(_not_utf8(f"{shown}, line {line}", "Windows-1252")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(where: str, likely: str) -> str:
    name = where.partition(", line ")[0]
    return (
        f"{where} is not UTF-8 text, it looks like {likely}. Save it as UTF-8 in your editor, or "
        f"run: iconv -f {likely} -t UTF-8 '{name}' > as-utf-8 && mv as-utf-8 '{name}'."
    )
