"""Paths and names that stand in files, checked before anything is read or written there.

A path that a file gives may only lead into the report's own folder, and a name must be one that
every system can hold: a report is written on one machine and built on another.
"""

from __future__ import annotations

from pathlib import PurePosixPath

LONGEST = 120  # bytes of a name: systems allow 255, and what is made of it has suffixes
_DEVICES = {
    "con", "prn", "aux", "nul", "conin$", "conout$",
    *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"),
}  # fmt: skip
_REFUSED = set('<>:"|?*\\')


def mistake_in_name(name: str) -> str:
    """Why no file or folder can have this name everywhere, as the end of a sentence; or nothing.

    The rules are those of Windows, which are the strictest, and a length in UTF-8.
    """
    if name.split(".", 1)[0].rstrip(" ").casefold() in _DEVICES:
        return "is the name of a device on Windows"
    if name != name.rstrip(". "):
        return "ends with a dot or a space, which Windows drops"
    bad = [each for each in name if each in _REFUSED or ord(each) < 32 or ord(each) == 127]
    if bad:
        return f"has {bad[0]!r}, which not every system allows in a name"
    if len(name.encode("utf-8", "replace")) > LONGEST:
        return f"is longer than the {LONGEST} letters that fit everywhere"
    return ""


def mistake_in_path(path: object) -> str:
    """Why a path from a file does not lead into the report's folder, as the end of a sentence.

    It is written with ``/``, from the report's folder. Nothing is looked up: links that lie in the
    folder are followed or left out by whoever reads what they lead to.
    """
    if not isinstance(path, str) or not path.strip():
        return "is no path"
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or path.startswith("~"):
        return "leads out of the report's folder"
    if pure == PurePosixPath("."):
        return "is the report's folder itself"
    for part in pure.parts:
        if mistake := mistake_in_name(part):
            return mistake if part == path else f"has the part '{part}', which {mistake}"
    return ""
