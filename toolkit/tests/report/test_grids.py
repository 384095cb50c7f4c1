"""A grid stands for editions whose names depend on nothing but their own values."""

import textwrap

import pytest
from miniature import replace

from reportbook.comparing.previous import edition_before
from reportbook.errors import ReportError
from reportbook.report.editions import load_all, load_editions, load_grids
from reportbook.report.project import load_project

GRID = """\
title: People of {country}, {as_of}
name: "{as_of}-{country}-{reading}"
scope: Read {reading}.
parameters: {facilities: [A, NO]}
grid:
  as_of:
    2020: {value: "2020-12-31", words: at the end of 2020}
    now: null
  country: [NO, "010", Peru]
  reading: [plain, wide]
exclude:
  - {country: [NO, Peru], reading: wide, as_of: 2020}
"""


@pytest.fixture
def project(report):
    write(report, GRID)
    return load_project(report)


def write(report, text, name="grid"):
    (report / "editions" / f"{name}.yml").write_text(textwrap.dedent(text), encoding="utf-8")


def grid(project):
    return load_editions(project, grid=project.root / "editions" / "grid.yml")


def test_every_combination_that_is_not_excluded_is_an_edition(project):
    names = [edition.name for edition in grid(project)]
    # 2 dates × 3 countries × 2 readings, less the two left out
    assert sorted(names) == [
        "2020-010-plain", "2020-010-wide", "2020-NO-plain", "2020-Peru-plain", "now-010-plain",
        "now-010-wide", "now-NO-plain", "now-NO-wide", "now-Peru-plain", "now-Peru-wide",
    ]  # fmt: skip
    assert load_grids(project)[0].left_out == 2


def test_values_are_typed_by_the_notebooks_and_words_go_into_titles(project):
    by_name = {edition.name: edition for edition in grid(project)}
    norway, code = by_name["now-NO-wide"], by_name["2020-010-wide"]
    assert norway.given["people"] == {"as_of": None, "country": "NO", "reading": "wide"}
    assert code.given["people"]["country"] == "010"
    assert code.given["money"] == {"as_of": "2020-12-31", "facilities": ["A", "NO"]}
    assert (code.title, code.scope) == ("People of 010, at the end of 2020", "Read wide.")
    assert (code.as_of, norway.as_of) == ("2020-12-31", None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('[NO, "010", Peru]', '[Peru, COL, "010", NO]'),
        ("[plain, wide]", "[wide, plain]"),
        ("  country: [NO, \"010\", Peru]\n  reading: [plain, wide]\n",
         "  reading: [plain, wide]\n  country: [NO, \"010\", Peru]\n"),
        ("    now: null", "    now: null\n    2021: \"2021-12-31\""),
    ],
)  # fmt: skip
def test_adding_and_reordering_renames_no_edition(project, old, new):
    before = {edition.name: edition.given for edition in grid(project)}
    replace(project.root / "editions" / "grid.yml", old, new)
    after = {edition.name: edition.given for edition in grid(project)}
    assert {name: after[name] for name in before} == before


def test_a_grid_is_built_when_asked_for_and_its_editions_have_names(project):
    assert [edition.name for edition in load_editions(project)] == ["latest", "2020"]
    (one,) = load_editions(project, ["now-NO-wide"])
    assert one.parameters["people"]["country"] == "NO"
    path = project.root / "editions" / "grid.yml"
    assert load_editions(project, ["now-NO-wide"], grid=path) == [one]
    assert len(load_all(project)) == 12
    with pytest.raises(ReportError, match=r"no edition 'latest' in editions/grid.yml"):
        load_editions(project, ["latest"], grid=path)
    with pytest.raises(ReportError, match=r"2020.yml is no grid .*There are 'editions/grid.yml'"):
        load_editions(project, grid=project.root / "editions" / "2020.yml")


def test_the_edition_before_is_of_the_same_values(project):
    everything = load_all(project)
    by_name = {edition.name: edition for edition in everything}
    assert edition_before(by_name["now-010-wide"], everything).name == "2020-010-wide"
    assert edition_before(by_name["now-NO-wide"], everything) is None
    assert edition_before(by_name["latest"], everything).name == "2020"


def test_the_command_line_wins_except_over_what_is_varied(project):
    path = project.root / "editions" / "grid.yml"
    made = load_editions(project, overrides={"facilities": "B"}, grid=path)
    assert {tuple(edition.given["money"]["facilities"]) for edition in made} == {("B",)}
    with pytest.raises(ReportError, match=r"-p sets 'country', which editions/grid.yml varies"):
        load_editions(project, overrides={"country": "COL"}, grid=path)
    with pytest.raises(ReportError, match="-p sets 'reading'"):
        load_editions(project, ["now-NO-wide"], overrides={"reading": "wide"})
    # a grid that none of the editions is from has no say
    assert load_editions(project, ["latest"], overrides={"country": "COL"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("country: [", "contry: [", r"line 9 sets 'contry', but no notebook.*mean 'country'"),
        ("plain, wide]", "plain, wild]", r"line 10 sets 'reading' to 'wild'.*mean 'wide'"),
        ("Peru]", "Peru, NO]", "line 9: 'country' has 'NO' twice"),
        ("Peru]", "Peru, peru]", "line 9: 'country' has 'peru' twice"),
        ("{country}, {", "{county}, {", r"line 1 has '{county}', but .*mean 'country'"),
        ("{country}, {", "{country, {", "line 1: .*Braces stand around"),
        ("title:", "titel:", r"has 'titel', which a grid does not know.*mean 'title'"),
        ("name:", "# name:", r"has no name. Add a line like 'name: \"{as_of}-{country}-{reading}"),
        ("-{reading}", "", r"line 2: '2020-010' .*\(reading plain\) and \(reading wide\)"),
        ("-{country}", " {country}", "'2020 NO-plain' cannot be an edition's name"),
        ("now: null", '"to day": null', "line 8: 'to day' becomes part of addresses"),
        ("Peru]", "null]", "line 9: a value of 'country' has nothing a name can be made of"),
        ("reading: wide, as", "reading: wild, as", r"line 12 leaves out 'wild'.*mean 'wide'"),
        ("reading: wide, as", "raeding: wide, as", r"leaves out by 'raeding'.*mean 'reading'"),
        ("{facilities: [A, NO]}", "{country: NO}", "line 9 varies 'country', but the same file"),
        ("words: at", "word: at", "line 7 has 'word', which a value of a grid does not know"),
        ("reading: wide, as_of: 2020", "as_of: [2020, now]", None),
        ("country: [NO, Peru], reading: wide, as_of: 2020", "as_of: [2020, now]", "leaves nothing"),
    ],
)  # fmt: skip
def test_mistakes_name_file_line_and_what_is_near(project, old, new, message):
    replace(project.root / "editions" / "grid.yml", old, new)
    if message is None:
        assert len(grid(project)) == 4  # one country of three, two dates, two readings
        return
    with pytest.raises(ReportError, match=rf"(?s)editions/grid\.yml.*{message}"):
        grid(project)


def test_two_files_cannot_make_editions_of_one_name(project):
    write(project.root, "title: Mine\n", "now-NO-plain")
    with pytest.raises(ReportError, match=r"Both editions/now-NO-plain.yml and editions/grid.yml"):
        grid(project)


def test_long_text_becomes_a_plain_key(project):
    replace(project.root / "editions" / "grid.yml", "010", "Côte d’Ivoire / Peru")
    (edition,) = load_editions(project, ["now-Cote-dIvoire-Peru-wide"])
    assert edition.given["people"]["country"] == "Côte d’Ivoire / Peru"
