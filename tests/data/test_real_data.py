"""What data/ holds today: the counts and values of the real data that tests know, all in one file.

Tests of modules work on data made by hand. A corrected row in data/ therefore changes the lines
that tell it here, and no other test. Each line gives what is computed and what was worked out on
paper; all lines of one question are compared at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.data.load import load
from analysis.funding_leverage import pooling, ratios, readings, stages
from analysis.funding_leverage.facilities import FACILITIES, STATUSES
from analysis.numbers.estimate import Estimate, ratio, share

DATA = load(Path(__file__).parents[2] / "data")
MAY_2020 = DATA.known("2020-05-31")
END_OF_2023 = DATA.known("2023-12-31")

Facts = dict[str, tuple[object, object]]  # what it is: as computed, as worked out on paper


def tables() -> Facts:
    kinds = [area.kind for area in DATA.areas.values()]
    return {
        "observations by table": (
            {name: len(table) for name, table in DATA.tables.items()},
            {"displacement": 301, "leverage": 44, "funding": 190},
        ),
        "sources, and of these known in May 2020": (
            (len(DATA.sources), len(MAY_2020.sources)),
            (94, 31),
        ),
        "breaks, and of these known in May 2020": ((len(DATA.breaks), MAY_2020.breaks), (8, ())),
        "countries of ISO 3166, and groups": (
            (kinds.count("country"), len(kinds) - kinds.count("country")),
            (249, 12),
        ),
        "sources without a date": (
            {key for key, s in DATA.sources.items() if s.dating == "unknown"},
            {
                "gcff-undated", "gcff-undated-2", "r4v-undated-3", "r4v-undated-8",
                "unhcr-undated-2", "iom-undated-4",
            },
        ),
    }  # fmt: skip


def worked_values() -> Facts:
    def of(key: str) -> Estimate:
        return Estimate.of(DATA[key])

    return {
        "in the region, May 2020": (
            str(share(of("d003"), of("d004"))),
            "84.3% (82.7–88.0%)",  # 4.3/5.2 … 4.4/5.0
        ),
        "in the region, release of 2023": (
            str(share(of("d002"), of("d001"))),
            "84.4% (82.6–86.3%)",  # 6.4/7.75 … 6.6/7.65
        ),
        "leverage": (
            str(ratio(of("l002"), of("l001"))),
            "13.0 (12.9–13.1)",  # 1315/101.55 … 1325/101.45
        ),
        "US share of the requirement": (
            str(share(of("f001"), of("f003"))),
            "5.71% (5.69–5.72%)",  # 28.4/499.5 … 28.5/498.5
        ),
        "US share of what was received": (
            str(share(of("f001"), of("f004"))),
            "28.5% (28.4–28.8%)",  # 28.4/100 … 28.5/99
        ),
        "coverage, beside the 20 per cent stated": (
            (str(share(of("f004"), of("f003"))), str(of("f005"))),
            ("20.0% (19.8–20.1%)", "20% (19.5–20.5%)"),  # 99/499.5 … 100/498.5
        ),
        "4 million (3.8–4.2) and 3.9 million (3.85–3.95) of one report meet": (
            of("d046").meets(of("d047")),
            True,
        ),
    }


def series_and_sums() -> Facts:
    people = DATA.displacement.where(indicator="refugees_and_migrants", origin="VEN")
    by_unhcr = DATA.displacement.where(area="WLD", origin="VEN", source="unhcr-2026")
    plan = DATA.funding.where(source="ocha-fts-2022", appeal="RMRP", measure="required")
    lines = [o.value for o in plan if o.area != "LAC"]

    def rise(area: str, before: str, after: str) -> float:
        return (
            people.one(area=area, period=after).value - people.one(area=area, period=before).value
        )

    return {
        "the region of the platform is its seventeen hosts": (
            set(people.where(period="2021-11").values_of("area")) - {"WLD", "LAC"},
            set(DATA.areas["LAC"].members),
        ),
        "their number": (len(DATA.areas["LAC"].members), 17),
        "UNHCR's categories jump where the break says": (
            [sum(o.value for o in by_unhcr.where(period=f"{year}-12-31")) for year in (2017, 2018)],
            [157_368, 3_078_217],
        ),
        # 97 per cent of the rise in the world was Colombia's
        "the platform's figures jump where the break says": (
            (rise("COL", "2021-11", "2022-08"), rise("WLD", "2022-07", "2022-08-05")),
            (637_610, 658_169),
        ),
        "the plan's lines of 2022 and their sum": ((len(lines), sum(lines)), (18, 1_786_198_773)),
        "the plan of 2022": (plan.one(area="LAC").value, 1_786_198_773),
        "stocks published before their period ends": (
            len(
                [
                    o
                    for o in DATA.displacement
                    if o.source.known_from
                    and o.source.known_from < o.stated_period.last_day
                    and not o.indicator.endswith("_projected")
                ]
            ),
            27,
        ),
    }


def funding_leverage() -> Facts:
    found = ratios.ratios(DATA)
    sentence = readings.readings(DATA, "headline")
    gcff = stages.stages(DATA, "GCFF")
    approved = pooling.approved_operations(found, buy_downs=False)
    with_buy_downs = pooling.approved_operations(found, buy_downs=True)
    return {
        "each ratio with its status and basis": (
            {
                r.facility.key: f"{r.status} {r.facility.basis} {r.value.value:.2f}"
                for r in found.all
            },
            {
                "idb-migration-initiative": "achieved beside 13.00",  # 1,320 / 101.5
                "gcff-cumulative": "cumulative beside 7.66",  # 7,300 / 953
                "gcff-2017": "cumulative beside 5.00",  # 1,000 / 200
                "gcff-2019": "cumulative beside 5.00",  # 2,500 / 500
                "gcff-ecuador-2020": "approved beside 83.33",  # 500 / 6
                "idb-colombia-2021": "approved beside 17.06",  # 300 / 17.589
                "gcff-ecuador-2022": "approved beside 16.67",  # 500 / 30
                "gcff-jordan-2016": "approved including 5.88",  # 300 / 51
                "idb-grant-facility-2019": "planned beside 8.00",  # 800 / 100
                "gcff-colombia-2019": "planned including 23.81",  # 750 / 31.5
                "idb-pledge-2020": "expected beside 12.94",  # 1,100 / 85
                "gcf-adb-project-2020": " beside 13.10",  # 1,310 / 100
            },
        ),
        "facilities without a ratio": (
            {w.facility.key for w in found.without},
            {
                "idb-costa-rica", "idb-donor-pledges-2023", "idb-grant-facility-2022",
                "idb-grant-facility-2022-phase-1", "gcff-us-commitment-2021",
            },
        ),
        "small buy-downs": (  # 6 of 500 and 31.5 of 750 million are below a twentieth
            {r.facility.key for r in found.all if r.small_buy_down},
            {"gcff-ecuador-2020", "gcff-colombia-2019"},
        ),
        "ratios known in May 2020": (
            {r.facility.key for r in ratios.ratios(MAY_2020).all},
            {
                "gcff-2017", "gcff-2019", "idb-grant-facility-2019", "gcff-colombia-2019",
                "idb-pledge-2020", "gcf-adb-project-2020",
            },
        ),
        "ratios that sources state, against their sums": (
            [[row[0], row[2], row[4]] for row in ratios.stated_against_computed(found.all).rows],
            [  # 1,000 / nearly 200; 1,310 / 100
                ["GCFF to April 2017", "five times that amount", "yes"],
                ["GCF and ADB, climate project", "a ratio of 1:13", "yes"],
            ],
        ),
        "the readings of the sentence": (
            {
                r.key: f"{r.ratio.value:.3f} ({r.ratio.low:.3f}–{r.ratio.high:.3f})"
                for r in sentence.all
            },
            {
                # 1,320 / 101.5; 1,315 / 101.55 to 1,325 / 101.45
                "headline": "13.005 (12.949–13.061)",
                # 1,320 / (101.5 - 77.7 = 23.8); 1,315 / 23.9 to 1,325 / 23.7
                "donors_in_grants": "55.462 (55.021–55.907)",
                # (1,320 - 77.7 = 1,242.3) / 101.5
                "donors_in_investment": "12.239 (12.184–12.295)",
                # (1,320 - 101.5 = 1,218.5) / 101.5
                "grants_in_investment": "12.005 (11.949–12.061)",
                # 1,320 / (101.5 + 77.7 = 179.2)
                "with_donors_in_grants": "7.366 (7.334–7.398)",
                # 1,242.3 / 179.2
                "with_donors_moved_to_grants": "6.932 (6.900–6.965)",
            },
        ),
        "investment and grants per operation": (  # of 20
            (sentence.investment_per_operation.value, sentence.grants_per_operation.value),
            (66_000_000, 5_075_000),
        ),
        "stages of the IDB's programme": (
            [
                f"{r.period} {r.status} {r.value.value:.1f}"
                for r in stages.stages(DATA, "IDB").known
            ],
            ["2019-05 planned 8.0", "2020-05-26 expected 12.9", "2019/2023-10 achieved 13.0"],
        ),
        "ratio of what the GCFF added": (
            [f"{r.value:.2f} ({r.low:.2f}–{r.high:.2f})" for _, _, r in gcff.steps()],
            # 1,500 / 300: 1,450 / 301.5 to 1,650 / 299.5; 4,800 / 453: 4,700 / 454 to 4,900 / 452
            ["5.00 (4.81–5.51)", "10.60 (10.35–10.84)"],
        ),
        "totals of the GCFF known at the end of 2023": (
            len(stages.stages(END_OF_2023, "GCFF").known),
            2,  # the third is on a page without a date
        ),
        "approved operations": (
            [
                f"{of.n}: {of.median.value:.3f}, {of.pooled.value:.3f}"
                for of in (approved, with_buy_downs)
            ],
            # halfway between 17.056 and 16.667, (300 + 500) / 47.589; the middle of these and
            # 83.333, 1,300 / 53.589
            ["2: 16.861, 16.811", "3: 17.056, 24.259"],
        ),
    }  # fmt: skip


@pytest.mark.parametrize("question", [tables, worked_values, series_and_sums, funding_leverage])
def test_the_data_say_what_was_worked_out_on_paper(question: Callable[[], Facts]) -> None:
    wrong = [
        f"{what}: computed {found!r}, on paper {expected!r}"
        for what, (found, expected) in question().items()
        if found != expected
    ]
    assert not wrong, "\n".join(wrong)


def test_every_facility_and_status_of_the_data_has_been_read():
    assert set(DATA.leverage.values_of("facility")) == set(FACILITIES)
    assert {o.status for o in DATA.leverage} == set(STATUSES)
