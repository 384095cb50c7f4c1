"""Which version of each published document is written and read; `schema` says what is in them.

A document that says nothing of its version was published before versions were counted. Its fields
mean what those of version 1 mean, so it is read as one. Any other version is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reportbook.errors import ReportError, listed

RESULTS_VERSION: Final = "reportbook/results/1"
CHANGES_VERSION: Final = "reportbook/changes/1"
EDITIONS_VERSION: Final = "reportbook/editions/1"

# what a document without a version must have, and what it may lack
_NEEDED = {
    RESULTS_VERSION: ("edition", "numbers", "charts", "tables", "observations", "sources"),
    CHANGES_VERSION: ("old", "new"),
}
_MAY_LACK: Mapping[str, Mapping[str, Any]] = {
    RESULTS_VERSION: {
        "title": "", "scope": "", "series": "", "as_of": None, "language": "en",
        "parameters": {}, "overrides": {},
    },
    CHANGES_VERSION: {},
}  # fmt: skip


def in_this_version(document: object, version: str, shown: str) -> dict[str, Any]:
    """A document read from a file, with the fields that `version` has.

    Raises
    ------
    ReportError
        If it is of another version, or says no version and lacks what it must have.
    """
    if not isinstance(document, dict):
        raise ReportError(f"{shown} is not a document of '{version}'. Build the edition anew.")
    stated = document.get("schema")
    if stated is None:
        missing = [key for key in _NEEDED[version] if key not in document]
        if missing:
            raise ReportError(
                f"{shown} is not a document of '{version}': it lacks {listed(missing)}. "
                "Build the edition anew."
            )
        return {"schema": version, **_MAY_LACK[version], **document}
    if stated != version:
        raise ReportError(
            f"{shown} is of the version '{stated}', but this reportbook reads '{version}'. Build "
            "the edition anew, or use the reportbook that made it."
        )
    return document
