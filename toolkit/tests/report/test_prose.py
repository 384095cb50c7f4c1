"""What is prose on a page, and where it stands."""

import pytest
from miniature import notebook

from reportbook.files.notebooks import notebook_text
from reportbook.report.contents import Page
from reportbook.report.project import Project
from reportbook.report.prose import APART, on_cards, passages, roles, said_and_why


@pytest.fixture
def words(tmp_path):
    """The words of a page, passage by passage, without what only separates them."""

    def read(text, **parse):
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        project = Project(tmp_path, {"parse": parse}, (Page("page", path),))
        read = [passage.words.replace(APART, "…") for _, _, passage in passages(project)]
        return [each.strip() for each in read if each.strip()]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **b**old *wo*rd", ["A bold word"]),
        ("two\nlines", ["two\nlines"]),
        ("# Title\n\n- item\n- more\n\n> quoted", ["Title", "item", "more", "quoted"]),
        ("| a | b |\n| --- | --- |\n| c | d |", ["a", "b", "c", "d"]),
        ("see [the page](there.md) and [this][1]\n\n[1]: x.md", ["see the page and this"]),
        ("![a cat](cat.png)", ["…a cat…"]),
        ("`code` $x$ {math}`y` {{ name }}", ["… … … …"]),
        ("```python\nx\n```\n\n    indented\n\n$$ y $$", []),
        ("---\ntitle: x\n---\n\n% comment\n\n(target)=\n\n<!-- hidden -->\n\nshown", ["shown"]),
        ("a <!-- not this --> b<br>c <i>d</i>", ["a  b c d"]),
        ("<div>\n<p>raw &amp;\nwords</p><script>not()</script>\n</div>", ["raw &\nwords"]),
        ("<p><img src='x.png' alt='a chart'></p>", ["a chart"]),
        ("word[^1]\n\n[^1]: the note", ["word…", "the note"]),
        ("Term\n: what it means", ["Term\n: what it means"]),
        ("<https://example.org/page>", ["………"]),
    ],
)  # fmt: skip
def test_words_without_markup(words, text, expected):
    found = words(text)
    if text.startswith("<https"):
        assert set("".join(found)) == {"…"}
    else:
        assert found == expected


def test_the_extensions_of_the_book_decide_what_is_prose(words):
    assert words("a $b$", myst_enable_extensions=["deflist"]) == ["a $b$"]
    assert words("Term\n: what", myst_enable_extensions=["deflist"]) == ["Term", "what"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```{note}\n:class: tip\n\nbody\n```", ["body"]),
        ("```{note} begins here\nand goes on\n```", ["begins here", "and goes on"]),
        ("```{admonition} Title\n---\nclass: note\n---\nbody\n```", ["Title", "body"]),
        (":::{card} Title\n:link: x\n\nbody\n:::", ["Title", "body"]),
        ("::::{grid} 1 2\n\n:::{grid-item-card} T\nbody\n:::\n::::", ["T", "body"]),
        ("```{figure} x.png\n:alt: a cat\n:name: n\n\nCaption\n```", ["a cat", "Caption"]),
        ("```{image} x.png\n:alt: a cat\n```", ["a cat"]),
        ("```{list-table} Title\n:header-rows: 1\n\n* - a\n  - b\n```", ["Title", "a", "b"]),
        ("```{raw} html\n<b>raw</b>\n```", ["raw"]),
        ("```{code-block} python\n:caption: x\ny\n```", []),
        ("```{toctree}\nx\n```\n\n```{math}\nx\n```", []),
    ],
)
def test_words_within_directives(words, text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{number}`a.b` of them", "… of them"),
        ("{typed}`five <why>` of them", "… of them"),
        ("{holds}`more than half <a.b > 0.5>` of them", "more than half of them"),
        ("{ref}`the section <sec>`, {doc}`page`", "the section, …"),
        ("CO{sub}`two`, {strong}`very`", "COtwo, very"),
    ],
)
def test_words_of_roles(words, text, expected):
    assert words(text) == [expected]


def test_roles_are_found_with_file_cell_and_line(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# {number}`a.heading`\n\ntext `a\nb` and\n**{number}`a.bold|value`**\n\n"
        "| a |\n|---|\n| {number}`a.cell\\|value` |\n\n"
        ":::{note}\n:class: tip\n\n- {number}`a.item`\n:::\n\n`{number}` ``{number}`a.code` ``\n"
    )
    made = notebook(("code", "1"), ("text", "no\n\n{holds}`half <a.b > 1>`, {typed}`5 <so>`"))
    (tmp_path / "made.ipynb").write_text(notebook_text(made))
    pages = (Page("page", page), Page("folder/made", tmp_path / "made.ipynb"))
    project = Project(tmp_path, {}, pages)
    assert [f"{role}: {role.text}" for role in roles(project, "number")] == [
        "page.md, line 1: a.heading",
        "page.md, line 5: a.bold|value",
        "page.md, line 9: a.cell|value",
        "page.md, line 14: a.item",
    ]
    assert [f"{role}: {role.name}" for role in roles(project, "holds", "typed")] == [
        "folder/made.ipynb, cell 2, line 3: holds",
        "folder/made.ipynb, cell 2, line 3: typed",
    ]


def test_the_names_on_cards_page_by_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n```{key-numbers}\na.one\na.two\n```\n\nProse on a.three.\n")
    made = notebook(("code", "1"), ("text", "::::{key-numbers}\nb.one\na.one\n::::\n"))
    (tmp_path / "made.ipynb").write_text(notebook_text(made))
    pages = (Page("page", page), Page("made", tmp_path / "made.ipynb"))
    assert on_cards(Project(tmp_path, {}, pages)) == ["a.one", "a.two", "b.one"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("95 <a threshold>", ("95", "a threshold")),
        (" more than half <a.b > 0.5> ", ("more than half", "a.b > 0.5")),
        ("less <a.b < 5 and a.c > 2>", ("less", "a.b < 5 and a.c > 2")),
        ("95", None),
        ("95 <>", None),
        ("95 < >", None),
        ("<a threshold>", None),
    ],
)
def test_what_is_said_and_what_vouches_for_it(text, expected):
    assert said_and_why(text) == expected
