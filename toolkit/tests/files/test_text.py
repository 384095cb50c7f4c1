import pytest

from reportbook.errors import ReportError
from reportbook.files.text import read_text


def test_text_is_utf8_with_or_without_a_mark_whatever_its_line_breaks(tmp_path):
    path = tmp_path / "page.md"
    path.write_bytes("\ufeff# Año\r\nuno\rdos\n".encode())
    assert read_text(path, "page.md") == "# Año\nuno\ndos\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# Uno\n\naño".encode("latin-1"), r"page.md, line 3 is not UTF-8.*iconv -f Windows-1252"),
        ("# Año".encode("utf-16"), r"page.md is not UTF-8.*looks like UTF-16"),
    ],
)
def test_text_in_another_coding_is_refused_with_what_makes_it_utf8(tmp_path, content, said):
    path = tmp_path / "page.md"
    path.write_bytes(content)
    with pytest.raises(ReportError, match=said):
        read_text(path, "page.md")
