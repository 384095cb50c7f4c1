import pytest

from reportbook.files.places import LONGEST, mistake_in_name, mistake_in_path


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        ("people", ""),
        ("2020-05", ""),
        ("año 2020.md", ""),
        ("console", ""),
        ("CON", "device"),
        ("con.md", "device"),
        ("Nul .txt", "device"),
        ("lpt1", "device"),
        ("COM¹.csv", "device"),
        ("a.", "ends with a dot"),
        ("a ", "ends with a dot or a space"),
        ("a:b", "has ':'"),
        ("a\\b", "has '\\\\'"),
        ("a\x00b", "has '\\x00'"),
        ("a\nb", "has '\\n'"),
        ("a" * LONGEST, ""),
        ("a" * (LONGEST + 1), "longer"),
        ("é" * 61, "longer"),  # 122 bytes
    ],
)
def test_names_that_every_system_can_hold(name, mistake):
    found = mistake_in_name(name)
    assert bool(found) == bool(mistake)
    assert mistake in found


@pytest.mark.parametrize(
    ("path", "mistake"),
    [
        ("notebooks/people", ""),
        ("./a", ""),
        ("a..b/c", ""),
        ("/etc/passwd", "leads out"),
        ("../a", "leads out"),
        ("a/../../b", "leads out"),
        ("a/..", "leads out"),
        ("~/a", "leads out"),
        ("C:/a", "'C:', which has ':'"),
        ("..\\a", "has '\\\\'"),
        ("", "is no path"),
        (".", "itself"),
        (["a"], "is no path"),
        (None, "is no path"),
        ("a/con/b", "the part 'con', which is the name of a device"),
        ("con", "is the name of a device"),
    ],
)
def test_paths_lead_into_the_reports_folder(path, mistake):
    found = mistake_in_path(path)
    assert bool(found) == bool(mistake)
    assert mistake in found
