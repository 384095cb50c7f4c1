import pytest

from reportbook.errors import ReportError
from reportbook.files.yaml_lines import parse_yaml, read_yaml


def test_scalars_stay_text_and_know_their_line():
    node = parse_yaml("a: NO\nb:\n  - 010\n  - '~'\n", "x.yml")
    assert node.value["a"].value == "NO"
    first, second = node.value["b"].value
    assert (first.value, first.line) == ("010", 3)
    assert second.quoted
    assert node.value["b"].line == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yml, line 3 gives 'a' again; it is already on line 1"),
        ("a: [1\nb: 2", r"x.yml, line \d is not valid YAML"),
        ("? [a]\n: 1", "x.yml, line 1: a key must be a plain word"),
    ],
)
def test_mistakes_name_file_and_line(text, message):
    with pytest.raises(ReportError, match=message):
        parse_yaml(text, "x.yml")


def test_a_file_that_is_not_there_or_not_utf8(tmp_path):
    with pytest.raises(ReportError, match=r"gone\.yml does not exist"):
        read_yaml(tmp_path / "gone.yml", "gone.yml")
    (tmp_path / "x.yml").write_bytes("título: x".encode("latin-1"))
    with pytest.raises(ReportError, match=r"x\.yml, line 1 is not UTF-8"):
        read_yaml(tmp_path / "x.yml", "x.yml")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("a: *x", 'Text that begins with * goes into quotes: "*x"'),
        ("a: [b, *GEF, c]", 'goes into quotes: "*GEF"'),
        ("a: @home", 'Text that begins with @, ` or % goes into quotes: "@home"'),
        ("a: `x`", 'goes into quotes: "`x`"'),
        ("a: [GEF #1, b]", "What follows # is a comment"),
        ("title: Ecuador: a report", "Text with a colon in it goes into quotes."),
    ],
)
def test_text_with_a_sign_of_yaml_is_told_to_go_into_quotes(text, remedy):
    with pytest.raises(ReportError) as refused:
        parse_yaml(f"b: 1\n{text}\n", "x.yml")
    assert str(refused.value).startswith("x.yml, line ")
    assert remedy in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value", "cut"),
    [
        ("GEF #1", "GEF", "#1"),
        ("GEF # one", "GEF", ""),
        ("GEF#1", "GEF#1", ""),
        ("'GEF' #1", "GEF", ""),
        ("GEF ## one", "GEF", ""),
        ("#1 of all", "", "#1 of all"),
    ],
)
def test_what_looks_like_text_and_is_a_comment_is_kept(text, value, cut):
    node = parse_yaml(f"a: {text}\nb: 2 #3\n", "x.yml").value["a"]
    assert (node.value, node.cut_off) == (value, cut)


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, r"line 2: '\*a' stands for a list or lines written elsewhere"),
        ("a: &a [*a]", r"line 1: '\*a' stands"),
        ("a: &a {b: *a}", r"line 1: '\*a' stands"),
        ("a: " + "[" * 20_000, "line 1: values are nested more than 50 deep"),
        ("a:\n  " + "{b: " * 60 + "}" * 60, "line 2: values are nested more than 50 deep"),
        ("a: b\nc: \x07", r"line 2 is not valid YAML: it has the sign U\+0007"),
    ],
)
def test_what_is_larger_than_it_seems_is_refused_with_its_line(text, said):
    with pytest.raises(ReportError, match=f"x.yml, {said}"):
        parse_yaml(text, "x.yml")


def test_values_may_be_nested_as_deep_as_anybody_writes_them():
    assert parse_yaml("[" * 49 + "]" * 49, "x.yml").line == 1


def test_a_sign_that_nobody_sees_is_refused_with_its_line():
    with pytest.raises(ReportError, match=r"x.yml, line 2: the text has the sign U\+202E"):
        parse_yaml("a: b\ntitle: The year\u202e 2020\n", "x.yml")
