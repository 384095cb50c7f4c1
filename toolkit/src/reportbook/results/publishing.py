"""The one way to hand a number, chart or table from a notebook to the book."""

from __future__ import annotations

import inspect
import json
import numbers
import os
import re
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.results.schema import LONGEST_NAME, NAME_PATTERN, required_fields

# of version 1 of a record; another version would have another media type, beginning alike
MEDIA_TYPE = "application/vnd.reportbook.record+json"
WANTS_PNG = "REPORTBOOK_PNG"  # set in the environment of a run that is made for a site
KINDS = ("number", "chart", "table")

_PNG = "image/png"
_NAME = re.compile(NAME_PATTERN)
_HINTS = {  # where what people try lies near what can be published
    "str": " Text stands in the prose of the page.",
    "Axes": " Publish its 'figure'.",
    "FacetGrid": " Publish its 'figure'.",
    "list": " Make it a data frame.",
    "dict": " Make it a data frame.",
    "ndarray": " Make it a data frame.",
}
_published: dict[str, tuple[object, object]] = {}  # name -> (cell, run of that cell)


def publish(name: str, x: Any, **told: Any) -> None:
    """Display `x` and hand it to the book under `name`.

    Parameters
    ----------
    name
        Dotted lower snake case, ``<notebook>.<what>``, such as
        ``people.share``. One name, one thing: only running the same cell again
        may publish it anew.
    x
        One of these:

        - a number, or None with the ``reason`` that there is none;
        - a pandas data frame or series, which is a table;
        - a figure of matplotlib, Altair or Plotly, which is a chart;
        - anything with ``as_record()``, a dict of JSON values as the published schema of records
          has it, and ``_repr_mimebundle_()``, what a reader sees.
    **told
        What is known of it: of a number `reportbook.results.plain.number.number_record` (``unit``,
        ``low``, ``high``, ``source``, ``words``, ``label``, …), of a table
        `reportbook.results.plain.table.table_record` (``caption``, ``units``, ``formats``,
        ``ranges``, ``source``, ``note``), of a figure
        `reportbook.results.plain.picture.chart_record` (``title``, ``alt``, ``data``, ``source``,
        ``licence``). What has a record of its own is told nothing more.

    Examples
    --------
    >>> publish("rain.in_may", 120, unit="mm", low=115, high=125, source="met-office-2024",
    ...         words="some 120 millimetres")

    Notes
    -----
    A PNG is large and slow to draw, and nobody needs it in a notebook. It is asked for only when
    a build runs the notebook: a chart's ``_repr_mimebundle_`` then gets ``image/png`` in its
    argument `include`, as IPython means it, and may answer with the picture in base64.

    Raises
    ------
    ReportError
        If the name is badly made or taken, `x` is nothing that can be published, or what is told
        of it does not fit.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ReportError(
            f"{name!r} is not a name to publish under. Names are lower case words joined by "
            "underscores, with the notebook before a dot: 'people.share'."
        )
    if len(name) > LONGEST_NAME:
        raise ReportError(
            f"'{name[:40]}…' has {len(name)} letters. Names have {LONGEST_NAME} at most, as files "
            "are called after them."
        )
    record, data, metadata = _handed_over(name, x, told)
    _claim(name)

    if _shell() is None:
        print(data["text/plain"])
        return
    from IPython.display import display

    # IPython comes with types, but not for this
    display({**data, MEDIA_TYPE: {"name": name, **record}}, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]


def _handed_over(
    name: str, x: Any, told: Mapping[str, Any]
) -> tuple[Mapping[str, Any], dict[str, Any], dict[str, Any]]:
    """The record of `x`, and what is displayed of it with its metadata, by media type."""
    if callable(getattr(x, "as_record", None)):
        return _of_its_own(name, x, told)
    from reportbook.results.plain import number, picture, table

    record: Any
    if library := picture.library_of(x):
        record = _told(picture.chart_record, name, x, told)
        wants = bool(os.environ.get(WANTS_PNG))
        return record, picture.drawn(name, x, record, library, with_png=wants), {}
    if _is_frame(x):
        record = _told(table.table_record, name, x, told)
        return record, table.shown(record), {}
    if x is None or _is_number(x):
        record = _told(number.number_record, name, x, told)
        return record, number.shown(record), {}
    raise ReportError(
        f"'{name}' cannot be published: a {type(x).__name__} is no number, data frame or figure."
        f"{_HINTS.get(type(x).__name__, '')} Publish one of these, or something with 'as_record'."
    )


def _told(make: Callable[..., Any], name: str, x: Any, told: Mapping[str, Any]) -> Any:
    """The record that `make` makes, if it takes what is told."""
    known = [
        each.name
        for each in inspect.signature(make).parameters.values()
        if each.kind is each.KEYWORD_ONLY
    ]
    for each in told:
        if each not in known:
            what = make.__name__.removesuffix("_record")
            raise ReportError(
                f"'{name}' is a {what}, and publish does not take '{each}' of one. It takes "
                f"{listed(known)}.{did_you_mean(each, known)}"
            )
    return make(name, x, **told)


def _is_number(x: Any) -> bool:
    # numpy's numbers are numbers, too; truth values are counted as such by Python alone
    return isinstance(x, numbers.Real | Decimal) and not isinstance(x, bool)


def _is_frame(x: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(x, pandas.DataFrame | pandas.Series)


def _of_its_own(
    name: str, x: Any, told: Mapping[str, Any]
) -> tuple[Mapping[str, Any], dict[str, Any], dict[str, Any]]:
    """The same of what brings its own record."""
    if told:
        raise ReportError(
            f"'{name}' has a record of its own, so '{next(iter(told))}' cannot be told of it here: "
            f"the {type(x).__name__} says it in 'as_record'."
        )
    if not callable(getattr(x, "_repr_mimebundle_", None)):
        raise ReportError(
            f"'{name}' cannot be published: a {type(x).__name__} does not say what readers see. "
            'Give it \'_repr_mimebundle_\', which returns a dict such as {"text/plain": "75%"}.'
        )
    record = _plain(name, x.as_record())
    wants = record["kind"] == "chart" and os.environ.get(WANTS_PNG)
    # asked for first: who draws both in one pass can do so
    picture = x._repr_mimebundle_(include={_PNG}) if wants else {}
    bundle = x._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    return record, {**picture, **data}, metadata


def _plain(name: str, record: Any) -> dict[str, Any]:
    """A record as JSON has it, with the fields that its kind cannot do without."""
    if not isinstance(record, dict) or record.get("kind") not in KINDS:
        kind = record.get("kind") if isinstance(record, dict) else type(record).__name__
        raise ReportError(
            f"'{name}' cannot be published: its record is of kind {kind!r}, "
            f"and the book knows {', '.join(KINDS)}."
        )
    missing = sorted(required_fields(record["kind"]) - set(record))
    if missing:
        raise ReportError(
            f"'{name}' cannot be published: the record of a {record['kind']}, which this is, lacks "
            f"{listed(missing)}. The schema of records says what each is (_schema/ of the site)."
        )
    try:
        plain: dict[str, Any] = json.loads(json.dumps(record, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise ReportError(
            f"'{name}' cannot be published: its record is not plain data ({error})."
        ) from error
    return plain


def _shell() -> Any:
    """The running IPython shell; None in a plain script, without importing IPython there."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()


def _claim(name: str) -> None:
    """Note who published the name; a second cell, or the same run of one, may not."""
    shell = _shell()
    cell: object = None
    run: object = None
    if shell is not None:
        parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
        cell = (parent.get("metadata") or {}).get("cellId") or (parent.get("content") or {}).get(
            "code"
        )
        run = shell.execution_count
    if name in _published:
        earlier_cell, earlier_run = _published[name]
        if cell is None or cell != earlier_cell or run == earlier_run:
            raise ReportError(
                f"'{name}' is already published in this notebook. Give this one another name; "
                "after moving cells about, restart the kernel."
            )
    _published[name] = (cell, run)
