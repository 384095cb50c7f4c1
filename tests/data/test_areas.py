"""Names of areas: countries by the Unicode CLDR, groups by data/areas.csv."""

import pytest
from babel import Locale

from analysis.data import areas
from analysis.data.areas import Area, Areas
from analysis.data.load import load
from analysis.errors import NotAccepted

AREAS = load().areas


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("COL", "en", "Colombia"),
        ("CUW", "en", "Curaçao"),
        ("AUS", "en", "Australia"),  # UNHCR's own code AUS is Austria
        ("BRA", "es", "Brasil"),
        ("USA", "pt", "Estados Unidos"),
        ("LAC", "en", "Latin America and the Caribbean"),
        ("WLD", "en", "World"),
        ("REGIONAL", "en", "Regional line of the plan"),
        ("", "en", ""),
    ],
)
def test_name(code, language, name):
    assert AREAS.name(code, Locale(language)) == name


def test_the_reports_own_language_is_the_default():
    assert AREAS.name("DOM") == "Dominican Republic"


@pytest.mark.parametrize("code", ["VENEZUELA", "col", "CO", "DDR", "LAK"])
def test_an_unknown_code_lists_what_is_accepted(code):
    with pytest.raises(NotAccepted, match=r"WLD, LAC, .* alpha-3 code such as COL"):
        AREAS.name(code)


def test_every_area_of_the_package_has_a_name():
    assert all(AREAS.name(code) for code in AREAS)


def test_the_two_letter_code_of_a_country():
    assert areas.territory("CUW") == "CW"


@pytest.mark.parametrize("code", ["LAC", "CO", "076"])
def test_only_countries_have_a_two_letter_code(code):
    with pytest.raises(NotAccepted, match="alpha-3 code such as COL"):
        areas.territory(code)


def test_a_group_is_named_as_its_own_data_name_it():
    assert Areas([Area("WLD", "Earth", "world", (), "")]).name("WLD") == "Earth"
