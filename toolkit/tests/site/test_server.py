"""What the preview gives out, and what it does not."""

import http.client
import socket
import threading

import pytest

from reportbook.errors import ReportError
from reportbook.site.server import HOST, server

TEXT = b"0123456789"


@pytest.fixture
def site(tmp_path):
    site = tmp_path / "site"
    (site / "latest" / "notebooks").mkdir(parents=True)
    (site / "index.html").write_text("front page")
    (site / "latest" / "index.html").write_text("latest")
    (site / "latest" / "notebooks" / "a.html").write_bytes(TEXT)
    (site / "año 1.html").write_text("year")
    (site / "empty.css").write_text("")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "index.html").write_text("secret")
    (site / "out").symlink_to(tmp_path / "secret")
    (site / "key.txt").symlink_to(tmp_path / "secret" / "index.html")
    (site / "in.html").symlink_to("index.html")
    return site


@pytest.fixture
def ask(site):
    """Ask the server for an address as it stands: status, headers and content."""
    with server(site, 0) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()

        def asked(address, method="GET", **headers):
            connection = http.client.HTTPConnection(HOST, serving.server_port, timeout=5)
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, address, headers=given)
            answer = connection.getresponse()
            found = answer.status, answer.headers, answer.read()
            connection.close()
            return found

        asked.serving = serving
        yield asked
        serving.shutdown()
        thread.join()


def test_the_site_is_served_on_this_machine_only(ask):
    assert ask.serving.server_address[0] == "127.0.0.1"
    status, headers, content = ask("/")
    assert (status, content, headers["Content-Type"]) == (200, b"front page", "text/html")
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("/index.html?a=b", b"front page"),
        ("/latest/", b"latest"),
        ("/latest/notebooks/a.html", TEXT),
        ("/a%C3%B1o%201.html", b"year"),
        ("/empty.css", b""),
        ("/in.html", b"front page"),
        ("//latest/notebooks/../", b"latest"),
    ],
)
def test_files_and_the_indexes_of_folders(ask, address, content):
    assert ask(address)[::2] == (200, content)


@pytest.mark.parametrize(
    "address",
    [
        "/gone.html",
        "/latest/notebooks/",  # no list of what is in it
        "/latest/notebooks",
        "/index.html/",
        "/../secret/index.html",
        "/%2e%2e/secret/index.html",
        "/..%2fsecret/index.html",
        "/out/",
        "/out",
        "/out/index.html",
        "/key.txt",
        "/index.html%00",
        "/%00",
        "/%ff",
        f"/{'a' * 5000}",
        "/..%5c..%5cetc",
    ],
)
def test_all_else_is_not_found_and_answered(ask, address):
    status, _, content = ask(address)
    assert status == 404
    assert b"secret" not in content.replace(b"secret/", b"")


@pytest.mark.parametrize("address", ["/latest", "//latest", "/latest?a=b"])
def test_a_folder_is_asked_for_with_a_slash_on_this_host(ask, address):
    status, headers, _ = ask(address)
    query = "?a=b" if "?" in address else ""
    assert (status, headers["Location"]) == (301, f"/latest/{query}")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example:8000", 421),
        ("192.168.0.7", 421),
        ("", 421),
    ],
)
def test_only_this_machines_own_names_are_answered(ask, host, status):
    assert ask("/", Host=host)[0] == status


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 200, TEXT, None),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, TEXT, None),
        ("bytes=0-1,3-4", 200, TEXT, None),
        ("bytes=-", 200, TEXT, None),
        ("lines=1-2", 200, TEXT, None),
    ],
)
def test_parts_of_a_file(ask, asked, status, content, said):
    answer = ask("/latest/notebooks/a.html", Range=asked)
    assert answer[::2] == (status, content)
    assert answer[1]["Content-Range"] == said
    assert answer[1]["Content-Length"] == str(len(content))


def test_a_head_says_how_long_a_file_is(ask):
    status, headers, content = ask("/latest/notebooks/a.html", "HEAD")
    assert (status, headers["Content-Length"], content) == (200, "10", b"")
    assert headers["Accept-Ranges"] == "bytes"
    assert ask("/gone.html", "HEAD")[0] == 404
    assert ask("/", "POST")[0] == 501


def test_a_browser_that_goes_away_leaves_no_trace(ask, site, capsys):
    (site / "large.bin").write_bytes(b"0" * 20_000_000)
    with socket.create_connection((HOST, ask.serving.server_port)) as connection:
        connection.sendall(b"GET /large.bin HTTP/1.0\r\n\r\n")
        assert connection.recv(20).startswith(b"HTTP/1.0 200")
    assert ask("/")[0] == 200
    ask.serving.shutdown()
    assert capsys.readouterr().err == ""


def test_no_site_yet_and_a_port_that_is_taken(tmp_path):
    with pytest.raises(ReportError, match="Run 'reportbook build' first"):
        server(tmp_path, 0)
    (tmp_path / "index.html").write_text("x")
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ReportError, match=f"Port {port} of 127.0.0.1 cannot be used"):
            server(tmp_path, port)
