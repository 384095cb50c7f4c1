"""IOM's displacement tracking: rounds are kept apart, places of one round are added up."""

import pytest
from made_files import dropped, read_made, rows

from analysis.errors import DataError
from analysis.producers.dtm import newest_rounds, read


def place(number, people, *, admin1="HT01", level=1, reason="Conflict", operation="Haiti Crisis"):
    return {"operation": operation, "admin0Name": "Haiti", "admin0Pcode": "HTI",
            "admin1Pcode": admin1, "adminLevel": level, "numPresentIdpInd": people,
            "reportingDate": f"202{number}-11-30T00:00:00", "roundNumber": number,
            "displacementReason": reason, "idpOriginAdmin1Name": "Not available"}  # fmt: skip


def answer(*items):
    return {"result": list(items), "isSuccess": True, "errorMessages": []}


def test_places_of_a_round_are_added_and_rounds_stay_apart(tmp_path):
    found = read_made(read, tmp_path, dtm_json=answer(
        place(1, 100), place(1, 20, admin1="HT02"), place(2, 90),
        place(1, 5, reason="Not available"),
    ))  # fmt: skip
    assert rows(found) == [
        ("HTI", "Haiti Crisis", 1, "2021-11-30", "", 5),
        ("HTI", "Haiti Crisis", 1, "2021-11-30", "Conflict", 120),
        ("HTI", "Haiti Crisis", 2, "2022-11-30", "Conflict", 90),
    ]


def test_only_the_newest_round_of_each_operation_may_be_added(tmp_path):
    found = read_made(read, tmp_path, dtm_json=answer(
        place(1, 100), place(2, 90), place(1, 7, operation="Haiti Earthquake"),
    ))  # fmt: skip
    newest = newest_rounds(found.rows)
    assert list(zip(newest["operation"], newest["round"], newest["people"], strict=True)) == [
        ("Haiti Crisis", 2, 90), ("Haiti Earthquake", 1, 7),
    ]  # fmt: skip


def test_places_below_a_countrys_own_row_are_the_same_people(tmp_path):
    found = read_made(read, tmp_path, dtm_json=answer(
        place(1, 120, admin1=None, level=0), place(1, 100), place(1, 20), place(2, 90),
    ))  # fmt: skip
    assert [row[-1] for row in rows(found)] == [120, 90]
    assert dropped(found) == {"places within a country whose own row is there": 2}


def test_without_a_column_of_levels_the_codes_of_places_tell_them(tmp_path):
    text = """\
operation,admin0Pcode,admin1Pcode,admin2Pcode,numPresentIdpInd,reportingDate,roundNumber
#operation,#adm0+code,#adm1+code,#adm2+code,#affected+idps,#date+reported,#round
Haiti Crisis,HTI,HT01,,100,2024-11-30,1
Haiti Crisis,HTI,HT01,HT0111,60,2024-11-30,1
Haiti Crisis,HTI,HT01,HT0112,40,2024-11-30,1
"""
    found = read_made(read, tmp_path, dtm_csv=text)
    assert rows(found) == [("HTI", "Haiti Crisis", 1, "2024-11-30", "", 100)]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a_json": answer(place(1, 1)), "b_json": answer(place(1, 1))},
         "Round 1 of 'Haiti Crisis' in HTI is in two files"),
        ({"a_json": {"errorMessages": ["key is missing"]}}, "but says: ['key is missing']"),
        ({"a_json": answer(place(1, 1) | {"admin0Pcode": "HT"})}, "item 1, column 'admin0Pcode': "),
        ({"a_json": answer(place(1, 1) | {"reportingDate": "x"})}, "'x' is not a date"),
        ({"a_json": answer(place(1, 1) | {"roundNumber": None})}, "'' is no round"),
        ({"a_json": answer()}, "has no items"),
    ],
)  # fmt: skip
def test_what_is_none_of_these_is_refused(tmp_path, files, said):
    with pytest.raises(DataError) as refused:
        read_made(read, tmp_path, **files)
    assert said in str(refused.value)
