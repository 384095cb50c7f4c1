"""What a researcher asks a service for, checked before anything is asked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from analysis.errors import NotAccepted
from analysis.producers.countries import iso_codes


def refuse_others(asked: Mapping[str, str], *names: str) -> None:
    """Stop at a parameter that the service is not asked by.

    Raises
    ------
    NotAccepted
    """
    for name in asked:
        if name not in names:
            raise NotAccepted("parameter", name, names)


def years(asked: Mapping[str, str], first: int) -> tuple[int, int]:
    """Return the first and last year of the parameter ``years``; without it, `first` to today's.

    Raises
    ------
    NotAccepted
        If it is neither a year nor two with a slash, the earlier first.
    """
    text = asked.get("years", f"{first}/{datetime.date.today().year}")
    found = re.fullmatch(r"(\d{4})(?:/(\d{4}))?", text)
    if found is None or int(found[1]) > int(found[2] or found[1]) or int(found[1]) < first:
        raise NotAccepted("years", text, [f"a year from {first} on, or two such as 2018/2025"])
    return int(found[1]), int(found[2] or found[1])


def countries(asked: Mapping[str, str], name: str) -> list[str]:
    """Return the codes of a parameter that lists countries with commas; none if it is not given.

    Raises
    ------
    NotAccepted
        If one is no code of ISO 3166-1 alpha-3.
    """
    codes = [code.strip() for code in asked.get(name, "").split(",") if code.strip()]
    for code in codes:
        if code not in iso_codes():
            raise NotAccepted(name, code, ["codes of ISO 3166-1 alpha-3, such as VEN,SYR"])
    return codes


def with_query(address: str, **parameters: object) -> str:
    """Return an address whose query has these parameters in place of those of the same name."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | {name: str(each) for name, each in parameters.items()}
    return urlunsplit(parts._replace(query=urlencode(query, safe=",:")))


def query_of(address: str) -> dict[str, str]:
    """Return the parameters of an address's query."""
    return dict(parse_qsl(urlsplit(address).query))
