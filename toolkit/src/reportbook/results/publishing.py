"""The one way to hand a number, chart or table from a notebook to the book."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

from reportbook.errors import ReportError

# of version 1 of a record; another version would have another media type, beginning alike
MEDIA_TYPE = "application/vnd.reportbook.record+json"
WANTS_PNG = "REPORTBOOK_PNG"  # set in the environment of a run that is made for a site
KINDS = ("number", "chart", "table")

_PNG = "image/png"
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_published: dict[str, tuple[object, object]] = {}  # name -> (cell, run of that cell)


def publish(name: str, x: Any) -> None:
    """Display `x` and hand it to the book under `name`.

    Parameters
    ----------
    name
        Dotted lower snake case, ``<notebook>.<what>``, such as
        ``people.share``. One name, one thing: only running the same cell again
        may publish it anew.
    x
        Anything with ``as_record()``, a dict of JSON values whose ``kind`` is number, chart or
        table, and ``_repr_mimebundle_()``, what a reader sees.

    Notes
    -----
    A PNG is large and slow to draw, and nobody needs it in a notebook. It is asked for only when
    a build runs the notebook: a chart's ``_repr_mimebundle_`` then gets ``image/png`` in its
    argument `include`, as IPython means it, and may answer with the picture in base64.

    Raises
    ------
    ReportError
        If the name is badly made or taken, or `x` is nothing that can be published.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ReportError(
            f"{name!r} is not a name to publish under. Names are lower case words joined by "
            "underscores, with the notebook before a dot: 'people.share'."
        )
    record = _record_of(name, x)
    wants = record["kind"] == "chart" and os.environ.get(WANTS_PNG)
    # asked for first: who draws both in one pass can do so
    picture = x._repr_mimebundle_(include={_PNG}) if wants else {}
    bundle = x._repr_mimebundle_()
    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    data = {**picture, **data}
    _claim(name)

    if _shell() is None:
        print(data["text/plain"])
        return
    from IPython.display import display

    # IPython comes with types, but not for this
    display({**data, MEDIA_TYPE: {"name": name, **record}}, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]


def _record_of(name: str, x: Any) -> dict[str, Any]:
    if not callable(getattr(x, "as_record", None)):
        raise ReportError(
            f"'{name}' cannot be published: a {type(x).__name__} does not say where it comes "
            "from. Publish an estimate, a table or a chart (it has 'as_record')."
        )
    record = x.as_record()
    if record.get("kind") not in KINDS:
        raise ReportError(
            f"'{name}' cannot be published: its record is of kind {record.get('kind')!r}, "
            f"and the book knows {', '.join(KINDS)}."
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
