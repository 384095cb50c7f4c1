"""Checks of the committed notebooks: what `accept` stores in them, and nothing else."""

from __future__ import annotations

from reportbook.files.notebooks import read_plain
from reportbook.report.project import Project
from reportbook.results.records import code_cells


def check_notebooks(project: Project) -> list[str]:
    """What is wrong with the committed notebooks: outputs missing, pictures or errors in them."""
    problems = []
    for page in project.notebooks:
        if page.is_text:
            continue
        shown = project.shown(page.path)
        cells = list(code_cells(read_plain(page.path)))
        if cells and not any(cell["outputs"] for _, cell in cells):
            problems.append(f"{shown} has no outputs. Run 'reportbook accept {page.stem}'.")
        for number, cell in cells:
            for output in cell["outputs"]:
                if output["output_type"] == "error":
                    problems.append(
                        f"{shown}, code cell {number} holds an error: {output['ename']}."
                    )
                pictures = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
                if pictures:
                    problems.append(
                        f"{shown}, code cell {number} holds a picture ({pictures[0]}). "
                        f"Run 'reportbook accept {page.stem}'."
                    )
    return problems
