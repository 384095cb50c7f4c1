"""A web server for the published site, for this machine only."""

from __future__ import annotations

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from reportbook.errors import ReportError

HOST = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # a rebuilt page is seen on reload
        super().end_headers()


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of `site`, not yet serving; port 0 takes any free one.

    Raises
    ------
    ReportError
        If there is no site, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise ReportError("There is no site to show yet. Run 'reportbook build' first.")
    try:
        return ThreadingHTTPServer((HOST, port), functools.partial(_Quiet, directory=str(site)))
    except OSError as error:
        raise ReportError(
            f"Port {port} of {HOST} cannot be used: {error.strerror}. Try --port {port + 1}."
        ) from error
