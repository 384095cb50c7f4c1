from insides import moved

from reportbook.running.engine import of_matplotlib


def test_matplotlib_has_the_parts_that_are_used():
    assert moved("matplotlib", of_matplotlib.USED, of_matplotlib.__name__) == []
