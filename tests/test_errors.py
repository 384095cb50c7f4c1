"""Messages that name what is accepted, and the value that was probably meant."""

from hypothesis import given
from hypothesis import strategies as st

import reportbook.errors
from analysis.errors import NotAccepted, did_you_mean

WORDS = st.text("abcABC", min_size=1, max_size=5)


def test_the_value_most_like_the_given_one_is_offered():
    message = str(NotAccepted("area", "lac", ["WLD", "LAC"]))
    assert message == "area 'lac' is not accepted. Did you mean 'LAC'? Accepted: WLD, LAC."


def test_a_hint_takes_the_place_of_the_offer():
    message = str(NotAccepted("day", "2023-1", ["2023-01"], hint="Give the day."))
    assert message == "day '2023-1' is not accepted. Give the day. Accepted: 2023-01."


@given(WORDS, st.lists(WORDS))
def test_the_toolkit_offers_the_same(word, accepted):
    assert did_you_mean(word, accepted) == reportbook.errors.did_you_mean(word, accepted)
