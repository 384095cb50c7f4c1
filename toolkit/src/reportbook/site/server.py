"""A web server for the published site, for browsers on this machine only.

It gives out the files of the site and nothing else: no lists of folders, nothing that a link leads
to outside. Asked under another name than this machine's own it refuses, or a page of the web could
have its reader's browser read the site (DNS rebinding).
"""

from __future__ import annotations

import functools
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, unquote, urlsplit

from reportbook.errors import ReportError

HOST = "127.0.0.1"
_OWN_NAMES = {HOST, "localhost", "[::1]"}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_SECONDS = 60  # after which one who asks nothing any more is left


class _SiteHandler(SimpleHTTPRequestHandler):
    timeout = _SECONDS

    def do_GET(self) -> None:
        """Give out a file, or the part of it that is asked for."""
        with self._found() as file:
            if file is None:
                return
            size = file.seek(0, 2)
            part = self._part(size)
            if part is None:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self.send_header("Content-Range", f"bytes */{size}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            first, end = part
            self._send_head(file.name, first, end, size)
            file.seek(first)
            if (first, end) == (0, size):
                shutil.copyfileobj(file, self.wfile)
            else:
                self.wfile.write(file.read(end - first))

    def do_HEAD(self) -> None:
        """Say what giving out a file would say."""
        with self._found() as file:
            if file is not None:
                size = file.seek(0, 2)
                self._send_head(file.name, 0, size, size)

    def end_headers(self) -> None:
        """Add what is said with every answer."""
        self.send_header("Cache-Control", "no-store")  # a rebuilt page is seen on reload
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    @contextmanager
    def _found(self) -> Iterator[IO[bytes] | None]:
        """The file that is asked for; None if something else was answered."""
        host = self.headers.get("Host", HOST).strip().lower()
        if re.sub(r":\d*$", "", host) not in _OWN_NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This is not the host asked for")
            yield None
            return
        try:
            path = self._path()
            file = path.open("rb") if path else None
        except (OSError, ValueError):  # a name that no file can have
            file = None
            path = None
        if file is not None:
            with file:
                yield file
            return
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        yield None

    def _path(self) -> Path | None:
        """Where the file lies that is asked for; None if there is none or another place was named.

        Raises
        ------
        ValueError
            If nothing of the site is asked for.
        """
        site = Path(self.directory).resolve()
        asked = unquote(urlsplit(f"//{HOST}/{self.path.lstrip('/')}").path, errors="strict")
        path = (site / asked.lstrip("/")).resolve()
        if not path.is_relative_to(site):
            raise ValueError(asked)
        if not path.is_dir():
            if asked.endswith("/") or not path.is_file():
                raise ValueError(asked)
            return path
        page = (path / "index.html").resolve()
        if not page.is_relative_to(site) or not page.is_file():
            raise ValueError(asked)
        if asked.endswith("/"):
            return page
        query = urlsplit(self.path).query
        place = f"/{quote(path.relative_to(site).as_posix())}/{'?' if query else ''}{query}"
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def _part(self, size: int) -> tuple[int, int] | None:
        """The bytes that are asked for: the first, and the one behind the last; None if none is.

        All of them where no part is asked for, or several: RFC 9110 leaves that open.
        """
        wanted = _RANGE.fullmatch(self.headers.get("Range", "").strip())
        if wanted is None or wanted[0] == "bytes=-" or self.headers.get("If-Range"):
            return 0, size
        if not wanted[1]:
            first, end = max(0, size - int(wanted[2])), size
        else:
            first = int(wanted[1])
            end = min(size, int(wanted[2]) + 1) if wanted[2] else size
            if wanted[2] and int(wanted[2]) < first:  # no range at all
                return 0, size
        return (first, end) if first < end else None

    def _send_head(self, name: str, first: int, end: int, size: int) -> None:
        whole = (first, end) == (0, size)
        self.send_response(HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(name))
        self.send_header("Content-Length", str(end - first))
        self.send_header("Accept-Ranges", "bytes")
        if not whole:
            self.send_header("Content-Range", f"bytes {first}-{end - 1}/{size}")
        self.end_headers()


class _SiteServer(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave it at that where a browser went away; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


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
        return _SiteServer((HOST, port), functools.partial(_SiteHandler, directory=str(site)))
    except OSError as error:
        raise ReportError(
            f"Port {port} of {HOST} cannot be used: {error.strerror}. Try --port {port + 1}."
        ) from error
