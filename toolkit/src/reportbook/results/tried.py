"""A try found again by its name: the edition that it is of, with the parameters that were set."""

from __future__ import annotations

from reportbook.errors import ReportError
from reportbook.report.editions import Edition, edition_names, load_editions
from reportbook.report.project import Project
from reportbook.results.files import read_tries


def edition_or_try(project: Project, name: str) -> Edition:
    """The edition of a name, or the try where there is no such edition.

    Raises
    ------
    ReportError
        If there is neither, or the try was made with other parameters than its edition and the
        notebooks give now.
    """
    tried = read_tries(project).get(name)
    if tried is None or name in edition_names(project):
        (edition,) = load_editions(project, [name])
        return edition
    of = tried.get("try_of", "")
    (edition,) = load_editions(project, [of], overrides=tried["overrides"])
    if edition.parameters != tried["parameters"]:
        raise ReportError(
            f"The try '{name}' was made with other parameters than '{of}' or the notebooks give "
            "now. Build it again, look at it, and repeat this."
        )
    return edition
