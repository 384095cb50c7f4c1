"""What tests ask of the command and of a made book."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from reportbook.cli.main import main
from reportbook.site.assemble import put_in_place


def run(capsys, monkeypatch, folder, *arguments):
    """Exit code, output and errors of the command run in `folder`."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["reportbook", *arguments])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code or 0
    said = capsys.readouterr()
    return code, said.out, said.err


def put(site: Path, made, **about):
    """Publish editions that are one folder each."""
    return put_in_place(site, {name: [folder] for name, folder in made.items()}, **about)


def edition(folder: Path, name: str, as_of=None, text="page", **more) -> Path:
    """The folder of an edition's pages, as small as they come."""
    made = folder / f"made-{name}"
    (made / "notebooks").mkdir(parents=True, exist_ok=True)
    (made / "index.html").write_text(text)
    nothing: dict = {key: {} for key in ("numbers", "charts", "tables", "observations", "sources")}
    results = {"edition": name, "title": f"Title <{name}>", "as_of": as_of, **nothing, **more}
    (made / "results.json").write_text(json.dumps(results))
    return made
