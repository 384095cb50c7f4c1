"""What a report tells the toolkit about its data, its dates and its words."""

import pytest
from miniature import replace

from reportbook.checking.prose import check_typed
from reportbook.checking.sources import check_sources
from reportbook.checking.typed_numbers import typed_numbers
from reportbook.errors import ReportError
from reportbook.report.editions import load_editions
from reportbook.report.project import load_project
from reportbook.report.vocabulary import Vocabulary

RESULTS = {"numbers": {"people.share": {}}, "sources": {"bureau": {}}}


def configured(report, *lines):
    replace(
        report / "_config.yml", "  trend:", "".join(f"  {each}\n" for each in lines) + "  trend:"
    )
    return load_project(report)


def test_a_report_that_says_nothing_has_the_defaults(report):
    replace(report / "_config.yml", "  observations: {one: count, many: counts}\n", "")
    settings = load_project(report).settings
    assert (settings.as_of.name, settings.data) == ("as_of", "data")
    assert settings.vocabulary == Vocabulary()
    assert settings.vocabulary.many == "figures"


def test_its_units_come_to_those_that_every_report_has(report):
    words = configured(report, 'units: {USD: "USD {value}"}').settings.vocabulary
    assert (words.one, words.many) == ("count", "counts")
    assert words.units == {
        "share": "{percent} percentage points", "ratio": "{value}", "USD": "USD {value}",
    }  # fmt: skip


def test_what_a_report_counts_makes_a_count_of_what_could_be_a_year(report):
    page = report / "notebooks" / "index.md"
    page.write_text("# Index\n\n2000 villages, 2000 and USD5 or PEN5.\n")

    def typed(project):
        return [found.text for found in typed_numbers(project) if found.page.path == page]

    assert typed(load_project(report)) == ["5"]
    project = configured(report, "counted: [villages]", 'units: {PEN: "PEN {value}"}')
    assert typed(project) == ["2000", "5", "5"]


def test_another_parameter_may_be_the_date_of_knowledge(report):
    for name in ("people", "money"):
        replace(report / "notebooks" / f"{name}.ipynb", "as_of: str", "known_on: str")
    replace(report / "notebooks" / "people.ipynb", "if as_of is None", "if known_on is None")
    replace(report / "editions" / "2020.yml", "as_of:", "known_on:")
    editions = load_editions(configured(report, "as_of: known_on"))
    assert [(each.name, each.as_of) for each in editions] == [
        ("latest", None),
        ("2020", "2020-12-31"),
    ]


def test_the_date_of_knowledge_must_be_a_parameter_of_a_notebook(report):
    project = configured(report, "as_of: as_off")
    with pytest.raises(ReportError, match=r"line 10: 'as_of' is 'as_off', .* mean 'as_of'\?"):
        load_editions(project)


def test_sources_are_looked_for_in_the_folder_of_the_data(report):
    (report / "tables").mkdir()
    (report / "tables" / "papers.csv").write_text("source,title\nbureau,A\nnobody,B\n")
    (report / "tables" / "other.csv").write_text("place,source\nnorth,nobody\n")
    project = configured(report, "data: tables")
    assert check_sources(project, set(RESULTS["sources"]), [], {}.get) == [
        "tables/papers.csv, row 3: nothing that the report publishes uses 'nobody'. "
        "Publish a number, chart or table from it, or remove the row."
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("units: [USD]", "'units' must hold lines like 'USD: \"USD {value}\"'"),
        ("units: {USD: USD}", "'USD' must hold {value} once, or {percent}"),
        ("units: {USD: 'USD {amount}'}", "must hold {value} once"),
        ("units: {USD: 'USD {'}", "must hold {value} once"),
        ("counted: people", "'counted' must be a list of nouns"),
        ("data: ../elsewhere", "'data' must be a folder of the report"),
        ("data: /elsewhere", "'data' must be a folder of the report"),
        ("as_of: [a, b]", "'as_of' must be one line of text"),
        ("renamed: {../../old: notebooks/people}", "'../../old' leads out of the report's folder"),
        ("renamed: {/tmp/old: notebooks/people}", "'/tmp/old' leads out"),
        ("renamed: {nul: notebooks/people}", "'nul' is the name of a device on Windows"),
        ("renamed: {notebooks/People: notebooks/people}", "is a page of the contents"),
    ],
)
def test_mistakes_name_their_line_and_what_is_accepted(report, line, said):
    with pytest.raises(ReportError) as raised:
        configured(report, line)
    assert str(raised.value).startswith("_config.yml, line 10: ")
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{one: count}", "'observations' needs 'one' and 'many'"),
        ("{one: count, mny: counts}", "does not know 'mny'. It knows 'one', 'many'. Did you mean"),
        ("counts", "'observations' must hold lines like 'one: count'"),
    ],
)
def test_mistakes_in_what_figures_are_called(report, words, said):
    replace(report / "_config.yml", "{one: count, many: counts}", words)
    with pytest.raises(ReportError, match=r"_config\.yml, line 11: ") as raised:
        load_project(report)
    assert said in str(raised.value)


def test_prose_may_type_numbers_where_the_report_allows_it(report):
    for page in ("places", "index"):
        with (report / "notebooks" / f"{page}.md").open("a") as stream:
            stream.write("\nSome 12 of them.\n")
    assert len(check_typed(load_project(report))) == 2
    project = configured(report, "typed_numbers_on: [notebooks/places]")
    (problem,) = check_typed(project)
    assert problem.startswith("notebooks/index.md")
    replace(report / "_config.yml", "_on: [notebooks/places]", "_on: all")
    assert check_typed(load_project(report)) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("[notebooks/place]", r"on 'notebooks/place', but.*mean 'notebooks/places'"),
        ("places", r"must be a list of pages, such as"),
    ],
)
def test_mistakes_in_where_numbers_may_be_typed(report, given, message):
    with pytest.raises(ReportError, match=message):
        configured(report, f"typed_numbers_on: {given}")


def test_prose_may_type_numbers_where_nothing_is_published(report):
    (report / "notebooks" / "index.md").write_text("# Index\n\nSome 12 of them.\n")
    assert len(check_typed(load_project(report))) == 1
    for name in ("people", "money"):
        (report / "notebooks" / f"{name}.ipynb").unlink()
    (report / "_toc.yml").write_text("root: notebooks/index\n")
    (report / "_config.yml").write_text("title: Words\n")
    assert check_typed(load_project(report)) == []
