import pytest

from reportbook.files.dates import publication, reader_date


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("2019", "en", "2019"),
        ("2020-05", "en", "May 2020"),
        ("2020-05", "es", "mayo de 2020"),
        ("2020-05-26", "en", "26 May 2020"),
        ("2019/2023-10", "en", "2019 – October 2023"),
        ("in May", "en", "in May"),
    ],
)
def test_dates_are_written_for_readers(text, language, said):
    assert reader_date(text, language) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"published": "2023-10", "dating": "stated"}, "published October 2023"),
        ({"published": "2023-10", "dating": "inferred"},
         "published October 2023 (inferred from the document)"),
        ({"published": "", "dating": "unknown"}, "date of publication unknown"),
    ],
)  # fmt: skip
def test_dates_say_how_they_are_known(source, said):
    assert publication(source, "en") == said
