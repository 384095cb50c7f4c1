import pytest

from reportbook.files.dates import reader_date


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
