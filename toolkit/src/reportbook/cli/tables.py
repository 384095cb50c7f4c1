"""The commands for tables of producers: import, fetch, sources."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportbook.cli.given import parameters_given, project_of

if TYPE_CHECKING:
    from reportbook.commands.import_files import Taken
    from reportbook.commands.trial import Trial
    from reportbook.report.project import Project

_REVISIONS = 8  # revised cells that a trial shows

_accept_fall = click.option(
    "--accept-fall", is_flag=True, help="Take it even if its sums are much lower than before."
)
_try = click.option(
    "--try",
    "trial",
    is_flag=True,
    help="Say what it would change, rows and published numbers, and take nothing.",
)


@click.command("import")
@click.argument("producer")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--published", default="", metavar="DATE", help="When it was published.")
@click.option("--retrieved", default="", metavar="DATE", help="When you downloaded it.")
@click.option("--address", default="", metavar="URL", help="From where you downloaded it.")
@click.option("--source", default="", metavar="KEY", help="Its source, if the report lists it.")
@click.option(
    "--replace", is_flag=True, help="Let it stand alone, and not only for the rows it speaks of."
)
@_accept_fall
@_try
@click.pass_context
def import_(
    context: click.Context,
    producer: str,
    files: tuple[Path, ...],
    published: str,
    retrieved: str,
    address: str,
    source: str,
    replace: bool,
    accept_fall: bool,
    trial: bool,
) -> None:
    """Read what you downloaded from PRODUCER as a table.

    FILE is CSV, a workbook, JSON or a zip, as downloaded; several files of one download make one
    table. It is kept in data/tables/ and put on record in data/snapshots.csv. Nothing is
    overwritten. A date that you do not give is taken from the files, if they state it; else the
    table counts as retrieved and published today.
    """
    from reportbook.commands.import_files import import_files, try_files
    from reportbook.snapshots.taking import Provenance

    whence = Provenance(
        producer=producer,
        address=address,
        parameters="",
        published=published,
        retrieved=retrieved,
        source=source,
        extends=not replace,
    )
    project = project_of(context)
    if trial:
        _say_trial(try_files(project, files, whence, jobs=_cores()))
    else:
        _say_taken(project, import_files(project, files, whence, may_fall=accept_fall))


@click.command()
@click.argument("producer")
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Ask only for a part, such as years=2018/2025. Repeat the option for more.",
)
@click.option("--address", default="", metavar="URL", help="The service's place, if another one.")
@_accept_fall
@_try
@click.pass_context
def fetch(
    context: click.Context,
    producer: str,
    parameters: tuple[str, ...],
    address: str,
    accept_fall: bool,
    trial: bool,
) -> None:
    """Ask PRODUCER's public service for its table.

    It is kept in data/tables/ and put on record in data/snapshots.csv. Without -p it is asked for
    everything, and what comes stands alone; a part replaces the rows it speaks of. If the fetch
    breaks off, the same command takes up from there within a day. What is not whole, has other
    columns or falls much is kept aside, and nothing is changed. Progress goes to standard error.
    """
    from reportbook.commands.fetch import fetch as fetch_table
    from reportbook.commands.fetch import try_fetch

    project, asked = project_of(context), parameters_given(parameters)

    def say(said: str) -> None:
        click.echo(said, err=True)

    if trial:
        _say_trial(try_fetch(project, producer, asked, address=address, say=say, jobs=_cores()))
        return
    taken = fetch_table(project, producer, asked, address=address, may_fall=accept_fall, say=say)
    _say_taken(project, taken)


def _cores() -> int:
    import os

    return os.cpu_count() or 1


def _say_taken(project: Project, taken: Taken) -> None:
    snapshot, reading = taken.snapshot, taken.reading
    shown = project.shown(project.data / snapshot.file)
    rows = f"{snapshot.rows:,} row{'' if snapshot.rows == 1 else 's'}"
    if not taken.new:
        click.echo(f"{shown} holds these {rows} already.")
        return
    click.echo(f"{shown} is written: {rows}, {reading.summary}.")
    for each in reading.dropped:
        click.echo(f"  left out: {each.rows:,} row{'' if each.rows == 1 else 's'}: {each.why}")
    for remark in reading.remarks:
        click.echo(f"  {remark}")


def _say_trial(trial: Trial) -> None:
    changes, reading = trial.changes, trial.reading
    click.echo(
        f"{reading.table}: {changes.added:,} rows would be added, {changes.removed:,} removed, "
        f"{changes.revised:,} revised ({reading.summary})."
    )
    for each in changes.cells[:_REVISIONS]:
        click.echo(f"  {each.row}: {each.column} {_shown(each.before)} → {_shown(each.after)}")
    if len(changes.cells) > _REVISIONS:
        click.echo(f"  and {len(changes.cells) - _REVISIONS:,} more")
    if trial.moved:
        click.echo("Published numbers that would move:")
    elif not trial.failures:
        click.echo("No published number would move.")
    for line in trial.moved:
        click.echo(f"  {line}")
    for failure in trial.failures:
        click.echo(f"Nothing is known of the numbers of {failure}", err=True)
    if trial.refusal:
        click.echo(f"It would be refused. {trial.refusal}", err=True)
    click.echo("Nothing is taken: that is done by the same command without --try.")


def _shown(cell: str) -> str:
    if not cell:
        return "not reported"
    return f"{int(cell):,}" if cell.lstrip("-").isdecimal() else cell


@click.command("sources")
@click.pass_context
def list_sources(context: click.Context) -> None:
    """List the tables of producers, and how old they are.

    What a newer one would change: 'reportbook import' or 'fetch' with --try.
    """
    from reportbook.commands.sources import sources

    project = project_of(context)
    kept = sources(project)
    if not kept:
        click.echo("There is no table of a producer yet: see 'reportbook import --help'.")
    table = ""
    for each in kept:
        snapshot = each.snapshot
        if snapshot.table != table:
            table = snapshot.table
            click.echo(f"{table}   {snapshot.title}")
        old = f"{each.age} old" if each.age else "new"
        how = "extends" if snapshot.extends else "alone"
        click.echo(
            f"  {snapshot.published:<10}  {old:<13}  {snapshot.rows:>9,} rows  "
            f"{how if each.used else 'superseded':<10}  {snapshot.licence:<12}  "
            f"{project.shown(project.data / snapshot.file)}"
        )
    faults = [each.fault for each in kept if each.fault]
    for fault in faults:
        click.echo(f"{fault}. Bring it back, or import the table again.", err=True)
    if faults:
        sys.exit(1)
