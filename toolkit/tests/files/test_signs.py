import pytest

from reportbook.files.signs import hidden_sign, plain_cell


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("plain, with tab\t and\nlines", ""),
        ("\u0627\u200f (\u200e1)", ""),  # marks that Arabic needs
        ("Bank\u202egro.live", "U+202E"),
        ("a\u2066b", "U+2066"),
        ("a\x00b", "U+0000"),
        ("a\x1b[31mb", "U+001B"),
        ("a\x9bb", "U+009B"),
        ("\x7f", "U+007F"),
    ],
)
def test_signs_that_nobody_sees(text, sign):
    assert hidden_sign(text) == sign


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("-1.2 (-1.5–-0.9)", "'-1.2 (-1.5–-0.9)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("-1.2", "-1.2"),
        ("+3,000.5 %", "+3,000.5 %"),
        ("a=1", "a=1"),
        ("", ""),
        (-1.5, -1.5),
        (None, None),
    ],
)
def test_no_cell_begins_a_formula(cell, shown):
    assert plain_cell(cell) == shown
