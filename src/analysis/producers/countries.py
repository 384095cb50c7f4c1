"""Which codes are countries of ISO 3166-1: producers have others that look alike."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from babel.core import get_global

# Codes of countries that are no more, which the CLDR knows as other names of their successors.
WITHDRAWN = ("ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR")
# What ISO 3166-1 leaves to its users or sets aside for other standards, by the code of two letters.
_NOT_A_COUNTRY = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|AC|CP|CQ|DG|EA|EU|EZ|IC|TA|UN")


@cache
def iso_codes() -> frozenset[str]:
    """Return the alpha-3 codes that ISO 3166-1 assigns today, as the CLDR lists them."""
    return frozenset(
        code
        for code, named in get_global("territory_aliases").items()
        if re.fullmatch("[A-Z]{3}", code)
        and code not in WITHDRAWN
        and len(named) == 1
        and re.fullmatch("[A-Z]{2}", named[0])
        and not _NOT_A_COUNTRY.fullmatch(named[0])
    )


def is_country(codes: pd.Series) -> pd.Series:
    """Return for each code whether it is one of ISO 3166-1 alpha-3."""
    return codes.isin(iso_codes())
