"""All pages of a service that pages by number, kept, taken up again, or put aside."""

import datetime
import json

import pytest
from answering import Answer, answering

from reportbook.errors import ReportError
from reportbook.snapshots.asking import Asking
from reportbook.snapshots.fetching import fetch_pages


class Cats:
    """A service with numbered pages; a page may name another place to go on at."""

    @staticmethod
    def first_pages(address, asked):
        if set(asked) - {"owner"}:
            raise ValueError("Only an owner can be asked for.")
        return [f"{address}cats?page=1"]

    @staticmethod
    def next_pages(page, document):
        return document.get("next", [])

    @staticmethod
    def what_is_missing(pages):
        return "" if len(pages) == 3 else f"{len(pages)} pages came, and 3 were promised."


def pages(address, count=3):
    def answer(path, before):
        number = int(path.rpartition("=")[2])
        more = [f"{address[0]}cats?page={number + 1}"] if number < count else []
        return Answer({"page": number, "next": more})

    return answer


def fetch(server, folder, said=None):
    with Asking(0, wait=lambda seconds: None) as asking:
        return fetch_pages(
            Cats, {}, address=server.address, folder=folder, asking=asking,
            say=(said if said is not None else []).append,
        )  # fmt: skip


@pytest.fixture
def served():
    """A server of three pages, and the answers that a test puts in their place."""
    address, instead = [""], {}

    def answer(path, before):
        given = instead.get(path)
        return given if given is not None else pages(address)(path, before)

    with answering(answer) as server:
        address[0] = server.address
        yield server, instead


def test_all_pages_come_in_their_order_and_progress_is_said(served, tmp_path):
    server, _ = served
    said = []
    fetched = fetch(server, tmp_path, said)
    assert [json.loads(path.read_bytes())["page"] for path in fetched.files] == [1, 2, 3]
    assert fetched.files[0].name == "0001-cats-page-1.json"
    assert said[0] == f"1 of 2  {server.address}cats?page=1"
    assert said[-1].startswith("3 of 3  ")


def test_a_fetch_that_broke_off_goes_on_where_it_was(served, tmp_path):
    server, instead = served
    instead["/cats?page=3"] = Answer(status=503)
    with pytest.raises(ReportError, match="takes up from there"):
        fetch(server, tmp_path)
    instead.clear()
    server.asked.clear()
    assert len(fetch(server, tmp_path).files) == 3
    assert server.asked == ["/cats?page=3"]


def test_a_page_that_was_cut_off_on_the_disk_is_asked_for_again(served, tmp_path):
    server, _ = served
    second = fetch(server, tmp_path).files[1]
    second.write_bytes(second.read_bytes()[:5])
    server.asked.clear()
    fetch(server, tmp_path)
    assert server.asked == ["/cats?page=2"]


def test_pages_of_an_earlier_day_are_not_mixed_with_todays(served, tmp_path):
    server, _ = served
    folder = fetch(server, tmp_path).folder
    earlier = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=25)
    (folder / "begun").write_text(earlier.isoformat())
    server.asked.clear()
    fetch(server, tmp_path)
    assert len(server.asked) == 3


def test_a_fetch_that_ends_early_is_kept_aside(served, tmp_path):
    server, instead = served
    instead["/cats?page=2"] = Answer({"page": 2})
    with pytest.raises(ReportError, match=r"2 pages came, and 3 were promised\. Nothing was"):
        fetch(server, tmp_path)
    (aside,) = tmp_path.iterdir()
    assert aside.name.startswith("refused-")
    assert len(list(aside.glob("*.json"))) == 2


def test_a_page_for_a_browser_is_kept_aside(served, tmp_path):
    server, instead = served
    instead["/cats?page=2"] = Answer(b"<!doctype html><p>Down for repair</p>")
    with pytest.raises(ReportError, match="It says: Down for repair"):
        fetch(server, tmp_path)
    (aside,) = tmp_path.iterdir()
    (refused,) = aside.glob("*.refused")
    assert b"Down for repair" in refused.read_bytes()


def test_an_answer_of_another_shape_is_kept_aside(served, tmp_path):
    server, instead = served
    instead["/cats?page=2"] = Answer(["no", "mapping"])
    with pytest.raises(ReportError, match=r"cats\?page=2: The answer has another shape"):
        fetch(server, tmp_path)
    assert [path.name[:8] for path in tmp_path.iterdir()] == ["refused-"]


def test_no_other_host_is_asked(served, tmp_path):
    server, instead = served
    instead["/cats?page=1"] = Answer({"next": ["http://127.0.0.2:1/cats?page=2"]})
    with pytest.raises(ReportError, match=r"another host, which is not followed"):
        fetch(server, tmp_path)


def test_what_cannot_be_asked_is_a_sentence(tmp_path):
    with pytest.raises(ReportError, match="Only an owner can be asked for"):
        fetch_pages(
            Cats, {"house": "x"}, address="http://127.0.0.1:1/", folder=tmp_path,
            asking=Asking(0), say=lambda said: None,
        )  # fmt: skip
