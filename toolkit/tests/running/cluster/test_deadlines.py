import threading

import pytest

from reportbook.running.cluster.deadlines import NoAnswer, Pulse, within


def test_a_call_answers_raises_or_is_given_up():
    assert within(60, divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        within(60, divmod, 7, 0)
    never = threading.Event()
    with pytest.raises(NoAnswer, match=r"no answer within 0\.05 seconds"):
        within(0.05, never.wait)


def test_a_pulse_tells_silence_from_nothing_left():
    answers, asked = iter([2, OSError("gone"), 0, 0, 1]), threading.Semaphore(0)
    go_on = threading.Semaphore(0)

    def ask():
        go_on.acquire()
        try:
            answer = next(answers)
            if isinstance(answer, OSError):
                raise answer
            return answer
        finally:
            asked.release()

    pulse = Pulse(ask, every=0)
    seen = []
    for _ in range(4):
        go_on.release()
        assert asked.acquire(timeout=60)
        threading.Event().wait(0.05)  # what was answered is noted after it was given
        seen.append((pulse.seconds_of_none > 0, pulse.seconds_of_silence >= 0.05))
    assert [none for none, _ in seen] == [False, False, True, True]
    go_on.release()
    assert asked.acquire(timeout=60)
    threading.Event().wait(0.05)
    assert pulse.seconds_of_none == 0
    pulse.end()
