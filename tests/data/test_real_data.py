"""What data/ holds today: the counts and values of the real data that tests know, all in one file.

Tests of modules work on data made by hand. A corrected row in data/ therefore changes the lines
that tell it here, and no test of a module. Each line gives what is computed and what was worked
out on paper; all that rests on one table of data/ is compared at once.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.claims import verdicts
from analysis.claims.verdicts import Verdict
from analysis.covid_funding import (
    appeal_tables,
    appeals,
    coverage_change,
    donors,
    plan_parts,
    plan_shares,
    plans,
    pledges,
)
from analysis.covid_funding.answer import answer_about
from analysis.data.load import load
from analysis.data.table_schema import Package
from analysis.displacement import (
    counts,
    disagreements,
    host_changes,
    hosts,
    measures,
    other_counts,
    projections,
    regional_share,
    stocks,
    unhcr,
)
from analysis.displacement.scope import scope_of
from analysis.funding_leverage import pooling, ratios, readings, stages
from analysis.funding_leverage.facilities import FACILITIES, STATUSES
from analysis.producers.fts import read as read_fts
from analysis.producers.unhcr import read as read_unhcr
from analysis.producers.world_bank import read as read_world_bank
from analysis.vintages import key_numbers

FOLDER = Path(__file__).parents[2] / "data"
DATA = load(FOLDER)
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
            (97, 31),
        ),
        "days of the Syrian plan of 2018, published as 30 November to 30 December": (
            _days_of_plan("629"), [("2018-01-01", "2018-12-31")],
        ),
        "breaks, and of these known in May 2020": ((len(DATA.breaks), MAY_2020.breaks), (14, ())),
        "countries of ISO 3166, and groups": (
            (kinds.count("country"), len(kinds) - kinds.count("country")),
            (249, 43),
        ),
        "sources without a date": (
            {key for key, s in DATA.sources.items() if s.dating == "unknown"},
            {
                "gcff-undated", "gcff-undated-2", "r4v-undated-3", "r4v-undated-8",
                "unhcr-undated-2", "iom-undated-4",
            },
        ),
    }  # fmt: skip


def _days_of_plan(number: str) -> list[tuple[str, str]]:
    table = DATA.snapshots.frame("fts_plans")
    assert table is not None
    rows = table[table["plan_id"] == number]
    return [(str(start), str(end)) for start, end in zip(rows["start"], rows["end"], strict=True)]


def series_of_people() -> Facts:
    people = DATA.displacement.where(indicator="refugees_and_migrants", origin="VEN")
    by_unhcr = DATA.displacement.where(area="WLD", origin="VEN", source="unhcr-2026")

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


def displacement() -> Facts:
    scope, early = scope_of(DATA), scope_of(MAY_2020)
    world = stocks.abroad(scope, measures.WORLD)
    eight_months = world.stretches[1].stocks
    latest, at_first = world.latest_change(), stocks.abroad(early, measures.WORLD).latest_change()
    lists = {str(known.period): known for known in hosts.hosts(scope).lists}
    nov_2021, july_2024, own_dates = lists["2021-11"], lists["2024-07-04"], lists["2023-02"]
    newest_host = {host.area: host for host in hosts.hosts(scope).newest}
    since_2021 = host_changes.comparison(hosts.hosts(scope))
    part = host_changes.contributions(hosts.hosts(scope))
    of_2019 = host_changes.contributions(hosts.hosts(early))
    count = unhcr.unhcr_count(scope)
    sums = {c.period.last_day.year: c.sum.value for c in count.world}
    plan = projections.projections(scope)
    editions = [scope_of(known) for known in (MAY_2020, END_OF_2023)]
    shares = [
        regional_share.regional_share(scope_of(known), lead)
        for known, lead in (
            (MAY_2020, "idb-iom-2020"),
            (END_OF_2023, "idb-iom-renewal"),
            (DATA, None),
        )
    ]
    return {
        "why the largest host of 2020 is not subtracted from that of 2023": (
            [dict(hosts.hosts(each).largest().basis)[stocks.COUNTED] for each in editions],
            [
                "was counted before any known change of method",
                "was counted after the method for Colombia changed (August 2022)",
            ],
        ),
        "why its share is not: 40.7 and 36.9 per cent are not of one whole": (
            [dict(hosts.hosts(each).number("largest_share").basis)["whole"] for each in editions],
            ["is a share of the region's stated total", "is a share of the hosts' sum"],
        ),
        "why the change is not: 4.40 and 0.89 million": (
            [
                dict(stocks.abroad(each, measures.WORLD).latest_change().people.basis)["span"]
                for each in editions
            ],
            [
                "covers 53 months, from 31 December 2015 to May 2020 (date inferred)",
                "covers 17 months, from 5 August 2022 to December 2023",
            ],
        ),
        "share in the region in each edition": (
            [str(found.share) for found in shares],
            [
                "84.3% (82.6–88.0%)",  # 4.3 to 4.4 of 5.0 to 5.2
                "84.4% (82.5–86.3%)",  # 6.4 to 6.6 of 7.65 to 7.75
                "84.76% (84.70–84.83%)",  # 6.585 to 6.595 of 7,774,494
            ],
        ),
        "source of the newest pair in each edition": (  # May 2020 counts from the 31st
            [
                regional_share.regional_share(scope_of(known)).lead.source.key
                for known in (MAY_2020, END_OF_2023, DATA)
            ],
            ["idb-iom-2020", "ocha-2023", "r4v-2024"],
        ),
        "printed shares against their own figures": (
            # 84.9 beside 5.965 / 7.1 = 84.0 at most; 84 (83.5-84.5) beside 84.4
            {
                str(row[0]): row[3]
                for row in shares[2].printed_against_computed().rows
                if str(row[0]).startswith("2022")
            },
            {"2022-08-05": "yes", "2022-11-05": "no", "2022-12": "yes"},
        ),
        "stretches between the breaks of Peru and Colombia": (
            [(str(s.stocks[0].period), str(s.stocks[-1].period)) for s in world.stretches],
            [("2015-12-31", "2021-10"), ("2021-11", "2022-07"), ("2022-08-05", "2024-12")],
        ),
        "people abroad at the end of 2015": (
            str(world.first()),
            "approximately 695,000 (694,000–696,000)",
        ),
        "change in the eight months between the breaks": (  # 6,147,040 - 6,038,937
            world.change(eight_months[0], eight_months[-1]).people.value,
            108_103,
        ),
        "days of the latest change": (latest.days, 879),
        "change known in May 2020": (  # about 5.1 million less some 695,000
            (at_first.people.value, at_first.people.low, at_first.people.high),
            (4_405_000, 4_304_000, 4_506_000),
        ),
        "the finer of two own figures for December 2019 leads": (
            [
                o.value
                for o in scope.figures(measures.ABROAD, "LAC")
                if str(o.period) == "2019-12"
            ],
            [3_900_000, 4_000_000],
        ),
        "figures of different sources for one month that cannot be one": (
            [
                (row[0], str(row[2]))
                for row in disagreements.disagreements(scope).rows
                if row[-1] == "no"
            ],
            [("Peru", "2022-08"), ("World", "2021-11")],  # the world: 6,038,937; 6.05 to 6.15
        ),
        "figures for one month that can be one": (  # 3.8 to 4.2 million; 3.85 to 3.95
            ("Latin America and the Caribbean", "2019-12") in {
                (row[0], str(row[2]))
                for row in disagreements.disagreements(scope).rows
                if row[-1].startswith("yes")
            },
            True,
        ),
        "the update of November 2021 is in two documents": (
            ({h.source.key for h in nov_2021.hosts}, len(nov_2021.hosts), nov_2021.stated.value),
            ({"r4v-2021-3", "r4v-2021-4"}, 17, 4_992_664),
        ),
        "concentration and share of three hosts in the complete updates": (
            [
                f"{known.concentration().value:.3f} {known.top_share().value:.3f}"
                for known in (nov_2021, july_2024)
            ],
            ["0.227 0.729", "0.264 0.756"],
        ),
        "the list that leads each edition": (
            [
                str(hosts.hosts(scope_of(known)).lead.period)
                for known in (MAY_2020, END_OF_2023, DATA)
            ],
            ["2019-02-22", "2021-11", "2024-07-04"],
        ),
        "share of three hosts in May 2020": (  # (1.1 + 0.506 + 0.288) / 2.7 on 22 February 2019
            round(hosts.hosts(early).number("top_share").value, 4),
            0.7015,
        ),
        "a list with a date of its own for each country": (
            (own_dates.one_date, *(str(h.period) for h in own_dates.hosts if h.area == "CHL")),
            (False, "2021-12"),
        ),
        "the newest figure of three hosts": (
            {
                area: (str(newest_host[area].period), newest_host[area].people.value)
                for area in ("BRA", "CUW", "USA")
            },
            {"BRA": ("2024-11", 626_885), "CUW": ("2021-11", 14_200), "USA": ("2021", 545_200)},
        ),
        "the largest host": (
            hosts.hosts(scope_of(DATA)).largest().label,
            "Largest host: Colombia, 4 July 2024 (date inferred)",
        ),
        "change of hosts from November 2021 to July 2024": (
            {
                h.after.area: h.change.value
                for h in since_2021.hosts
                if h.after.area in ("BRA", "PAN")
            },
            {"BRA": 306_659, "PAN": -63_400},  # 568,100 - 261,441; 58,200 - 121,600
        ),
        "largest part of the newest change without a break": (
            # 380,000 of 380,000 + 320,000 + 210,100 + 84,700 - 57,200
            (str(part.before), str(part.after), f"{part.largest().value:.4f}"),
            ("2022-08", "2024-07-04", "0.4053"),
        ),
        "the same in May 2020": (  # 300 of 300 + 268 + 188 + 43 + 78 + 0 thousand
            (str(of_2019.before), str(of_2019.after), f"{of_2019.largest().value:.4f}"),
            ("2018-11-08", "2019-06", "0.3421"),
        ),
        "UNHCR's three categories": (  # 417,010 + 1,181,156 + 6,042,706
            (count.people().value, str(count.stacked[-1].period)),
            (7_640_872, "2025-12-31"),
        ),
        # the region's hosts that the table names, and at most all the others with them; by the
        # region's own rows (199,736 + 645,242 + 6,042,706) / 7,640,872 = 0.9014
        "their share in the region": (
            [f"{x:.4f}" for x in (count.share_in_region().low, count.share_in_region().high)],
            ["0.9013", "0.9018"],
        ),
        "their sums before and after the third begins": (
            (sums[2017], sums[2018]),
            (157_368, 3_078_217),
        ),
        "UNHCR's hosts by the sum": (  # Brazil: 149,501 + 33,237 + 549,534
            ([h.area for h in count.hosts[:5]], count.hosts[2].sum.value),
            (["COL", "PER", "BRA", "CHL", "ECU"], 732_272),
        ),
        "hosts with all three categories, and those outside the region with fewer": (
            {h.area: len(h.parts) for h in count.hosts if h.area in ("DOM", "ESP", "USA")},
            {"DOM": 3, "ESP": 2, "USA": 2},
        ),
        "the figure that both counts have": (
            count.taken_over().label,
            "Figure that both counts have: Colombia, 31 December 2021",
        ),
        "projected and reported": (  # an estimated 6.5 million, 6,038,937
            (plan.number("projected").value, plan.number("reported").value,
             str(plan.number("gap").low), str(plan.number("gap").high)),
            (6_500_000, 6_038_937, "361063.0", "561063.0"),
        ),
        "projections for the region and what was reported": (
            [(p.projected.value, p.reported.people.value) for p in plan.all if p.area == "LAC"],
            [(5_400_000, 4_992_664), (6_300_000, 5_986_946)],
        ),
        "returns": (
            [(str(c.period), c.people.value) for c in counts.returns(scope).counts],
            [("2020-06", 83_000), ("2020-04/2020-10", 100_000)],
        ),
        "countries with displacements by disaster": (
            {c.area for c in counts.disaster_displacements(scope).counts},
            {"HTI"},
        ),
        "other counts of two months": (
            {
                (row[0], row[1]): row[4].value
                for row in other_counts.orientation(scope).rows
                if str(row[3]) in ("2022-06", "2024-12")
            },
            {
                ("Asylum-seekers", "Venezuela"): 971_170,
                ("Refugees", "Venezuela"): 199_206,
                ("People without documents", "Venezuela"): 2_200_000,
            },
        ),
        "share in the region as known over time, the last": (
            [
                (v.estimate.derivation, str(v.known_from))
                for v in key_numbers.share_in_region(scope).items[-1:]
            ],
            [("d104 / d103", "2024-07-04")],
        ),
    }  # fmt: skip


def leverage() -> Facts:
    found = ratios.ratios(DATA)
    sentence = readings.readings(DATA, "headline")
    gcff = stages.stages(DATA, "GCFF")
    approved = pooling.approved_operations(found)
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
        "approved operations whose grant does more than lower a loan's interest": (
            [r.facility.key for r in found.all if r.facility.kind == "operation"
             and r.status == "approved" and not r.buys_down],
            [],
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
            f"{approved.n}: {approved.median.value:.3f}, {approved.pooled.value:.3f}",
            # the middle of 17.056, 16.667 and 83.333; 1,300 / 53.589
            "3: 17.056, 24.259",
        ),
        "the IDB's ratio as known over time": (
            [
                f"{v.known_from} {v.estimate.value:.3f}"
                for v in key_numbers.idb_ratio(DATA, "headline").items
            ],
            ["2019-05-31 8.000", "2020-05-26 12.941", "2023-10-31 13.005"],
        ),
    }  # fmt: skip


def funding() -> Facts:
    iom, ghrp = appeals.history(DATA, "IOM-COVID-19"), appeals.history(DATA, "GHRP")
    (of_iom,), (of_ghrp,) = iom.receipts, ghrp.receipts
    (of_952,) = appeals.history(DATA, "GHRP plan 952").receipts
    of_unhcr = appeals.history(DATA, "UNHCR Venezuela situation").receipts[-1]
    who = donors.donors(DATA, "WHO-COVID-19")
    overview = coverage_change.changes(appeals.history(DATA, "GHO"))
    april = overview.changes[0]
    parts = {split.name: split for split in plan_parts.splits(DATA)}
    covid = parts["COVID-19 money received inside and outside the GHRP, 2020"]
    venezuela = plan_shares.venezuela_bases(DATA)
    editions = (MAY_2020, END_OF_2023, DATA)
    return {
        "what IOM's plan required, step by step (million)": (
            [(step.year, round(step.amount.value / 1e6, 1)) for step in iom.steps],
            [(2020, 17.0), (2020, 116.1), (2020, 499.0), (2020, 499.0), (2020, 618.0),
             (2020, 618.9), (2021, 822.9)],
        ),
        "what other plans required (million)": (
            {
                appeal: [s.amount.value / 1e6 for s in appeals.history(DATA, appeal).steps]
                for appeal in ("GHRP", "UNHCR-COVID-19", "WHO-COVID-19")
            },
            {"GHRP": [2010, 6710], "UNHCR-COVID-19": [255, 745], "WHO-COVID-19": [675]},
        ),
        "IOM in every edition": (  # 99/499.5 to 100/498.5; 28.4/100 to 28.5/99; 28.4/499.5 …
            [
                [str(n) for n in (a.received, a.required, a.coverage, a.gap, a.stated_coverage,
                                  a.donor_share_of_received, a.donor_share_of_required)]
                for a in map(answer_about, editions)
            ],
            [[
                "nearly USD 100 million (99–100 million)", "USD 499 million (498.5–499.5 million)",
                "20.0% (19.8–20.1%)", "USD 399 million (398–401 million)",
                "20% (19.5–20.5%)", "28.5% (28.4–28.8%)", "5.71% (5.68–5.72%)",
            ]] * 3,
        ),
        "IOM's money and requirement of one day": (
            (str(of_iom.period), str(of_iom.requirement.period)),
            ("2020-05-26", "2020-05-26"),
        ),
        "the GHRP's money of June over the requirement of May": (  # 1.18 / 6.71, not / 2.01
            (str(of_ghrp.period), str(of_ghrp.requirement.period), str(of_ghrp.coverage),
             str(of_ghrp.stated)),
            ("2020-06-04", "2020-05-07", "17.59% (17.49–17.68%)", "18% (17.5–18.5%)"),
        ),
        "the newest requirement of IOM in May 2020 and now": (
            [str(answer_about(known).latest_requirement) for known in (MAY_2020, DATA)],
            ["USD 499 million (498.5–499.5 million)",
             "USD 618,874,087"],
        ),
        "plan 952, whose revised requirement is a reported zero": (
            (of_952.amount.value, of_952.requirement.amount.value),
            (418_503_286, 0),
        ),
        "earmarked and flexible money of UNHCR together": (  # 68.7 + 48.8 of 260.7
            (round(of_unhcr.amount.value), str(of_unhcr.coverage)),
            (117_500_000, "45.07% (45.02–45.12%)"),
        ),
        "its stated gap lies in the computed one": (
            of_unhcr.gap.low <= DATA["f178"].value <= of_unhcr.gap.high,
            True,
        ),
        "the source followed for the regional plan of 2022": (  # to the dollar, 1.79, nearly 1.8
            [
                (r.amount.observations[0].key, r.leads)
                for r in appeals.history(DATA, "RMRP").requirements
                if r.year == 2022
            ],
            [("f037", True), ("f190", False), ("f165", False)],
        ),
        "coverages by plan and date": (  # the overview: 4.25 / 31.82, 6.01 / 36.76, …
            {
                f"{row[0]} {row[1]}": str(row[5]).split(" ")[0]
                for row in appeal_tables.coverages(
                    [appeals.history(DATA, appeal) for appeal in plans.MAIN]
                ).rows
            },
            {
                "IOM 2020-05-26": "20.0%", "WHO 2020-03": "28.9%",  # 195 of 675
                "GHRP 2020-06-04": "17.59%", "GHO 2020-04-30": "13.36%",
                "GHO 2020-05-31": "16.35%",
                "GHO 2020-06-30": "20.56%", "GHO 2020-07-31": "25.05%", "GHO 2020-08-31": "28.01%",
                "GHO 2020-10-31": "38.10%", "GHO 2020-12-31": "46.26%",  # 17.86 / 38.61
            },
        ),
        "IOM's reach": (
            {
                f"{row[2]}, {row[1]}": row[3].value
                for row in appeal_tables.reach(DATA).rows
                if row[0] == "IOM"
            },
            {
                "countries, 2020-04": 140,
                "countries reached with money from the United States, 2020-05-26": 30,
            },
        ),
        "people in need in the regional plan of 2024": (
            [row[3].value for row in appeal_tables.reach(DATA).rows
             if (row[0], str(row[1]), row[2]) == ("RMRP", "2024", "people in need")],
            [8_900_000],
        ),
        "WHO's donors": (
            [g.donor for g in who.gifts],
            ["JPN", "DEU", "CHN", "GBR", "USA"],
        ),
        "WHO's largest donor and its rest": (
            # 47.5 / 195; 195 - (47.5 + 27 + 20 + 17.4 + 14.7): 194.5 - 127.75 to 195.5 - 125.45
            (str(who.largest_share), str(who.rest), str(who.named)),
            ("24.4% (24.2–24.5%)", "USD 68.4 million (66.7–70.1 million)", "64.9% (64.1–65.7%)"),
        ),
        "US money to the regional plan, as a share": (
            str(donors.donors(DATA, "RMRP").gift("USA").of_received),
            "82.5% (82.45–82.55%)",
        ),
        "Japan's money to IOM, of a source without a date": (
            [known and known.amount.value for known in (
                donors.donors(data, "IOM-COVID-19").gift("JPN") for data in (END_OF_2023, DATA))],
            [None, 6_000_000],
        ),
        "the change of the overview from April to May 2020": (
            # 6.01/36.76 - 4.25/31.82; (1.76/31.82 + 1.76/36.76)/2; (10.26/36.76 - 10.26/31.82)/2
            (april.name, len(overview.changes),
             *(f"{100 * n.value:.2f}" for n in (april.coverage, april.money, april.requirement))),
            ("30 April 2020 to 31 May 2020", 6, "2.99", "5.16", "-2.17"),
        ),
        "COVID-19 shares of country plans": (
            [
                [str(n) for n in (share.share, share.stated)]
                for share in (plan_shares.covid_share(DATA, area)
                              for area in plan_shares.COVID_SHARES)
            ],
            [  # 187.0 of 564.5 million, 58.4 of 597.2 and 65.4 of 295.1, all to the dollar
                ["33.1%", "33% (32.5–33.5%)"],
                ["9.77%", "10% (9.5–10.5%)"],
                ["22.2%", "22% (21.5–22.5%)"],
            ],
        ),
        "two bases of Venezuela 2022": (  # 275.7 and 309.6 of about 795
            [f"{n.value:.3f}" for n in (venezuela.inside, venezuela.both, venezuela.stated_inside,
                                        venezuela.stated_both)],
            ["0.347", "0.389", "0.347", "0.389"],
        ),
        "the COVID-19 total and the sum of its parts": (  # 1.18 + 0.9782: 2.15315 to 2.16325
            (covid.whole.value, round(covid.sum.value), covid.meets),
            (2_140_000_000, 2_158_200_000, False),
        ),
        "wholes and parts": (
            {row[0]: (row[2], row[-1]) for row in plan_parts.parts_table(DATA).rows},
            {
                "COVID-19 money received inside and outside the GHRP, 2020": (2, "no"),
                "GHRP requirement by kind of country plan, 2020": (
                    3, "the parts stated are not all",
                ),
                "IOM’s COVID-19 requirement by region, 2020": (4, "the parts stated are not all"),
                "RMRP requirement by area, 2019": (8, "yes"),  # 737.7 of 738 million
                "RMRP requirement by area, 2022": (18, "yes"),  # to the dollar
                "Pledges for people from Venezuela: grants and loans, 2020": (2, "yes"),
                "US money for the response to the Venezuela crisis by office, 2021": (2, "yes"),
            },
        ),
        "pledges known now and in May 2020": (
            [len(pledges.pledges(known).rows) for known in (DATA, MAY_2020)],
            [15, 1],
        ),
        "the requirement of IOM as known over time": (
            [v.estimate.value for v in key_numbers.requirement(DATA, "IOM-COVID-19").items],
            [17e6, 116.1e6, 499e6, 499e6, 618e6, 618_874_087],
        ),
        "the coverage of the overview as known over time, first and last": (
            # 4.25 of 31.82 billion from the end of May 2020 on, 17.86 of 38.61 from January 2021
            [
                f"{v.known_from} {v.estimate.value:.3f}"
                for v in key_numbers.coverage(DATA, "GHO").items[:: len(overview.changes)]
            ],
            ["2020-05-31 0.134", "2021-01-31 0.463"],
        ),
    }  # fmt: skip


def claims() -> dict[str, Facts]:
    """The verdicts on what sources derive from their own figures, by the table of the claim."""
    paper = {
        "displacement": {
            Verdict.CONSISTENT: {"d017", "d132", "d212", "d297", "d298"},
            Verdict.ONLY_IF_ROUNDED: {"d100"},
            # 84.9 per cent beside 5.96 of more than 7.1 million: 82.7 to 84.0
            Verdict.CONTRADICTED: {"d088"},
            Verdict.NOT_COMPUTABLE: {"d009", "d126", "d301"},
        },
        "leverage": {Verdict.CONSISTENT: {"l010", "l012", "l030", "l041"}},
        "funding": {
            Verdict.CONSISTENT: {
                "f005", "f022", "f023", "f033", "f037", "f060", "f063", "f066", "f069", "f072",
                "f083", "f091", "f123", "f125", "f127", "f129", "f132", "f135", "f138", "f141",
                "f144", "f147", "f167", "f178", "f181", "f188",
            },
            # 2.14 billion beside 1.18 and 0.9782 billion: 2.153 to 2.163
            Verdict.CONTRADICTED: {"f114"},
            Verdict.NOT_COMPUTABLE: {
                "f007", "f009", "f035", "f057", "f073", "f104", "f112", "f163",
            },
        },
    }  # fmt: skip
    across = [
        # 1.18 of 6.71 billion from another page of the publisher is 17.6 per cent: 18 is stated
        "f112 CONSISTENT",
        "f057 CONSISTENT",
        "f101 ONLY_IF_CUT",  # 618 million, of which another page has 618,874,087
        # 6,805,209 less 6.15 million: 10.7 per cent of the earlier figure, 9.7 of the later
        "d301 CONTRADICTED",
        "d301 CONSISTENT",
        # 1.74 million of the 4.6 in the region; no other whole of 2021, abroad or in the region
        "d009 CONSISTENT",
        *["d009 CONTRADICTED"] * 8,
    ]
    own, others = verdicts.of_one_source(DATA), verdicts.across_sources(DATA)
    parts = verdicts.parts_of_wholes(DATA)
    return {
        table: {
            "verdicts": (
                {
                    verdict: keys
                    for verdict in Verdict
                    if (keys := {
                        c.observation.key for c in own
                        if c.verdict is verdict and c.observation.table == table
                    })
                },
                paper[table],
            ),
            "verdicts across sources": (
                sorted(
                    f"{c.observation.key} {c.verdict.name}"
                    for c in others
                    if c.observation.table == table
                ),
                sorted(said for said in across if said[0] == table[0]),
            ),
            "parts that pass their whole": (
                [
                    part.part.derivation
                    for part in parts
                    if not part.holds and part.whole.observations[0].table == table
                ],
                [],
            ),
        }
        for table in DATA.tables
    }  # fmt: skip


@pytest.mark.parametrize("table", ["displacement", "leverage", "funding", "every table"])
def test_the_data_say_what_was_worked_out_on_paper(table: str) -> None:
    facts = {
        "displacement": lambda: displacement() | series_of_people() | claims()["displacement"],
        "leverage": lambda: leverage() | claims()["leverage"],
        "funding": lambda: funding() | claims()["funding"],
        "every table": tables,
    }[table]()
    wrong = [
        f"{what}: computed {found!r}, on paper {expected!r}"
        for what, (found, expected) in facts.items()
        if found != expected
    ]
    assert not wrong, "\n".join(wrong)


def test_every_word_of_the_data_has_its_meaning_in_a_module():
    assert set(DATA.leverage.values_of("facility")) == set(FACILITIES)
    assert {o.status for o in DATA.leverage} == set(STATUSES)
    assert set(DATA.displacement.values_of("indicator")) <= set(measures.MEASURES)
    for plan in plans.PLANS.values():
        assert len(DATA.funding.where(appeal=plan.appeal, area=plan.area)) > 0


def test_every_figure_that_a_source_derives_is_a_claim():
    derived = [o.key for o in (*DATA.displacement, *DATA.funding) if o.unit == "percent"]
    derived += [o.key for o in DATA.leverage if o.unit == "ratio"]
    assert set(derived) <= {c.observation.key for c in verdicts.of_one_source(DATA)}


def test_the_tables_of_producers_come_back_from_the_files_that_producers_publish(tmp_path):
    """Written as HDX and the World Bank write them, they are read as the same rows."""
    tables = {
        each.table: pd.read_csv(FOLDER / each.file, dtype=str, keep_default_na=False)
        for each in (DATA.snapshots.of(name)[0] for name in ("fts_plans", "world_bank"))
    }
    people = pd.read_csv(
        FOLDER / DATA.snapshots.of("unhcr_population")[0].file, dtype=str, keep_default_na=False
    )
    hdx = people.rename(columns={
        "year": "Year", "origin": "ISO3CoO", "host": "ISO3CoA", "refugees": "REF",
        "asylum_seekers": "ASY", "oip": "OIP",
    }).replace({"ISO3CoA": {"OTHER": "UKN"}})  # fmt: skip
    hdx.to_csv(tmp_path / "people.csv", index=False, sep=";")
    plans_of = tables["fts_plans"].rename(columns={
        "country": "countryCode", "plan_id": "id", "plan": "name", "type": "typeName",
        "start": "startDate", "end": "endDate", "required": "requirements", "received": "funding",
    })  # fmt: skip
    plans_of.drop(columns="received_for_covid").to_csv(tmp_path / "plans.csv", index=False)
    for_covid = plans_of.rename(columns={"received_for_covid": "covidFunding"})
    for_covid[for_covid["covidFunding"] != ""].to_csv(tmp_path / "covid.csv", index=False)
    for column, indicator in (("inhabitants", "SP.POP.TOTL"), ("gdp_usd", "NY.GDP.MKTP.CD")):
        wide = tables["world_bank"].pivot(index="country", columns="year", values=column)
        wide = wide.fillna("").rename_axis("Country Code").reset_index()
        wide.insert(1, "Indicator Code", indicator)
        wide.to_csv(tmp_path / f"{column}.csv", index=False)
    for reading, table in (
        (read_unhcr([tmp_path / "people.csv"]), people),
        (read_fts([tmp_path / "plans.csv", tmp_path / "covid.csv"]), tables["fts_plans"]),
        (
            read_world_bank([tmp_path / "inhabitants.csv", tmp_path / "gdp_usd.csv"]),
            tables["world_bank"],
        ),
    ):
        key = list(reading.key)
        found = reading.rows.astype(str).fillna("").replace("<NA>", "")
        pd.testing.assert_frame_equal(
            found.sort_values(key, ignore_index=True), table.sort_values(key, ignore_index=True)
        )
        assert not reading.dropped
        # what a newer table replaces is the same for whoever writes it and for whoever reads it
        assert reading.whole == Package(FOLDER).replaced_by[reading.table]
