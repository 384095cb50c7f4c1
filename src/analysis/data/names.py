"""What appeals, facilities and publishers are called: the reader's names for keys in the tables."""

from __future__ import annotations

from analysis.language import _

# Inside a sentence, and the short form for labels.
_APPEALS = {
    "IOM-COVID-19": (_("IOM’s COVID-19 plan"), _("IOM")),
    "IOM-COVID-19 SP1": (
        _("the first strategic priority of IOM’s COVID-19 plan"), _("IOM, priority 1"),
    ),
    "WHO-COVID-19": (_("WHO’s COVID-19 plan"), _("WHO")),
    "UNHCR-COVID-19": (_("UNHCR’s COVID-19 appeal"), _("UNHCR")),
    "UNHCR Venezuela situation": (
        _("UNHCR’s appeal for the Venezuela situation"), _("UNHCR, Venezuela"),
    ),
    "GHRP": (_("the Global Humanitarian Response Plan for COVID-19"), _("GHRP")),
    "GHRP plan 952": (
        _("plan 952 (the GHRP’s own entry in OCHA’s tracking service)"), _("GHRP, plan 952"),
    ),
    "GHO": (_("the Global Humanitarian Overview"), _("GHO")),
    "All coordinated plans": (
        _("all coordinated plans in OCHA’s tracking service"), _("All plans (FTS)"),
    ),
    "RMRP": (_("the response plan for refugees and migrants from Venezuela"), _("RMRP")),
    "HRP": (_("the humanitarian response plan"), _("HRP")),
    "HRP COVID-19": (
        _("the COVID-19 part of the humanitarian response plan"), _("HRP, COVID-19"),
    ),
    "COVID-19 humanitarian response": (
        _("the humanitarian response to COVID-19"), _("COVID-19 response"),
    ),
    "COVID-19 outside GHRP": (
        _("the response to COVID-19 outside the GHRP"), _("COVID-19 outside GHRP"),
    ),
    "Donor COVID-19 response": (
        _("a donor’s own response to COVID-19"), _("Donor, COVID-19"),
    ),
    "Donors conference": (_("the donors’ conference"), _("Donors’ conference")),
    "US COVID-19 assistance": (
        _("the COVID-19 assistance of the United States"), _("US, COVID-19"),
    ),
    "US Venezuela regional response": (
        _("the regional response of the United States"), _("US, regional response"),
    ),
}  # fmt: skip
_FACILITIES = {
    "idb-grant-facility-2019": _("IDB plan of 2019"),
    "idb-pledge-2020": _("IDB pledge of 2020"),
    "idb-migration-initiative": _("IDB outcome since 2019"),
    "gcff-2017": _("GCFF to April 2017"),
    "gcff-2019": _("GCFF to January 2019"),
    "gcff-cumulative": _("GCFF so far (undated page)"),
    "idb-colombia-2021": _("Colombia 2021 (IDB, GCFF)"),
    "gcff-ecuador-2022": _("Ecuador 2022 (World Bank, GCFF)"),
    "gcff-ecuador-2020": _("Ecuador 2020 (World Bank, GCFF)"),
    "gcff-jordan-2016": _("Jordan 2016 (World Bank, GCFF)"),
    "gcff-colombia-2019": _("Colombia 2019 (World Bank, GCFF)"),
    "gcf-adb-project-2020": _("GCF and ADB, climate project"),
    "idb-costa-rica": _("Costa Rica 2023 (IDB)"),
    "idb-grant-facility-2022": _("IDB second grant facility, 2022"),
    "idb-grant-facility-2022-phase-1": _("IDB second grant facility, first phase"),
    "idb-donor-pledges-2023": _("Donors' pledges to IDB, 2023"),
    "gcff-us-commitment-2021": _("United States to GCFF for Colombia, 2021"),
}


# Publishers whose names a sentence gives an article.
_WITH_ARTICLE = {"European Union", "GCFF", "IDB", "US Department of State", "World Bank"}


def publisher(name: str) -> str:
    """Return a publisher's name as a sentence has it: ``the World Bank``; of two, ``the A / B``."""
    first, *_others = name.split(" / ")
    return _("the {publisher}").format(publisher=name) if first in _WITH_ARTICLE else name


def appeal(key: str) -> str:
    """Return an appeal's name inside a sentence; one without a name is called by its key."""
    return _APPEALS.get(key, (key, key))[0]


def appeal_label(key: str) -> str:
    """Return an appeal's short name, for labels."""
    return _APPEALS.get(key, (key, key))[1]


def facility(key: str) -> str:
    """Return the name of a facility, operation or pledge; without one, its key in plain words."""
    return _FACILITIES.get(key, key.replace("-", " "))
