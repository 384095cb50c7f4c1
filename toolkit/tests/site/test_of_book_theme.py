import re
from importlib.resources import files
from pathlib import Path

import pytest

import reportbook.sphinx
from reportbook.site import of_book_theme

PACKAGES = [Path(str(files(name))) for name in ("sphinx_book_theme", "pydata_sphinx_theme")]
THEMES = [path for package in PACKAGES for path in (package / "theme").rglob("*")]
OURS = Path(reportbook.sphinx.__file__).with_name("static")
NAMES = re.compile(r"--pst-[\w-]+|(?<=\.)(?:bd|pst)-[\w-]+")


@pytest.mark.parametrize("pattern", ["*webpack-macros.html", "*.map"])
def test_the_theme_has_the_files_that_are_left_out(pattern):
    assert pattern in of_book_theme.LEFT_OUT
    assert any(path.match(pattern) for path in THEMES), (
        f"the theme has no {pattern} any more: it {of_book_theme.LEFT_OUT[pattern]}. "
        f"Change {of_book_theme.__name__}."
    )


def test_the_theme_has_the_script_that_is_left_out_and_the_fonts_that_stand_in_for_it():
    pages = "".join(path.read_text("utf-8") for path in THEMES if path.suffix == ".html")
    assert f"/{of_book_theme.ICONS}" in pages
    assert any(path.match("fa-*.woff2") for path in THEMES)


def test_the_themes_have_the_classes_and_colours_that_our_style_sheets_name():
    theirs = "".join(
        path.read_text("utf-8") for path in THEMES if path.suffix in (".css", ".js", ".html")
    )
    for path in (*OURS.glob("*.css"), *OURS.glob("*.js")):
        used = set(NAMES.findall(path.read_text("utf-8")))
        missing = {name for name in used if name not in theirs}
        assert not missing, f"the themes have no {missing}, which {path.name} names"
