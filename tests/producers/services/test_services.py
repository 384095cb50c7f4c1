"""The three services as they answer, played on the loopback address: pages, quirks, faults."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from answering import Answer, answering

from analysis.errors import NotAccepted
from analysis.producers.services import fts, unhcr, world_bank
from analysis.producers.services.asked import countries, years
from reportbook.commands.fetch import fetch
from reportbook.errors import ReportError
from reportbook.report.project import Project
from reportbook.snapshots.asking import Asking
from reportbook.snapshots.record import read_snapshots


@pytest.fixture
def project(tmp_path):
    (tmp_path / "data").mkdir()
    return Project(tmp_path, {}, ())


def fetched(project, producer, answer, **asked):
    """The table that comes of a service, and the queries that it was asked."""
    with answering(lambda path, before: Answer(answer(path))) as server:
        taken = fetch(
            project, producer, asked, address=server.address,
            asking=Asking(0, wait=lambda seconds: None),
        )  # fmt: skip
    return (project.data / taken.snapshot.file).read_text(), server.asked


def query(path):
    return dict(parse_qsl(urlsplit(path).query))


def people(host, number, year=2023):
    return {"year": year, "coo": "VEN", "coo_iso": "VEN", "coa": "x", "coa_iso": host,
            "refugees": str(number), "asylum_seekers": "-", "oip": 0}  # fmt: skip


def unhcr_pages(*pages, said=None):
    def answer(path):
        number = int(query(path)["page"])
        items = pages[number - 1] if number <= len(pages) else []
        return {"page": number, "maxPages": said or len(pages), "items": items}

    return answer


def test_unhcr_is_asked_for_iso_codes_both_sides_and_both_years_page_by_page(project):
    pages = unhcr_pages([people("COL", 3)], [people("PER", 2)])
    table, asked = fetched(project, "unhcr", pages, years="2020/2025", origins="VEN,SYR")
    assert table == (
        "year,origin,host,refugees,asylum_seekers,oip\n2023,VEN,COL,3,,0\n2023,VEN,PER,2,,0\n"
    )
    assert [query(path).pop("page") for path in asked] == ["1", "2"]
    assert query(asked[0]) == {
        "limit": "10000", "page": "1", "yearFrom": "2020", "yearTo": "2025", "coo": "VEN,SYR",
        "coa_all": "true", "cf_type": "ISO",
    }  # fmt: skip
    (snapshot,) = read_snapshots(project)
    assert snapshot.parameters == "years=2020/2025 origins=VEN,SYR"


def test_unhcr_is_asked_for_every_origin_if_none_is_named():
    (page,) = unhcr.first_pages("https://example.org/", {})
    assert query(page)["coo_all"] == "true"
    assert query(page)["yearFrom"] == "1951"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (unhcr_pages([people("COL", 3)], [], said=2), "Page 2 of 2 is empty."),
        (unhcr_pages([people("COL", 3)] * 2, [people("PER", 3)], [people("PER", 4)] * 2, said=3),
         "The pages are not equally full (2, 1, 2 rows)."),
        (unhcr_pages([people("COL", 3, year=1999)]), "The service gave 1999, which is none of the"),
        (unhcr_pages([{"year": 2023, "coo_iso": "VEN", "coa_iso": "COL", "refugees": 1}]),
         "The rows have no asylum_seekers, oip any more: the columns have changed."),
        (lambda path: {"error": "Not today"}, "1 pages came, and the service spoke of 0."),
        (unhcr_pages([people("GFR", 3)]), "'GFR' is not a country code of ISO 3166-1"),
        (unhcr_pages([people("-", 3)]), "its numbers are sums over every country of asylum"),
    ],
    ids=["ends early", "page cut", "other years", "columns", "no pages", "own codes", "sums"],
)  # fmt: skip
def test_what_unhcr_gives_in_place_of_its_table_is_kept_aside(project, answer, said):
    with pytest.raises(ReportError) as refused:
        fetched(project, "unhcr", answer, years="2020/2025")
    assert said in str(refused.value)
    assert "Nothing was changed" in str(refused.value)
    assert read_snapshots(project) == []


def test_unhcrs_pages_that_change_their_number_are_not_one_answer():
    pages = {"a?page=1": {"maxPages": 2, "items": [1]}, "a?page=2": {"maxPages": 3, "items": [1]}}
    assert unhcr.what_is_missing(pages) == "2 pages came, and the service spoke of 2 and 3."


def bank_pages(path, **head):
    indicator = path.partition("?")[0].rpartition("/")[2]
    number = int(query(path)["page"])
    items = [{"indicator": {"id": indicator}, "countryiso3code": "COL", "date": str(2000 + number),
              "value": 40.4 + number}]  # fmt: skip
    return [{"page": number, "pages": 2, "total": 2, "lastupdated": "2026-03-18"} | head, items]


def test_the_world_bank_is_asked_for_both_indicators_page_by_page(project):
    table, asked = fetched(project, "worldbank", bank_pages, years="2001/2002")
    assert table == "country,year,inhabitants,gdp_usd\nCOL,2001,41,41\nCOL,2002,42,42\n"
    assert [path.partition("?")[0] for path in asked] == [
        "/country/all/indicator/SP.POP.TOTL", "/country/all/indicator/NY.GDP.MKTP.CD",
    ] * 2  # fmt: skip
    assert query(asked[0])["date"] == "2001:2002"
    assert read_snapshots(project)[0].published == "2026-03-18"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda path: bank_pages(path, total=3), "2 rows of SP.POP.TOTL came, and the service"),
        (
            lambda path: bank_pages(path, lastupdated=f"2026-03-0{query(path)['page']}"),
            "updated while they were asked for",
        ),
        (lambda path: [{"message": [{"id": "120", "value": "Invalid"}]}], "No row of SP.POP.TOTL"),
    ],
    ids=["ends early", "updated", "message"],
)
def test_what_the_world_bank_gives_in_place_of_its_table_is_kept_aside(project, answer, said):
    with pytest.raises(ReportError) as refused:
        fetched(project, "worldbank", answer)
    assert said in str(refused.value)
    assert read_snapshots(project) == []


def plan(number, *countries, year="2020", **more):
    return {"id": number, "name": f"Plan {number}", "code": f"H{number}", "startDate": "2020-01-01",
            "endDate": "2020-12-31", "planType": {"name": "Flash appeal"},
            "countries": [{"id": n, "iso3": iso} for n, iso in countries],
            "usageYears": [{"year": year}], "requirements": {"revisedRequirements": 100},
            "funding": {"totalFunding": 60}, **more}  # fmt: skip


def fts_pages(*plans):
    def answer(path):
        if "/overview/" in path:
            return {"status": "ok", "data": {"plans": list(plans)}}
        got = [{"id": "1", "totalFunding": 7}, {"id": "2", "totalFunding": 8}]
        asked = [{"id": 1, "revisedRequirements": 30}, {"id": 2, "revisedRequirements": 70}]
        covid = "emergencyid" in query(path)
        return {"data": {
            "requirements": None if covid else {"totalRevisedReqs": 100, "objects": asked},
            "report3": {"fundingTotals": {"objects": [{"objectsBreakdown": got}]}},
        }}  # fmt: skip

    return answer


def test_fts_is_asked_for_the_parts_of_plans_of_several_countries_and_for_covid(project):
    plans = fts_pages(
        plan(11, (1, "COL")), plan(12, (1, "COL"), (2, "PER")),
        plan(13, (1, "COL"), (2, "PER"), customLocationCode="COVD"),
        plan(14, (2, "PER"), year=2019),
    )  # fmt: skip
    table, asked = fetched(project, "fts", plans, years="2020")
    assert asked == [
        "/v2/fts/flow/plan/overview/progress/2020",
        "/v1/fts/flow/custom-search?planid=11&groupby=location&emergencyid=911",
        "/v1/fts/flow/custom-search?planid=12&groupby=location",
        "/v1/fts/flow/custom-search?planid=12&groupby=location&emergencyid=911",
    ]
    amounts = [line.split(",")[1:3] + line.split(",")[8:] for line in table.splitlines()[1:]]
    assert amounts == [
        ["PER", "14", "100", "60", ""],
        ["COL", "11", "100", "60", "7"],
        ["COL", "12", "30", "7", "7"],
        ["PER", "12", "70", "8", "8"],
    ]


def test_fts_leads_on_by_a_link():
    more = {"meta": {"nextLink": "https://example.org/2"}, "data": {"report3": {}}}
    assert fts.next_pages("https://example.org/1", more) == ["https://example.org/2"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (fts_pages(), "The overview of 2020 has no plans."),
        (lambda path: {"status": "error"}, "progress/2020 did not end well."),
        (fts_pages({"id": 1, "name": "x"}), "the columns have changed"),
    ],
    ids=["no plans", "error", "columns"],
)
def test_what_fts_gives_in_place_of_its_table_is_kept_aside(project, answer, said):
    with pytest.raises(ReportError) as refused:
        fetched(project, "fts", answer, years="2020")
    assert said in str(refused.value)
    assert read_snapshots(project) == []


def test_what_a_service_cannot_be_asked_for_is_refused_before_it_is_asked(project):
    for producer, asked in (("unhcr", {"country": "VEN"}), ("fts", {"origins": "VEN"})):
        with pytest.raises(ReportError, match=r"Accepted: years"):
            fetched(project, producer, lambda path: {}, **asked)
    with pytest.raises(NotAccepted, match="codes of ISO 3166-1 alpha-3"):
        countries({"origins": "VEN,GFR"}, "origins")
    for wrong in ("2025/2018", "1900", "now"):
        with pytest.raises(NotAccepted, match="a year from 1951 on"):
            years({"years": wrong}, 1951)
    assert years({"years": "2018"}, 1951) == (2018, 2018)


def test_nothing_that_is_asked_names_a_key():
    for service in (unhcr, world_bank, fts):
        assert not {"key", "token", "apikey"} & set(json.dumps(service.first_pages("", {})).split())
