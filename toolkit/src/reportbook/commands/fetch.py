"""A producer's table asked for at its public service."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping

from reportbook.commands.import_files import Taken, read_files
from reportbook.commands.trial import Trial, trial_of
from reportbook.errors import ReportError
from reportbook.files.lock import alone
from reportbook.report.project import Project
from reportbook.snapshots.asking import Asking
from reportbook.snapshots.fetching import Fetched, fetch_pages, put_aside
from reportbook.snapshots.services import find_service
from reportbook.snapshots.taking import Provenance, take


def fetch(
    project: Project,
    producer: str,
    asked: Mapping[str, str],
    *,
    address: str = "",
    may_fall: bool = False,
    asking: Asking | None = None,
    say: Callable[[str], None] = lambda said: None,
) -> Taken:
    """Ask a producer's service for its table, or for a part, and keep it as a snapshot.

    A part replaces the rows it speaks of; the whole stands alone.

    Parameters
    ----------
    asked
        What part is asked for, by the names of the service; nothing is everything.
    address
        Another place of the service, such as a mirror.

    Raises
    ------
    ReportError
        If it cannot be asked, not all comes, it cannot be read, or it falls (`take`). Then nothing
        is changed, and what came is kept aside.
    """
    with _fetched(project, producer, asked, address, asking, say) as (fetched, whence):
        try:
            reading = read_files(producer, fetched.files)
            snapshot, new = take(project, reading, whence, may_fall=may_fall)
        except ReportError as refusal:
            raise ReportError(f"{refusal} {put_aside(fetched.folder)}") from refusal
        shutil.rmtree(fetched.folder)
    return Taken(snapshot, new, reading)


def try_fetch(
    project: Project,
    producer: str,
    asked: Mapping[str, str],
    *,
    address: str = "",
    asking: Asking | None = None,
    say: Callable[[str], None] = lambda said: None,
    jobs: int = 1,
) -> Trial:
    """Fetch, say what taking it would change, and take nothing (`trial_of`).

    The pages stay for `fetch`, which then asks for none of them again.
    """
    with _fetched(project, producer, asked, address, asking, say) as (fetched, whence):
        return trial_of(project, read_files(producer, fetched.files), whence, jobs=jobs)


@contextlib.contextmanager
def _fetched(
    project: Project,
    producer: str,
    asked: Mapping[str, str],
    address: str,
    asking: Asking | None,
    say: Callable[[str], None],
) -> Iterator[tuple[Fetched, Provenance]]:
    """The pages that a service gives, and what their record says of them; nobody else imports."""
    service = find_service(producer)
    where = address or service.ADDRESS
    where = where if where.endswith("/") else f"{where}/"
    parameters = " ".join(f"{name}={value}" for name, value in asked.items()) or "everything"
    with alone(project.build / "snapshots", "import or fetch"):
        with asking or Asking(service.PAUSE) as open_asking:
            fetched = fetch_pages(
                service,
                asked,
                address=where,
                folder=project.build / "snapshots" / producer,
                asking=open_asking,
                say=say,
            )
        yield fetched, Provenance(producer, where, parameters, extends=bool(asked))
