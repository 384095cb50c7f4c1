"""Files as people have them, opened: text, workbooks and JSON, alone or in a zip."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import DataError

_LARGEST = 2**30  # bytes that a file in a zip may have when unpacked
_TEXTS = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file. Lines end in a line feed; `remark` says how it had to be decoded."""

    file: str
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet of a workbook: rows that are equally long."""

    file: str
    cells: Sequence[Sequence[object]]

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows as text: whole numbers without a point, dates by ISO."""
        for row in self.cells:
            yield [_text(cell) for cell in row]


def open_tables(path: Path) -> Iterator[Text | WorkbookSheet]:
    """Yield every text and every sheet of a workbook that is in a file.

    Raises
    ------
    DataError
        If the file cannot be opened, is empty, a page for a browser, damaged, or none of these.
    """
    content = _content(path)
    if not content.startswith(b"PK"):
        if content.startswith(b"\xd0\xcf\x11\xe0"):  # a workbook of Excel before 2007
            yield from _workbook(path.name, content)
        else:
            yield _decoded(path.name, content)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "[Content_Types].xml" in names or "content.xml" in names:
                yield from _workbook(path.name, content)
                return
            yield from _packed(path.name, packed)
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as problem:
        # what a damaged zip makes zipfile stumble over; RuntimeError: it asks for a password
        raise DataError(
            f"{path.name} is a zip that is cut off, damaged or locked ({problem}). Download it "
            "again, or unpack it yourself."
        ) from None


def read_json(path: Path) -> Any:
    """Return the document of a JSON file; None if the file is not JSON.

    Raises
    ------
    DataError
        If it begins as JSON does and is not, for it was cut off.
    """
    content = _content(path)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as problem:
        raise DataError(
            f"{path.name} begins as JSON and is not whole ({problem}). Download it again."
        ) from None


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path} does not exist. Name the file that you downloaded.") from None
    except OSError as problem:
        raise DataError(f"{path} cannot be opened: {problem.strerror}.") from None
    if not content.strip():
        raise DataError(f"{path.name} is empty. Download it again.")
    start = content[:4000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--")):
        raise DataError(
            f"{path.name} is a page for a browser, not data; often such a page says why a download "
            "failed. Open it in a browser, and download the file again."
        )
    return content


def _packed(file: str, packed: zipfile.ZipFile) -> Iterator[Text | WorkbookSheet]:
    found = False
    for member in packed.infolist():
        suffix = Path(member.filename).suffix.casefold()
        if member.filename.startswith("__MACOSX") or suffix not in (*_TEXTS, *_WORKBOOKS):
            continue
        if member.file_size > _LARGEST:
            raise DataError(
                f"{file}: {member.filename} would be {member.file_size / 2**30:.1f} GB unpacked, "
                "more than any table of this kind. Is it the right file?"
            )
        found = True
        name, content = f"{file}, {member.filename}", packed.read(member)
        if suffix in _TEXTS:
            yield _decoded(name, content)
        else:
            yield from _workbook(name, content)
    if not found:
        raise DataError(f"{file} is a zip without a table. Unpack it and name the file you want.")


def _decoded(file: str, content: bytes) -> Text:
    remark = ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
            remark = f"{file} is not UTF-8; it was read as Windows Latin-1."
    if "\0" in text:
        raise DataError(f"{file} is not a table. Accepted: CSV, a workbook, JSON, or a zip.")
    return Text(file, text.replace("\r\n", "\n").replace("\r", "\n"), remark)


def _workbook(file: str, content: bytes) -> Iterator[WorkbookSheet]:
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield WorkbookSheet(f"{file}, sheet '{name}'", cells)
    except (CalamineError, ZipError) as problem:
        raise DataError(
            f"{file} is a workbook that cannot be read ({problem}). Open it in a spreadsheet "
            "without its password and save it again."
        ) from None


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
