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
