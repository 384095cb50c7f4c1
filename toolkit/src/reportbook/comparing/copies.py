"""A copy of a project that notebooks can be run in with other data."""

from __future__ import annotations

import shutil
from pathlib import Path

from reportbook.report.project import Project


def copy_without_data(project: Project, folder: Path) -> None:
    """Copy the pages of a project to `folder`, and link everything else but its data."""
    folder.mkdir(parents=True)
    copied = {Path(page.address).parts[0] for page in project.pages if "/" in page.address}
    for path in sorted(project.root.iterdir()):
        if path.name[0] == "." or path in (project.data, project.build):
            continue
        if path.is_dir() and path.name in copied:
            ignored = shutil.ignore_patterns(".*", "__pycache__")
            shutil.copytree(path, folder / path.name, ignore=ignored)
        elif path.is_dir():
            try:
                (folder / path.name).symlink_to(path, target_is_directory=True)
            except OSError:  # Windows asks for a privilege
                shutil.copytree(path, folder / path.name)
        else:
            shutil.copyfile(path, folder / path.name)
