"""The areas of the data, countries and named groups, and their names as a reader knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis import language
from analysis.errors import NotAccepted

if TYPE_CHECKING:
    from babel import Locale


M49 = "A region of the United Nations' standard country or area codes (M49)."

# countries that the United Nations call otherwise than the Unicode CLDR does
_NAMES = {
    "COD": language._("Democratic Republic of the Congo"),
    "COG": language._("Republic of the Congo"),
    "MMR": language._("Myanmar"),
}

# countries whose English name has an article within a sentence
_WITH_ARTICLE = {
    "ARE", "BHS", "CAF", "COD", "COG", "COM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL",
    "PSE", "SLB", "SYC", "USA", "VAT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A country or a named group; ``members`` are those of the group where one source lists them.

    ``kind`` is ``country``, ``world``, ``region``, ``political union``, ``plan line`` or
    ``bucket``.
    """

    code: str
    name: str
    kind: str
    members: tuple[str, ...]
    note: str


class Areas(Mapping[str, Area]):
    """Every area of the data by its code, and its name in the reader's language.

    Parameters
    ----------
    areas : iterable of Area
    sub_regions : mapping of str to str, optional
        By country, the code of the United Nations' sub-region that it lies in.
    """

    def __init__(
        self, areas: Iterable[Area], sub_regions: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._areas = {area.code: area for area in areas}
        self._sub_regions = dict(sub_regions)

    def __getitem__(self, code: str) -> Area:
        return self._areas[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._areas)

    def __len__(self) -> int:
        return len(self._areas)

    def sub_region(self, country: str) -> str:
        """Return the code of the United Nations' sub-region that a country lies in.

        Raises
        ------
        NotAccepted
            For a code that is in none.
        """
        if country not in self._sub_regions:
            raise NotAccepted("country", country, sorted(self._sub_regions))
        return self._sub_regions[country]

    def in_sentence(self, code: str) -> str:
        """Return the name as a sentence has it: ``the United States``.

        Raises
        ------
        NotAccepted
            As of :meth:`name`.
        """
        name = self.name(code)
        return language._("the {area}").format(area=name) if code in _WITH_ARTICLE else name

    def name(self, code: str, locale: Locale | None = None) -> str:
        """Return the name of an area in the reader's language.

        Parameters
        ----------
        code : str
            ISO 3166-1 alpha-3 code, or the code of a group; ``""`` has the name ``""``.
        locale : babel.Locale, optional
            The language of a country's name; by default that of :func:`analysis.language.locale`.
            Names of groups are translated with the report's other words.

        Raises
        ------
        NotAccepted
            If the code is not among the areas; the message lists the groups.
        """
        if not code:
            return ""
        if code not in self._areas:
            groups = [key for key, area in self._areas.items() if area.kind != "country"]
            raise NotAccepted("area", code, [*groups, "an ISO 3166-1 alpha-3 code such as COL"])
        if self._areas[code].kind != "country":
            return language._(self._areas[code].name)
        if code in _NAMES:
            return language._(_NAMES[code])
        return str((locale or language.locale()).territories[territory(code)])


def regions(countries: Iterable[Mapping[str, object]]) -> Iterator[Area]:
    """Yield the regions of the United Nations with their countries, by code.

    Parameters
    ----------
    countries : iterable of mapping
        Rows of ``m49.csv``.
    """
    names: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for row in countries:
        for level in ("region", "subregion", "intermediate"):
            code = str(row[level])
            if code:
                names[code] = str(row[f"{level}_name"])
                members.setdefault(code, []).append(str(row["country"]))
    for code in sorted(names):
        yield Area(code, names[code], "region", tuple(members[code]), M49)


def territory(code: str) -> str:
    """Return the two-letter code of a country.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code.

    Raises
    ------
    NotAccepted
        If the Unicode CLDR knows no country by it.
    """
    from babel.core import get_global

    # The CLDR names territories by alpha-2 code and lists the alpha-3 code as an alias of it.
    found = get_global("territory_aliases").get(code) if len(code) == 3 and code.isalpha() else None
    if not found:
        raise NotAccepted("country", code, ["an ISO 3166-1 alpha-3 code such as COL"])
    return str(found[0])
