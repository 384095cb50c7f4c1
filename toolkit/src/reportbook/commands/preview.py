"""A look at the published site on this machine."""

from __future__ import annotations

from collections.abc import Callable

from reportbook.report.project import Project
from reportbook.site.server import HOST, server


def preview(
    project: Project, port: int, *, tries: bool = False, on_ready: Callable[[str], None]
) -> None:
    """Serve the site until Ctrl-C; `on_ready` is told its address once pages can be asked for.

    Port 0 takes any free one. With `tries`, the books that were tried are served.

    Raises
    ------
    ReportError
        If there is no site yet, or the port is taken.
    KeyboardInterrupt
        At Ctrl-C.
    """
    shelf = project.tries if tries else project.published
    with server(shelf.folder, port) as serving:
        on_ready(f"http://{HOST}:{serving.server_port}/")
        serving.serve_forever()
