"""What a command is given: the report it is about, and parameters as NAME=VALUE."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reportbook.report.project import Project


def project_of(context: click.Context) -> Project:
    """Return the report in the folder that was named, or in the working folder or above it."""
    from reportbook.report.project import find_project

    return find_project(context.obj)


def parameters_given(parameters: tuple[str, ...]) -> dict[str, str]:
    """Return values by name; wrong usage stops at one that is none, or has two values."""
    found: dict[str, str] = {}
    for each in parameters:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"-p {each}: write it as NAME=VALUE, such as -p country=NO.")
        if found.setdefault(name.strip(), value.strip()) != value.strip():
            raise click.UsageError(f"-p sets '{name.strip()}' twice, to different values.")
    return found
