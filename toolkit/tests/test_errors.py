from reportbook.errors import did_you_mean, listed


def test_the_nearest_name_is_offered_whatever_its_case():
    assert did_you_mean("contry", ["city", "country"]) == " Did you mean 'country'?"
    assert did_you_mean("lac", ["LAC"]) == " Did you mean 'LAC'?"


def test_nothing_is_offered_where_nothing_is_near():
    assert did_you_mean("zebra", ["country"]) == ""


def test_names_are_listed_in_quotes():
    assert listed(["a", 2]) == "'a', '2'"
    assert f"There are {listed([])}." == "There are none."
