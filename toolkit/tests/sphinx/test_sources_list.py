"""The list of sources, with what rests on each."""

import re

from reportbook.sphinx.sources_list import used


def test_sources_list_what_rests_on_each(built):
    html = (built.site / "latest" / "notebooks" / "sources.html").read_text()
    text = re.sub(r"<[^>]*>", "", html.replace("\n", " "))
    assert "Bureau. A count, published October 2023 (inferred from the document)" in text
    assert "Numbers: Share of people (75.0%); Ratio of money (50.0%)" in text
    assert '<a class="reference external" href="https://example.org/count">A count</a>' in html
    assert '<a class="reference internal" href="people.html">Up</a>' in html


def test_a_source_collects_all_that_rests_on_it():
    results = {
        "numbers": {"a.b": {"sources": ["x", "y"]}, "a.c": {"sources": ["x"]}},
        "charts": {"a.d": {"sources": ["y"]}},
        "tables": {},
    }
    assert used(results) == {
        "x": {"numbers": ["a.b", "a.c"], "charts": [], "tables": []},
        "y": {"numbers": ["a.b"], "charts": ["a.d"], "tables": []},
    }
