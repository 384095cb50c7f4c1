import pytest

from reportbook.files.dates import age, publication, reader_date


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


@pytest.mark.parametrize(
    ("period", "as_of", "said"),
    [
        ("2023-12-26", "2023-12-31", "5 days"),
        ("2023-07", "2023-12-31", "5 months"),  # from its last day: 153 days
        ("2021", "2023-12-31", "2 years"),
        ("2019/2023-10", "2023-12-31", "2 months"),
        ("2024-07", "2023-12-31", ""),  # of a later day, as a projection is
        ("2023-07", None, ""),
        ("", "2023-12-31", ""),
    ],
)
def test_how_old_figures_are_is_counted_to_the_edition_s_date(period, as_of, said):
    assert age(period, as_of, "en") == said


def test_how_old_figures_are_is_said_in_the_reader_s_language():
    assert age("2023-07", "2023-12-31", "es") == "5 meses"
