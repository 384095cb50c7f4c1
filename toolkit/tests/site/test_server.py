import socket
import threading
import urllib.error
import urllib.request

import pytest

from reportbook.errors import ReportError
from reportbook.site.server import HOST, server


def test_the_site_is_served_on_this_machine_only(tmp_path):
    (tmp_path / "index.html").write_text("front page")
    with server(tmp_path, 0) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        address = f"http://{HOST}:{serving.server_port}/"
        try:
            with urllib.request.urlopen(address) as answer:
                assert answer.read() == b"front page"
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"{address}gone.html")
        finally:
            serving.shutdown()
            thread.join()
    assert serving.server_address[0] == "127.0.0.1"


def test_no_site_yet_and_a_port_that_is_taken(tmp_path):
    with pytest.raises(ReportError, match="Run 'reportbook build' first"):
        server(tmp_path, 0)
    (tmp_path / "index.html").write_text("x")
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ReportError, match=f"Port {port} of 127.0.0.1 cannot be used"):
            server(tmp_path, port)
