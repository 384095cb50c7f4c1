import json
import re

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from reportbook.errors import ReportError
from reportbook.files.notebooks import notebook_text
from reportbook.report.parameters import (
    NotThatType,
    Text,
    accepted,
    parse_parameters,
    read_signature,
    takes_list,
    typed,
    typed_for,
    with_values,
)

CELL = """\
from typing import Literal

# the date whose knowledge counts,
# None for everything
as_of: str | None = None
reading: Literal["headline", "donors # in"] = "headline"  # which sentence, "#1"
hosts: int = 7  # how many
share: float = 0.5
areas: list[str] = [
    "COL",
    "PER",
]
shown: bool = True
"""


def one(source):
    (parameter,) = parse_parameters(source, "x.ipynb").values()
    return parameter


def test_types_defaults_and_comments_are_read():
    found = parse_parameters(CELL, "x.ipynb")
    assert {name: each.default for name, each in found.items()} == {
        "as_of": None, "reading": "headline", "hosts": 7, "share": 0.5, "areas": ["COL", "PER"],
        "shown": True,
    }  # fmt: skip
    assert found["as_of"].comment == "the date whose knowledge counts, None for everything"
    assert found["reading"].comment == 'which sentence, "#1"'
    assert found["reading"].written == 'Literal["headline", "donors # in"]'
    assert found["share"].comment == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a = 1", "line 1: 'a' has no type"),
        ("\na: int = b", "line 2: the default of 'a' must be a plain value"),
        ("a: int = 'x'", "the default of 'a' is 'x', but its type accepts a whole number"),
        ("a: int", "'a' has no default"),
        ("a: dict = {}", "'dict' is not a type a parameter can have"),
        ("a: int = 1\na: int = 2", "line 2 gives 'a' a second time"),
        ("print(1)", "line 1 is not a parameter"),
        ("a: int = = 1", "line 1: invalid syntax"),
    ],
)
def test_a_cell_that_is_no_list_of_parameters_names_the_line(source, message):
    with pytest.raises(ReportError, match=message):
        parse_parameters(source, "x.ipynb")


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        ("str", "NO", "NO"),
        ("str", "010", "010"),
        ("str", "null", "null"),
        ("str | None", "null", None),
        ("str | None", "~", None),
        ("str | None", "", None),
        ("str | None", "NO", "NO"),
        ("Optional[int]", "12", 12),
        ("int", "010", 10),
        ("float", "1e3", 1000.0),
        ("bool", "false", False),
        ("int | str", "7", 7),
        ("Literal['a', 2]", "2", 2),
    ],
)
def test_text_is_typed_by_the_signature(annotation, text, value):
    kind = one(f"a: {annotation} = {DEFAULTS[annotation]}").type
    found = typed(Text(text), kind)
    assert found == value
    assert type(found) is type(value)


DEFAULTS = {
    "str": "''", "str | None": "None", "Optional[int]": "None", "int": "0", "float": "0.0",
    "bool": "True", "int | str": "0", "Literal['a', 2]": "2",
}  # fmt: skip


def test_quotes_make_null_a_word():
    kind = one("a: str | None = None").type
    assert typed(Text("null", quoted=True), kind) == "null"


def test_lists_are_typed_item_by_item():
    kind = one("a: list[int] = []").type
    assert typed([Text("1"), Text("2")], kind) == [1, 2]
    with pytest.raises(NotThatType, match="x"):
        typed([Text("1"), Text("x")], kind)
    with pytest.raises(NotThatType):
        typed(Text("1"), kind)


@pytest.mark.parametrize(
    ("annotation", "text"), [("int", "1.5"), ("float", "nan"), ("bool", "maybe"), ("int", "")]
)
def test_what_the_type_does_not_accept_is_refused(annotation, text):
    with pytest.raises(NotThatType):
        typed(Text(text), one(f"a: {annotation} = {DEFAULTS[annotation]}").type)


def test_the_error_names_what_is_accepted_and_what_is_near():
    parameter = one('reading: Literal["headline", "own"] | None = None')
    with pytest.raises(ReportError) as caught:
        typed_for(parameter, Text("headlin"), "editions/a.yml, line 3")
    assert str(caught.value) == (
        "editions/a.yml, line 3 sets 'reading' to 'headlin'. It accepts 'headline', 'own' or null."
        " Did you mean 'headline'?"
    )


def test_accepted_says_types_in_words():
    assert accepted(one("a: list[int] = []").type) == "a list, each item a whole number"


def test_values_are_written_into_the_cell_and_all_else_stays():
    written = with_values(CELL, {"areas": ["é", "NO"], "hosts": 3, "as_of": 'say "x"'})
    assert 'areas: list[str] = ["é", "NO"]\nshown: bool = True\n' in written
    assert "hosts: int = 3  # how many" in written
    found = parse_parameters(written, "x")
    assert found["as_of"].default == 'say "x"'
    assert found["reading"] == parse_parameters(CELL, "x")["reading"]
    assert with_values(CELL, {}) == CELL


@pytest.mark.parametrize("mark", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_a_line_ends_where_python_ends_it(mark):
    source = f'# the first{mark}\na: str = "x{mark}y"  # text{mark}\nb: int = 1  # a number\n'
    assert with_values(source, {"b": 2}) == source.replace("b: int = 1", "b: int = 2")
    given = {"a": f"p{mark}q", "b": 3}
    found = parse_parameters(with_values(source, given), "x")
    assert {name: each.default for name, each in found.items()} == given
    assert found["b"].comment == "a number"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(end):
    source = f"a: int = 1  # one{end}\x0c{end}b: int = 2  # two{end}"
    assert with_values(source, {"b": 9}) == source.replace("b: int = 2", "b: int = 9")
    assert [each.comment for each in parse_parameters(source, "x").values()] == ["one", "two"]


@pytest.mark.parametrize(
    ("annotation", "takes"),
    [
        ("list[str]", True),
        ("list[int] | None", True),
        ("Literal['listed', 'all']", False),
        ("str | None", False),
    ],
)
def test_what_takes_lists_is_told_by_its_type(annotation, takes):
    default = {"list[str]": "[]", "Literal['listed', 'all']": "'all'"}.get(annotation, "None")
    assert takes_list(one(f"a: {annotation} = {default}").type) is takes


@pytest.mark.parametrize("tag", ["injected-parameters", "papermill-error-cell-tag"])
def test_a_cell_that_papermill_left_is_refused(tmp_path, tag):
    cells = [
        new_code_cell("a: int = 1", metadata={"tags": ["parameters"]}),
        new_code_cell("a = 2", metadata={"tags": [tag]}),
    ]
    path = tmp_path / "x.ipynb"
    path.write_text(notebook_text(new_notebook(cells=cells)), encoding="utf-8")
    with pytest.raises(ReportError, match=rf"^x\.ipynb, cell 2 is tagged '{tag}'.*Delete the cell"):
        read_signature(path, "x.ipynb")


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}, "R"),
        ({"kernelspec": {"name": "ir"}}, "R"),
        ({"kernelspec": {"name": "bash"}, "language_info": {"name": "bash"}}, "bash"),
        ({"kernelspec": {"name": "my-env", "language": "python"}}, None),
        ({"language_info": {"name": "ipython3"}}, None),
        ({"kernelspec": None}, None),
        ({}, None),
    ],
)
def test_a_notebook_of_another_language_is_refused_by_name(tmp_path, metadata, language):
    cell = new_code_cell("a: int = 1", metadata={"tags": ["parameters"]})
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({**new_notebook(cells=[cell]), "metadata": metadata}))
    if language is None:
        assert list(read_signature(path, "a.ipynb")) == ["a"]
    else:
        with pytest.raises(ReportError, match=rf"^a.ipynb is written in {language}\. The "):
            read_signature(path, "a.ipynb")


@pytest.mark.parametrize(
    "kind",
    ["Literal[f()]", "Literal[()]", "Literal[[1]]", "Literal[{}]", "Literal[1.5]", "Union[()]",
     "Optional[()]", "Optional[str, int]", "list[()]", "list[str, int]"],
)  # fmt: skip
def test_types_that_stand_for_nothing_are_refused(kind):
    with pytest.raises(ReportError, match=rf"line 1: '{re.escape(kind)}' is not a type"):
        parse_parameters(f'a: {kind} = "x"', "a.ipynb")


@pytest.mark.parametrize("value", ["-" * 50_000 + "1", "[" * 300 + "]" * 300, "'a\0b'"])
def test_a_default_that_python_itself_cannot_read_names_the_notebook(value):
    with pytest.raises(ReportError, match=r"^a\.ipynb.*parameters cell"):
        parse_parameters(f"a: str = {value}", "a.ipynb")
