import pandas as pd

from analysis.producers.countries import is_country


def test_a_code_is_a_country_only_in_iso_3166():
    # GFR is UNHCR's Germany, ANT no longer a country, XKX and ASC are nobody's in ISO 3166-1
    given = ["VEN", "TUR", "ATA", "TWN", "GFR", "ANT", "XKX", "XXA", "UNK", "ASC", "", "ven"]
    codes = pd.Series(given)
    assert list(codes[is_country(codes)]) == ["VEN", "TUR", "ATA", "TWN"]
