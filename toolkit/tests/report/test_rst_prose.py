import pytest

from reportbook.checking.typed_numbers import typed_numbers
from reportbook.errors import ReportError
from reportbook.report.contents import Page
from reportbook.report.project import Project
from reportbook.report.prose import passages, roles, whens_of

TEXT = """\
A page of 3 parts
=================

Some *12 million* people, ``34`` and :math:`56`, of :number:`people.share` and
:holds:`more than half <people.share > 0.5>`.

.. note::
   A note with 78 items and a `link <other.rst>`_.

.. code-block:: python

   x = 90

.. figure:: map.png
   :alt: A map of 5 places

   A caption, :typed:`95 <the share>`.

.. include:: gone.txt

- An item with 21 things, at https://example.org/22
"""


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "page.rst"
    path.write_text(TEXT, encoding="utf-8")
    return Project(tmp_path, {}, (Page("page", path),))


def test_words_are_read_as_reStructuredText_has_them(project):
    found = [(each.text, each.line) for each in typed_numbers(project)]
    assert found == [("3", 1), ("12", 4), ("78", 8), ("5", 15), ("21", 21)]


def test_roles_and_links_are_found_on_their_lines(project):
    found = [(each.name, each.text, each.line) for each in roles(project, "number", "holds")]
    assert found == [
        ("number", "people.share", 4), ("holds", "more than half <people.share > 0.5>", 5),
    ]  # fmt: skip
    links = [address for _, _, each in passages(project) for address, _ in each.links]
    assert links == ["other.rst", "map.png", "https://example.org/22"]


def test_a_condition_that_nobody_would_ask_is_refused(project):
    assert list(whens_of(project)) == []
    page = project.pages[0].path
    page.write_text(f"{TEXT}\n.. when:: people.share\n\n   Some.\n", encoding="utf-8")
    with pytest.raises(ReportError, match=r"page.rst, line 23: conditions are asked in pages of"):
        list(whens_of(project))
