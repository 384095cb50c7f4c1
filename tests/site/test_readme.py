"""What the README shows of a command is what the command prints."""

import shutil

from conftest import ROOT

from reportbook.commands.diff import diff
from reportbook.comparing.wording import as_text
from reportbook.report.project import load_project

COMMAND = "$ reportbook diff 2020-05 2023-12\n"


def test_the_example_of_diff_is_what_it_prints(tmp_path):
    root = tmp_path / "report"
    root.mkdir()
    for name in ("data", "notebooks", "editions"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copyfile(ROOT / name, root / name)
    project = load_project(root)
    # the notes say that this copy is not published
    found = diff(project, "2020-05", "2023-12", jobs=2) | {"notes": []}
    printed = as_text(found, project.language, project.settings.vocabulary.one)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = readme.partition(COMMAND)[2].partition("```")[0]
    shown = [part.strip() for part in example.split("\n…\n")]
    assert len(shown) > 3
    places = [printed.find(part) for part in shown if part]
    assert -1 not in places, shown[places.index(-1)]
    assert places == sorted(places)
