"""How the text of a CSV file is written, what spreadsheets do to it, and what undoes that.

A table of a report is CSV as RFC 4180 and the Data Package have it: UTF-8 without a byte order
mark, commas between cells, numbers in plain digits with a point. Spreadsheets write other things
under the same name: semicolons where the decimal mark is a comma, tabs, a line ``sep=,``.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_SEP_LINE = re.compile(r"\A\s*\"?sep=(?P<separator>.)\"?[ ,;\t]*\r?\n", re.IGNORECASE)
_START = 100_000  # bytes in which the first line ends
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+")  # or one number with three decimals


@dataclass(frozen=True)
class TableText:
    """The bytes of a CSV file. `numbers` names its columns of numbers, where they are known."""

    content: bytes
    numbers: Collection[str] = ()

    @cached_property
    def faults(self) -> list[str]:
        """What is wrong with the file as a whole, each the end of a sentence: ``is UTF-16``.

        Empty if it cannot be read as text at all: see `not_text`.
        """
        if self._text is None:
            return []
        found = []
        if self._encoding == "utf-16":
            found.append('is written as UTF-16 ("Unicode text")')
        elif self._encoding == "utf-8-sig":
            found.append("begins with a byte order mark")
        if _SEP_LINE.match(self._text):
            found.append("begins with a line 'sep=', which is for Excel alone")
        if self.separator == ";":
            found.append(
                "is separated by semicolons, as Excel writes it where the decimal mark is a comma "
                "(in Spanish, Portuguese, French, German …)"
            )
        elif self.separator != ",":
            found.append(f"is separated by {_SEPARATORS[self.separator]}")
        return found

    @property
    def not_text(self) -> str:
        """Where the file is no UTF-8 text: ``row 3: byte 0xe9 …``; empty if it is."""
        try:
            self.content.decode(self._encoding)
        except UnicodeDecodeError as fault:
            row = self.content.count(b"\n", 0, fault.start) + 1
            return f"row {row}: byte 0x{self.content[fault.start]:02x} is not UTF-8"
        return ""

    @cached_property
    def separator(self) -> str:
        """What stands between the cells, judged by the line that names the columns."""
        said = _SEP_LINE.match(self._start)
        if said and said["separator"] in _SEPARATORS:
            return said["separator"]
        outside = re.sub(r'"[^"]*"', "", self._first_line)
        return max(_SEPARATORS, key=outside.count)

    @property
    def heading(self) -> list[str]:
        """The names of the columns, whatever stands between them; the first line is enough."""
        return next(csv.reader([self._first_line], delimiter=self.separator), [])

    @cached_property
    def mended(self) -> bytes | None:
        """The file as it should be written, where that is sure; None if nothing can be done.

        Changed are the encoding and the separator, digits of other scripts in columns of numbers,
        and empty rows at the end. A decimal comma becomes a point in a file that spreadsheets
        separated by semicolons for its sake, but not before three digits, where it may be
        thousands. Nothing that could change a value is: ``1.5E+07`` stands for what was rounded.
        """
        rows = self._rows
        while rows and not any(rows[-1]):
            rows = rows[:-1]
        if not rows:
            return None
        places = [at for at, name in enumerate(rows[0]) if name in self.numbers]
        better = [rows[0], *(self._plain(row, places) for row in rows[1:])]
        if better == self._rows and self.separator == ",":
            if not self.faults:
                return None
            text = _SEP_LINE.sub("", self._text or "", count=1)
            return text.encode()  # cells keep the quotation marks they have
        written = io.StringIO(newline="")  # line ends as repositories keep them
        csv.writer(written, lineterminator="\n").writerows(better)
        return written.getvalue().encode()

    def _plain(self, row: list[str], numbers: Sequence[int]) -> list[str]:
        better = list(row)
        for place in numbers:
            if place >= len(row):
                continue
            text = "".join(
                str(digit) if (digit := unicodedata.decimal(sign, None)) is not None else sign
                for sign in row[place].strip()
            )
            if (
                self.separator == ";"
                and _DECIMAL_COMMA.fullmatch(text)
                and not _THOUSANDS.fullmatch(text)
            ):
                text = text.replace(",", ".")
            better[place] = text
        return better

    @cached_property
    def _encoding(self) -> str:
        return next(
            (name for mark, name in _MARKS.items() if self.content.startswith(mark)), "utf-8"
        )

    @cached_property
    def _text(self) -> str | None:
        try:
            return self.content.decode(self._encoding)
        except UnicodeDecodeError:
            return None

    @cached_property
    def _start(self) -> str:
        return self.content[:_START].decode(self._encoding, errors="replace")

    @property
    def _first_line(self) -> str:
        return next(iter(_SEP_LINE.sub("", self._start, count=1).splitlines()), "")

    @cached_property
    def _rows(self) -> list[list[str]]:
        """The rows without a line ``sep=``; none where quotation marks do not pair up."""
        text = _SEP_LINE.sub("", self._text or "", count=1)
        try:
            return list(
                csv.reader(io.StringIO(text, newline=""), delimiter=self.separator, strict=True)
            )
        except csv.Error:
            return []
