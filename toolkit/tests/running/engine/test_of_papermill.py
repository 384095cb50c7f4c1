from insides import moved

from reportbook.running.engine import of_papermill


def test_papermill_has_the_parts_that_are_used():
    assert moved("papermill", of_papermill.USED, of_papermill.__name__) == []
