import shutil

import pytest
from miniature import notebook, replace

from reportbook.errors import ReportError
from reportbook.files.notebooks import notebook_text
from reportbook.report.editions import Edition, check_leads, latest_first, load_editions
from reportbook.report.project import load_project


def load(report, *names, **overrides):
    return load_editions(load_project(report), names, overrides=overrides)


def test_latest_comes_first_and_values_are_typed_by_the_notebooks(report):
    latest, old = load(report)
    assert (latest.name, latest.as_of, latest.given) == (
        "latest",
        None,
        {"people": {}, "money": {}},
    )
    assert (old.name, old.title, old.as_of) == ("2020", "The year 2020", "2020-12-31")
    assert old.given["people"] == {"as_of": "2020-12-31", "reading": "wide", "country": "NO"}
    assert old.given["money"] == {"as_of": "2020-12-31"}  # shared: to all that declare it
    assert old.parameters["money"] == {"as_of": "2020-12-31", "facilities": []}


def test_order_is_by_as_of_then_name():
    dates = {"a": "2020-05-31", "b": None, "c": "2023-12-31", "d": None}
    made = [Edition(name, "", date, {}, {}) for name, date in dates.items()]
    assert [each.name for each in latest_first(made)] == ["d", "b", "c", "a"]


def test_the_command_line_wins_and_is_typed_too(report):
    (old,) = load(report, "2020", country="010", facilities="A, NO", as_of="null")
    assert old.given["people"]["country"] == "010"
    assert old.given["money"] == {"as_of": None, "facilities": ["A", "NO"]}
    assert old.try_of == "2020"
    assert old.overrides == {"country": "010", "facilities": "A, NO", "as_of": "null"}


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("GEF: trust fund, b", ["GEF: trust fund", "b"]),
        ("&x y, *z", ["&x y", "*z"]),
        ("#1, !t, {a}, it's", ["#1", "!t", "{a}", "it's"]),
        ('"a, b", "say ""c""", d "e"', ["a, b", 'say "c"', 'd "e"']),
        ("[A, B]", ["A", "B"]),
        ("[2020], [2021]", ["[2020]", "[2021]"]),
        ("A,", ["A"]),
        ("[]", []),
    ],
)
def test_a_list_on_the_command_line_is_as_written(report, written, items):
    (old,) = load(report, "2020", facilities=written)
    assert old.given["money"]["facilities"] == items


@pytest.mark.parametrize(
    ("written", "rest"), [("a,,b", ",b"), ('"a" b', '"a" b'), (", a", ", a"), ('a, "b', '"b')]
)
def test_what_is_no_list_on_the_command_line(report, written, rest):
    with pytest.raises(ReportError) as caught:
        load(report, facilities=written)
    assert f"-p facilities={written}: '{rest}' is no item of a list." in str(caught.value)


@pytest.mark.parametrize(
    ("given", "line", "remedy"),
    [
        ("people: {country: {NO: x}}", 4, 'Put it in quotes: "NO: x".'),
        ("money: {facilities: [GEF: trust fund, b]}", 4, 'Put it in quotes: "GEF: trust fund".'),
        ("money:\n    facilities:\n    - A\n    - GEF: 1\n", 7, 'Put it in quotes: "GEF: 1".'),
        ("people: {country: {}}", 4, 'Put it in quotes: "{}".'),
        ("people: {country: &Partners Fund}", 4, 'Put it in quotes: "&Partners Fund".'),
        ("people: {country: !new Fund}", 4, 'Put it in quotes: "!new Fund".'),
    ],
)
def test_what_yaml_does_not_read_as_written_is_refused(report, given, line, remedy):
    replace(report / "editions" / "2020.yml", "people: {reading: wide, country: NO}", given)
    with pytest.raises(ReportError) as caught:
        load(report)
    assert str(caught.value).startswith(f"editions/2020.yml, line {line}: YAML reads '")
    assert str(caught.value).endswith(remedy)


def test_what_yaml_takes_for_a_comment_is_refused_where_it_could_be_text(report):
    path = report / "editions" / "2020.yml"
    kept = path.read_text()
    said = "YAML takes '#1' for a comment. If it belongs to the value, put that in quotes: "
    replace(path, "people: {reading: wide, country: NO}", "people:\n    country: GEF #1")
    with pytest.raises(ReportError) as caught:
        load(report)
    assert str(caught.value).startswith(f'editions/2020.yml, line 5: {said}"GEF #1"')
    path.write_text(kept.replace("The year 2020", "Report #1"))
    with pytest.raises(ReportError) as caught:
        load(report)
    assert str(caught.value).startswith(f'editions/2020.yml, line 1: {said}"Report #1"')
    path.write_text(kept.replace("The year 2020", "Report # 1"))
    assert load(report, "2020")[0].title == "Report"


def test_values_can_be_named_and_used_again(report):
    given = "people: {country: &here Oslo}\n  money: {facilities: [*here, !!str 7]}"
    replace(report / "editions" / "2020.yml", "people: {reading: wide, country: NO}", given)
    (old,) = load(report, "2020")
    assert old.given["people"]["country"] == "Oslo"
    assert old.given["money"]["facilities"] == ["Oslo", "7"]


@pytest.mark.parametrize("name", ["reading=Wide", "READING=wide"])
def test_small_and_capital_letters_are_near(report, name):
    parameter, value = name.split("=")
    with pytest.raises(ReportError, match=r"Did you mean '(wide|reading)'\?$"):
        load(report, **{parameter: value})


def test_a_misspelt_parameter_of_a_notebook(report):
    replace(report / "editions" / "2020.yml", "country: NO", "contry: NO")
    with pytest.raises(ReportError) as caught:
        load(report)
    assert str(caught.value) == (
        "editions/2020.yml, line 4 sets 'contry', but people.ipynb has no such parameter. "
        "It has 'as_of', 'reading', 'country'. Did you mean 'country'?"
    )


def test_a_parameter_where_no_notebook_has_any(report):
    for stem in ("people", "money"):
        path = report / "notebooks" / f"{stem}.ipynb"
        path.write_text(notebook_text(notebook(("code", "1 + 1"))))
    replace(report / "editions" / "2020.yml", "people: {reading: wide, country: NO}", "{}")
    with pytest.raises(ReportError, match=r"no notebook has such a parameter\. There are none\.$"):
        load(report)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("as_of:", "asof:", "sets 'asof', but no notebook has such a parameter.*mean 'as_of'"),
        ("wide", "wild", "sets 'reading' to 'wild'. It accepts 'plain', 'wide'. .*mean 'wide'"),
        ("people: {", "peeple: {", "sets parameters of 'peeple'.*mean 'people'"),
        ("title:", "titel:", "has 'titel', which an edition does not know.*mean 'title'"),
        ("title: The year 2020", "", "2020.yml has no title"),
        ('{as_of: "2020-12-31"}', "[as_of]", "line 2: 'parameters' must hold lines like"),
    ],
)
def test_mistakes_in_an_edition(report, old, new, message):
    replace(report / "editions" / "2020.yml", old, new)
    with pytest.raises(ReportError, match=message):
        load(report)


def test_mistakes_on_the_command_line(report):
    with pytest.raises(ReportError, match=r"option -p sets 'contry'.*mean 'country'"):
        load(report, contry="COL")
    with pytest.raises(ReportError, match=r"There is no edition 'lates'.*mean 'latest'"):
        load(report, "lates")


def test_names_must_be_fit_for_an_address(report):
    (report / "editions" / "2020.yml").rename(report / "editions" / "año 1.yml")
    with pytest.raises(ReportError, match="letters, digits"):
        load(report)


def test_without_editions_there_is_the_one_that_the_configuration_describes(report):
    for path in (report / "editions").iterdir():
        path.unlink()
    (edition,) = load(report)
    assert (edition.name, edition.title, edition.file) == ("latest", "Miniature", "_config.yml")
    assert edition.parameters["people"]["country"] == "COL"  # the notebook's own
    (edition,) = load(report, country="PER")
    assert edition.parameters["people"]["country"] == "PER"


def test_without_editions_and_without_a_title(report):
    shutil.rmtree(report / "editions")
    replace(report / "_config.yml", "title: Miniature", "")
    with pytest.raises(ReportError, match=r"_config.yml has no title. Add a line like 'title: My"):
        load(report)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("index.html", "a file of the site has it"),
        ("Editions.JSON", "a file of the site has it"),
        ("favicon.svg", "a file of the site has it"),
        ("CON", "the name of a device on Windows"),
        ("com1.2020", "the name of a device on Windows"),
        ("2020.", "ends with a dot"),
        ("a" * 240, "longer than the 120 letters"),
        ("_theme", "letters, digits"),
        ("a b", "letters, digits"),
    ],
)
def test_names_that_no_edition_can_have_are_refused_before_anything_runs(report, name, said):
    (report / "editions" / f"{name}.yml").write_text("title: A\n")
    with pytest.raises(ReportError, match=f"editions/.*cannot be an edition's name.*{said}"):
        load(report)


def test_names_that_differ_by_case_are_one_on_some_systems(report):
    (report / "editions" / "Latest.yml").write_text("title: A\n")
    with pytest.raises(ReportError, match=r"editions has both Latest\.yml and latest\.yml"):
        load(report)


def test_a_grid_makes_no_name_that_an_edition_cannot_have(report):
    (report / "editions" / "grid.yml").write_text(
        'title: A {country}\nname: "{country}"\ngrid: {country: [NO, CON]}\n'
    )
    with pytest.raises(ReportError, match=r"grid\.yml: 'CON' cannot .* device on Windows"):
        load(report, "NO")


def test_the_series_that_leads_must_have_an_edition(report):
    replace(
        report / "_config.yml", "  trend: people.trend", "  trend: people.trend\n  leads: peruu"
    )
    with pytest.raises(ReportError, match=r"_config\.yml, line 11: 'leads'.*No edition names a"):
        check_leads(load_project(report))
    replace(report / "editions" / "2020.yml", "title:", "series: peru\ntitle:")
    with pytest.raises(ReportError, match=r"The series are 'peru'\. Did you mean 'peru'\?"):
        check_leads(load_project(report))
    replace(report / "_config.yml", "peruu", "peru")
    check_leads(load_project(report))
    assert [each.series for each in load(report)] == ["", "peru"]


def test_without_editions_parameters_need_no_types_unless_one_is_set(report):
    shutil.rmtree(report / "editions")
    for name in ("people", "money"):
        replace(report / "notebooks" / f"{name}.ipynb", "as_of: str | None = None", "as_of = None")
    (edition,) = load(report)
    assert edition.parameters == {"people": {}, "money": {}}
    with pytest.raises(ReportError, match=r"'as_of' has no type"):
        load(report, country="PER")
