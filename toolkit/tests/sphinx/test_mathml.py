"""Formulas."""

import re


def test_formulas_are_mathml_and_no_page_loads_a_script_for_them(built):
    html = (built.site / "latest" / "notebooks" / "index.html").read_text()
    assert re.search(r"<math [^>]*><mrow><mfrac>", html)
    assert "cdn.jsdelivr.net" not in html
