"""What other packages bring by an entry point, found by its name."""

from __future__ import annotations

from importlib.metadata import entry_points

from reportbook.errors import ReportError, did_you_mean, listed


def brought(group: str, name: str, missing: str, remedy: str) -> object:
    """Return what is brought under a name.

    Parameters
    ----------
    group
        Of entry points.
    missing, remedy
        The sentences before and behind those there are, where the name is not among them.

    Raises
    ------
    ReportError
        If there is none of the name, with those there are.
    """
    found = {each.name: each for each in entry_points(group=group)}
    if name not in found:
        there = f"There are {listed(sorted(found))}." if found else "None is installed."
        raise ReportError(f"{missing} {there}{did_you_mean(name, found)} {remedy}")
    return found[name].load()
