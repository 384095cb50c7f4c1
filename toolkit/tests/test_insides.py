from insides import moved


def test_a_part_that_a_library_does_not_have_is_told_in_a_sentence():
    used = {
        "pytest:Item": "is there",
        "pytest:Item.config": "is set when an item is made",
        "pytest:NoSuchClass.name": "runs the tests",
    }
    (said,) = moved("pytest", used, "our.module")
    assert "has no NoSuchClass.name in pytest. It runs the tests. Change our.module, or" in said
