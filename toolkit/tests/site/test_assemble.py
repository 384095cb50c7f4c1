import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from asking import edition, put

from reportbook.report.settings import Front, Named
from reportbook.site.assemble import read_site


def test_front_page_and_switcher_list_the_editions_latest_first(tmp_path):
    made = {
        "2020": edition(tmp_path, "2020", "2020-12-31"),
        "latest": edition(tmp_path, "latest", overrides={"region": "CAC"}),
    }
    site = tmp_path / "site"
    listed = put(site, made, title="A & B")
    assert [each.name for each in listed] == ["latest", "2020"]
    page = (site / "index.html").read_text()
    assert page.index("latest/index.html") < page.index("2020/index.html")
    assert "<h1>A &amp; B</h1>" in page
    assert "Title &lt;2020&gt;" in page
    assert "What was known on 31 December 2020" in page
    assert "with region = CAC" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "what changed" not in page
    switcher = json.loads((site / "editions.json").read_text())
    assert [(each["version"], each["url"], each["preferred"]) for each in switcher] == [
        ("latest", "../latest/", True),
        ("2020", "../2020/", False),
    ]


def test_editions_of_a_grid_stand_after_those_of_their_own(tmp_path):
    made = {
        "2020": edition(tmp_path, "2020", "2020-12-31"),
        "now-NO": edition(tmp_path, "now-NO", None, series="editions/grid.yml country=NO"),
    }
    listed = put(tmp_path / "site", made, title="x")
    assert [each.name for each in listed] == ["2020", "now-NO"]


def test_editions_not_made_now_are_kept(tmp_path):
    site = tmp_path / "site"
    put(site, {"old": edition(tmp_path, "old", "2019", "old page")}, title="x")
    put(site, {"new": edition(tmp_path, "new", None, "new page")}, title="x")
    assert (site / "old" / "index.html").read_text().endswith(">old page")
    assert [each.name for each in read_site(site)] == ["new", "old"]
    assert sorted(path.name for path in tmp_path.glob("site*")) == ["site"]


def test_if_the_new_site_cannot_take_its_place_the_old_one_stands(tmp_path, monkeypatch):
    site = tmp_path / "site"
    put(site, {"a": edition(tmp_path, "a", text="first")}, title="x")
    rename = Path.rename

    def fails(self, target):
        if self.name == "site.new":
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    monkeypatch.setattr("reportbook.files.exchange._in_one_step", lambda one, other: False)
    with pytest.raises(OSError, match="disk full"):
        put(site, {"a": edition(tmp_path, "a", text="second")}, title="x")
    monkeypatch.undo()
    assert (site / "a" / "index.html").read_text().endswith(">first")


def test_a_site_left_aside_by_a_build_that_was_cut_off_comes_back(tmp_path):
    site = tmp_path / "site"
    put(site, {"a": edition(tmp_path, "a")}, title="x")
    site.rename(tmp_path / "site.old")
    put(site, {"b": edition(tmp_path, "b")}, title="x")
    assert {each.name for each in read_site(site)} == {"a", "b"}


def test_the_switcher_knows_the_pages_of_each_edition(tmp_path):
    made = edition(tmp_path, "a", text='<meta http-equiv="Refresh" content="0; url=n/one.html" />')
    for name in ("n/one", "n/changes", "search", "_static/x"):
        (made / name).parent.mkdir(exist_ok=True)
        (made / f"{name}.html").write_text("<title>What &amp; how &#8212; Report</title>")
    put(tmp_path / "site", {"a": made}, title="x")
    (listed,) = json.loads((tmp_path / "site" / "editions.json").read_text())
    assert listed["first"] == "n/one.html"
    assert listed["pages"] == {"n/changes": "What & how", "n/one": "What & how"}
    front = (tmp_path / "site" / "index.html").read_text()
    assert '<a href="a/n/changes.html">what changed</a>' in front


def test_the_site_map_names_every_page_and_only_those(built):
    root = ElementTree.parse(built.site / "sitemap.xml").getroot()
    named = [
        place.text.removeprefix("https://example.org/mini/")
        for place in root.iter()
        if place.tag.endswith("loc")
    ]
    assert named[0] == ""
    assert len(named) == 1 + 2 * 6
    assert all((built.site / place).is_file() for place in named[1:])


@pytest.mark.parametrize(
    ("leads", "order"),
    [
        ("", ["2021", "2020", "peru-2022", "peru-2019"]),
        ("peru", ["peru-2022", "peru-2019", "2021", "2020"]),
    ],
)
def test_the_front_page_leads_with_the_newest_edition_of_the_series_it_is_told(
    tmp_path, leads, order
):
    made = {
        name: edition(tmp_path, name, f"{name[-4:]}-12-31", series=name[:-5])
        for name in ("2020", "2021", "peru-2019", "peru-2022")
    }
    front = Front(leads=Named(leads, 1))
    listed = put(tmp_path / "site", made, title="x", front=front)
    assert [each.name for each in listed] == order
    switcher = json.loads((tmp_path / "site" / "editions.json").read_text())
    assert [each["preferred"] for each in switcher] == [True, False, False, False]


def test_of_two_that_know_everything_the_one_named_latest_leads(tmp_path):
    made = {name: edition(tmp_path, name) for name in ("peru", "latest", "all")}
    listed = put(tmp_path / "site", made, title="x")
    assert [each.name for each in listed] == ["latest", "peru", "all"]
