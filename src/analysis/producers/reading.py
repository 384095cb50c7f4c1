"""What a producer's file was read as: the rows of a table, and a record of how they were read."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows that are in the file and not in the table.

    Attributes
    ----------
    rows : int
    why : str
        Words that follow "left out:", with what the rows counted where that is known.
    """

    rows: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Rows of one of the report's tables, as files of a producer state them.

    Attributes
    ----------
    table : str
        The table's name (``"unhcr_population"``).
    rows : pandas.DataFrame
        The table's columns in its order. Numbers are whole and nullable: missing is not zero.
    key : tuple of str
        The columns that tell one row from every other.
    whole : tuple of str
        The columns by whose values a newer reading replaces older rows: all rows of one origin and
        year go when that origin and year are read again, with whatever hosts.
    amounts : tuple of str
        The columns that may be added up to see whether a newer reading holds less.
    summary : str
        What was read, in a sentence without its full stop.
    published, retrieved : str
        The ISO dates (or year, or month) that the file itself states, or ``""``.
    title, publisher, licence, address : str
        Of the dataset. The address is that of its page for readers.
    dropped : tuple of Dropped
    remarks : tuple of str
        Sentences on what whoever uses the table should know of the file.
    """

    table: str
    rows: pd.DataFrame
    key: tuple[str, ...]
    whole: tuple[str, ...]
    amounts: tuple[str, ...]
    summary: str
    published: str
    retrieved: str
    title: str
    publisher: str
    licence: str
    address: str
    dropped: tuple[Dropped, ...] = ()
    remarks: tuple[str, ...] = ()
