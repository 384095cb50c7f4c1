"""What JupyterLab shows of the sentences of a notebook, with the extension of ours."""

import json
import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import nbformat
import pytest
from browser import launched
from nbformat.v4 import new_markdown_cell

TOOLKIT = Path(__file__).parents[1]
PROSE = """\
So many: **{number}`people.share`**, {number}`people.share|words`;
money {number}`money.ratio|value`.

Two {plural}`people.share|lives|live`, {typed}`5 <a threshold>`,
{number}`people.share|area|anywhere`. Not yet: {number}`people.nothing`.

```{when} people.share and money.ratio
It **is** {number}`people.share|value`.
```

```{when} not people.share
It is unknown.
```

```{when} people.share > 0.9
It is nearly all.
```

```{key-numbers}
money.ratio
```
"""

# what an author does: change the code, and run all of it
COUNTED_ANEW = """async () => {
  const notebook = jupyterapp.shell.currentWidget;
  await notebook.sessionContext.ready;
  const cell = [...notebook.content.model.cells].find((each) =>
    each.sharedModel.getSource().includes("6 / 8"));
  cell.sharedModel.setSource(cell.sharedModel.getSource().replace("6 / 8", "7 / 8"));
  await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def lab(accepted, tmp_path):
    """The address of a JupyterLab in the miniature report, with the extension as it is here."""
    extensions = tmp_path / "share" / "labextensions"
    extensions.mkdir(parents=True)
    (extensions / "reportbook").symlink_to(TOOLKIT / "lab", target_is_directory=True)
    own = {
        f"JUPYTER_{kind}_DIR": str(tmp_path / kind.lower())
        for kind in ("CONFIG", "DATA", "RUNTIME")
    }
    port = free_port()
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         "--expose-app-in-browser", "--IdentityProvider.token=",
         f"--ServerApp.root_dir={accepted.root}"],
        env={**os.environ, **own, "JUPYTER_PATH": str(tmp_path / "share")},
        stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, (tmp_path / "log").read_text()
                time.sleep(0.25)
        yield address
    finally:
        server.terminate()
        server.wait()
        log.close()


def test_sentences_show_the_numbers_of_the_outputs(accepted, lab):
    path = accepted.root / "notebooks" / "people.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, new_markdown_cell(PROSE, id="prose"))
    nbformat.write(notebook, path)
    with launched() as browser:
        page = browser.new_page()
        page.goto(f"{lab}/lab/tree/notebooks/people.ipynb")
        page.wait_for_selector(".jp-RenderedMarkdown [data-rb-role]", timeout=60_000)
        page.wait_for_function(  # of the other notebook, which is read then
            "document.querySelector('.jp-RenderedMarkdown').textContent.includes('money 50.0%')"
        )
        cell = page.locator(".jp-RenderedMarkdown").first
        said = " ".join(cell.inner_text().split())
        assert said == (
            "So many: 75.0% (±1), about 75.0%; money 50.0%. Two live, 5, anywhere. Not yet: "
            "{number} people.nothing. when people.share and money.ratio It is 75.0%. "
            "when not people.share It is unknown. when people.share > 0.9 It is nearly all. "
            "50.0% (±1)"
        )
        assert cell.locator(".rb-when strong").inner_text() == "is"
        left_out = [
            each.splitlines()[-1] for each in cell.locator(".rb-left-out").all_inner_texts()
        ]
        assert left_out == ["It is unknown.", "It is nearly all."]
        assert cell.locator("strong .rb-quoted").get_attribute("title") == (
            "Share of people [people.share]"
        )
        unknown = cell.locator(".rb-unknown")
        assert "people.nothing is not published" in unknown.get_attribute("title")
        page.evaluate(COUNTED_ANEW)
        page.wait_for_function(
            "document.querySelector('.jp-RenderedMarkdown').textContent.includes('87.5% (±1)')",
            timeout=60_000,
        )


def test_the_extension_is_of_the_version_of_the_package():
    about = json.loads((TOOLKIT / "lab" / "package.json").read_text(encoding="utf-8"))
    project = tomllib.loads((TOOLKIT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (about["name"], about["version"]) == (project["name"], project["version"])
    assert (TOOLKIT / "lab" / about["jupyterlab"]["_build"]["load"]).is_file()
