"""A reading becomes a snapshot: compared with the one before, written, and put on record."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportbook.errors import ReportError
from reportbook.files.dates import last_day
from reportbook.report.project import Project
from reportbook.report.sources import add_source, source_keys
from reportbook.snapshots.producers import Reading
from reportbook.snapshots.record import FILE, Snapshot, add_snapshot, read_snapshots, write_whole

if TYPE_CHECKING:
    import pandas as pd

FALL = 0.2  # the share by which amounts may be less than before
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Provenance:
    """From where and when the files of a snapshot are, and how it joins those before.

    Attributes
    ----------
    producer : str
    address, parameters : str
        From where, and what was asked for there.
    published, retrieved : str
        ISO dates. Without them, what the files state is taken; else a table was retrieved today,
        and is not known before somebody has seen it.
    source : str
        The key of its source in the report's list; without one a source is added there.
    extends : bool
        Whether only those rows of the table are replaced of which the files speak.
    """

    producer: str
    address: str
    parameters: str
    published: str = ""
    retrieved: str = ""
    source: str = ""
    extends: bool = True


def take(
    project: Project, reading: Reading, whence: Provenance, *, may_fall: bool = False
) -> tuple[Snapshot, bool]:
    """Write a reading into ``data/tables/`` and put it on record.

    Returns
    -------
    snapshot : Snapshot
    new : bool
        Whether it was not there before. The same rows of the same day are kept once.

    Raises
    ------
    ReportError
        If a date is none, a row stands twice, or an amount falls by more than `FALL` and `may_fall`
        is not set. Nothing is written then.
    """
    published = whence.published or reading.published
    retrieved = whence.retrieved or reading.retrieved or date.today().isoformat()
    if published and not _DATE.fullmatch(published):
        raise ReportError(f"'{published}' is not a date. Write it as 2026-06-12, 2026-06 or 2026.")
    if len(retrieved) != len("2026-06-12") or not _DATE.fullmatch(retrieved):
        raise ReportError(f"'{retrieved}' is not a day. Write it as 2026-06-12.")
    if whence.address and not whence.address.startswith(("https://", "http://")):
        raise ReportError(
            f"'{whence.address}' is no address of the web. Write it as https://example.org/data."
        )
    doubled = reading.rows.duplicated(list(reading.key))
    if doubled.any():
        row = reading.rows[doubled].iloc[0]
        named = ", ".join(f"{column} {row[column]}" for column in reading.key)
        raise ReportError(f"The rows of {reading.table} are not unique: {named} stands twice.")
    content = _as_csv(reading.rows)
    digest = hashlib.sha256(content).hexdigest()
    day = published or retrieved
    for each in read_snapshots(project):
        if (each.table, each.sha256, each.published) == (reading.table, digest, day):
            return each, False
    if not may_fall:
        refuse_fall(project, reading, extends=whence.extends)
    path = _free(project.data / "tables" / reading.table, day)
    snapshot = Snapshot(
        table=reading.table,
        file=path.relative_to(project.data).as_posix(),
        producer=whence.producer,
        title=reading.title,
        published=day,
        retrieved=retrieved,
        address=whence.address or reading.address,
        parameters=whence.parameters,
        rows=len(reading.rows),
        sha256=digest,
        licence=reading.licence,
        source=whence.source or _source(project, reading, whence.producer, day, published),
        extends=whence.extends,
    )
    write_whole(path, content)
    add_snapshot(project, snapshot)
    return snapshot, True


def _source(project: Project, reading: Reading, producer: str, date: str, stated: str) -> str:
    """The key of the source that readers are shown, put on the report's list if it is new."""
    key = f"{producer}-{date}"
    if key not in source_keys(project):
        source = {"source": key, "publisher": reading.publisher, "title": reading.title,
                  "published": date, "dating": "stated" if stated else "inferred",
                  "kind": "dataset", "url": reading.address}  # fmt: skip
        add_source(project, source)
    return key


def _free(folder: Path, date: str) -> Path:
    """The file of a date; with a number behind it where other rows of that date are kept."""
    path, number = folder / f"{date}.csv", 2
    while path.exists():
        path, number = folder / f"{date}-{number}.csv", number + 1
    return path


def _as_csv(rows: pd.DataFrame) -> bytes:
    text = io.StringIO()
    rows.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue().encode("utf-8")


def refuse_fall(project: Project, reading: Reading, *, extends: bool) -> None:
    """Stop where the rows to be replaced hold much more: a part in place of the whole.

    Raises
    ------
    ReportError
        With the amount that falls by more than `FALL`, and where most of it.
    """
    old = table_in_place(project, reading)
    if old is None:
        return
    whole, amounts = list(reading.whole), list(reading.amounts)
    sums = [_sums(rows, whole, amounts) for rows in (old, reading.rows)]
    if extends:
        common = sums[0].index.intersection(sums[1].index)
        sums = [each.loc[common] for each in sums]
    for amount in amounts:
        before, after = (each[amount] for each in sums)
        if after.sum() < (1 - FALL) * before.sum():
            fall = before.sub(after, fill_value=0)
            deepest = fall.index.to_frame().iloc[int(fall.to_numpy().argmax())]
            most = ", ".join(f"{name} {deepest[name]}" for name in whole)
            raise ReportError(
                f"{reading.table}: the rows now in place have {before.sum():,.0f} {amount}, the "
                f"new ones {after.sum():,.0f}, less by {1 - after.sum() / before.sum():.0%}; most "
                f"of it for {most}. Nothing was changed. Is it the whole table, and are all files "
                "of it named? If the producer did correct so much, add --accept-fall."
            )


def table_in_place(project: Project, reading: Reading) -> pd.DataFrame | None:
    """Return the rows that the snapshots on record give together; None if there are none.

    Of a column that `reading` reports no amounts in, only the text is known.
    """
    import pandas as pd

    whole = list(reading.whole)
    of_table = [each for each in read_snapshots(project) if each.table == reading.table]
    rows: pd.DataFrame | None = None
    for each in sorted(of_table, key=lambda each: last_day(each.published) or date.max):
        path = project.data / each.file
        if not path.is_file():
            raise ReportError(
                f"{project.shown(path)} is missing, which {FILE} lists. Bring it back, or remove "
                "its row there."
            )
        types = {column: str for column in reading.key}
        newer = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
        if rows is not None and each.extends:
            newer = joined(rows, newer, whole)
        rows = newer
    return rows


def joined(older: pd.DataFrame, newer: pd.DataFrame, whole: list[str]) -> pd.DataFrame:
    """Return older rows, with those replaced that newer ones speak of by the columns `whole`."""
    import pandas as pd

    spoken_of, those = (
        pd.MultiIndex.from_frame(rows[whole].astype(str)) for rows in (older, newer)
    )
    return pd.concat([older[~spoken_of.isin(those)], newer], ignore_index=True)


def _sums(rows: pd.DataFrame, whole: list[str], amounts: list[str]) -> pd.DataFrame:
    return rows.astype(dict.fromkeys(whole, str)).groupby(whole)[amounts].sum().astype(float)
