"""The command ``reportbook``: its arguments and options, and what it prints."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reportbook.cli.endings import (
    Stopped,
    exit_code,
    heeding_signals,
    is_closed_output,
    is_of_output,
    reason,
    saying_what_became_of_the_site,
    write_no_more,
    writing_the_result,
)
from reportbook.cli.given import parameters_given, project_of
from reportbook.cli.tables import fetch, import_, list_sources
from reportbook.errors import ReportError, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from reportbook.commands.progress import Progress, Summary
    from reportbook.report.editions import Edition
    from reportbook.report.project import Project

OLDEST, NEWEST = (3, 11), (3, 14)
Decorated = TypeVar("Decorated", bound="Callable[..., Any]")

# what a command needs is imported when it runs, so that --help answers at once


def main() -> None:
    """Run the command: a mistake ends in a sentence and exit code 1, wrong usage in 2."""
    from reportbook.running.compiled_modules import install

    install()
    with heeding_signals():
        _run()


def _run() -> None:
    try:
        refuse_other_pythons(sys.version_info[:2])
        reportbook(prog_name="reportbook", standalone_mode=False)
    except ReportError as error:
        _stop(str(error), 1)
    except Stopped as stop:
        _stop(str(stop), stop.code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except OSError as error:  # a full disk, a folder that may not be written to
        if is_closed_output(error):
            write_no_more()
            sys.exit(1)
        if is_of_output(error):
            write_no_more()
        _stop(reason(error), exit_code(error))
    except (click.Abort, KeyboardInterrupt) as error:
        _stop(reason(error), exit_code(error))


def refuse_other_pythons(version: tuple[int, int]) -> None:
    """Stop under a version of Python with which Jupyter Book 1 is not known to work.

    Raises
    ------
    ReportError
        With the version found and the versions that are supported.
    """
    if not OLDEST <= version <= NEWEST:
        raise ReportError(
            f"reportbook needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python "
            f"{version[0]}.{version[1]} ({sys.executable}). Create an environment with one of "
            "these versions."
        )


def _stop(message: str, code: int) -> None:
    with contextlib.suppress(OSError):  # standard error may be closed or full
        click.echo(message, err=True)
    sys.exit(code)


# options that several commands have
_parameters = click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a parameter, for a try that is not published. Repeat the option to set several.",
)
_jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    help="How many processes work at once; 0 means one per processor core.",
)
_timeout = click.option(
    "--timeout",
    type=click.IntRange(1),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="How long one cell may take.",
)
_output_limit = click.option(
    "--output-limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    metavar="MEGABYTES",
    help="How much output one cell may write.",
)


def _grid(text: str) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--grid", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help=text
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the report, if it is not the current folder.",
)
@click.pass_context
def reportbook(context: click.Context, folder: Path | None) -> None:
    """Run the notebooks of a report and publish each edition as a book."""
    context.obj = folder


@reportbook.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@_parameters
@_grid("Build the editions of this grid, such as editions/grid.yml: all, or those you name.")
@_jobs
@_timeout
@_output_limit
@click.option(
    "--force", is_flag=True, help="Run and build everything again, even what has not changed."
)
@click.option(
    "--only",
    multiple=True,
    metavar="NOTEBOOK",
    help="Run only this notebook. Repeat the option to name several. An edition that needs "
    "another notebook run stays as it was published.",
)
@click.option(
    "--restore",
    default="",
    metavar="EDITION",
    help="Bring back an edition that left the site when its file went, as it was published.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Run the notebooks on a Dask cluster. ADDRESS is that of its scheduler, such as "
    "tcp://10.0.0.1:8786.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Write what happened to every edition and notebook as one JSON document.",
)
@click.pass_context
def build(
    context: click.Context,
    editions: tuple[str, ...],
    parameters: tuple[str, ...],
    grid: Path | None,
    jobs: int,
    timeout: int,
    output_limit: int,
    force: bool,
    only: tuple[str, ...],
    restore: str,
    scheduler: str,
    as_json: bool,
) -> None:
    """Build editions and publish them in the site.

    Without names, all editions with a file of their own in editions/ are built. Editions of a grid
    are built with --grid, or if you name them.

    Only what a change affects is run and built again: 'reportbook why' says what that is. If an
    edition fails, what was published of it before is not changed.

    An edition whose file is gone leaves the site, and is kept in _build/withdrawn.

    With -p, tries of the editions are built: they lie in _build/tries, 'reportbook list' names
    them, and the site stays as it is. 'reportbook new edition NAME --from TRY' makes one an
    edition.

    The result is written to standard output, progress to standard error. With --json, standard
    output holds one JSON document at the end, also if the build fails: site, seconds, failed,
    problem (of the whole build), kept, gone, lost (archived, and nowhere to be found),
    without_file (released, and its file gone), and for each of the editions its outcome (built,
    fresh, failed, waiting), seconds, page, problems and notebooks.
    """
    from reportbook.cli.json_report import Account, not_begun
    from reportbook.commands.build import build as build_site

    account = Account(_shown_progress)
    with saying_what_became_of_the_site() as site:
        try:
            overrides = parameters_given(parameters)
            project = project_of(context)
            site.is_at(project.site)
            if restore:
                from reportbook.commands.archive import restore as bring_back

                for path in bring_back(project, restore):
                    click.echo(f"{project.shown(path)} is written.", err=True)
            summary = build_site(
                project,
                editions,
                overrides=overrides,
                grid=grid,
                jobs=jobs,
                timeout=timeout,
                output_limit=output_limit,
                force=force,
                only=only,
                scheduler=scheduler,
                progress=account,
            )
        except BaseException as error:
            if as_json:
                _write_json(not_begun(site.said_of(error)))
            raise
        _say_problems(summary)
        with writing_the_result():
            if as_json:
                _write_json(account.of(summary))
            else:
                _say_made(project, summary)
    if summary.failed:
        sys.exit(1)


def _shown_progress() -> AbstractContextManager[Progress]:
    from reportbook.cli.terminal import shown_progress

    return shown_progress()


def _write_json(data: object) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _say_problems(summary: Summary) -> None:
    for name in summary.lost:
        click.echo(
            f"\neditions/{name}.yml is archived, but its pages are neither on the site nor in "
            f"editions/{name}/book.zip. 'reportbook archive {name}' writes that file where they "
            "are published.",
            err=True,
        )
    for name in summary.without_file:
        click.echo(
            f"\n'{name}' is released, but its file is gone. Bring editions/{name}.yml back, keep "
            f"what was published by 'reportbook build --restore {name}', or delete the folder "
            f"editions/{name} too, if it is to leave the site.",
            err=True,
        )
    for outcome in summary.outcomes:
        if outcome.problems:
            undone = "built" if summary.are_tries else "published"
            click.echo(f"\n{outcome.edition.name} was not {undone}:", err=True)
            for problem in outcome.problems:
                click.echo(f"  {problem}", err=True)
        if outcome.waiting:
            name = outcome.edition.try_of or outcome.edition.name
            set_again = "".join(f" -p {k}={v!r}" for k, v in outcome.edition.overrides.items())
            stays = f"{outcome.edition.name} stays as it was; other notebooks must run first:"
            click.echo(f"\n{stays}", err=True)
            for each in outcome.waiting:
                click.echo(f"  {each}", err=True)
            click.echo(f"  To run them too: reportbook build {name}{set_again}", err=True)


def _say_made(project: Project, summary: Summary) -> None:
    site = project.shown(summary.site)
    made = [each for each in summary.outcomes if not each.problems and not each.waiting]
    if made:
        seconds = f"{summary.seconds:.{0 if summary.seconds >= 10 else 1}f} seconds"
        nothing = all(outcome.fresh for outcome in made)
        done = "Tried, not published," if summary.are_tries else "Published"
        click.echo(f"Nothing to do ({seconds}):" if nothing else f"\n{done} in {seconds}:")
    for outcome in made:
        name = outcome.edition.name
        click.echo(
            f"  {name:<12} {counted(outcome.pages, 'page')}, "
            f"{counted(outcome.numbers, 'number')}, {counted(outcome.charts, 'chart')}"
            f"   {site}/{name}/index.html"
            f"{'   fresh' if outcome.fresh else ''}"
        )
    if summary.are_tries:
        if made:
            click.echo(
                f"All tries: {site}/index.html   (to publish one: "
                f"'reportbook new edition NAME --from {made[0].edition.name}')"
            )
        return
    for name in summary.kept:
        click.echo(f"  {name:<12} as it was   {site}/{name}/index.html")
    for name in summary.gone:
        aside = project.shown(project.withdrawn / name)
        click.echo(f"  {name:<12} left the site: it has no file any more. Kept in {aside}")
    if made:
        click.echo(f"Front page: {site}/index.html   (look at it with 'reportbook preview')")
    elif summary.site.exists():
        click.echo(f"The site in {site} has not been changed.", err=True)


@reportbook.command()
@click.argument("edition")
@click.pass_context
def archive(context: click.Context, edition: str) -> None:
    """Keep EDITION as it is published, whatever becomes of the notebooks.

    Its pages are written into editions/EDITION/book.zip, to be committed, and its file says
    'archived: true'. No build makes it again; where the site lacks it, it is taken from there.
    """
    from reportbook.commands.archive import archive as archive_edition

    project = project_of(context)
    _say_written(project, archive_edition(project, edition))


@reportbook.command()
@click.argument("edition")
@_jobs
@click.pass_context
def release(context: click.Context, edition: str, jobs: int) -> None:
    """Build EDITION, and record what it says beside its file.

    The record in editions/EDITION is an RO-Crate, to be committed: the results, checksums of the
    data, and the environment. From then on a build whose numbers differ stops and names them, until
    the edition's file has a correction that says what was wrong, since when, and why.
    """
    from reportbook.cli.terminal import shown_progress
    from reportbook.commands.release import release as release_edition

    project = project_of(context)
    with shown_progress() as progress:
        written = release_edition(project, edition, jobs=jobs, progress=progress)
    _say_written(project, written)


@reportbook.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@_jobs
@_timeout
@click.pass_context
def verify(context: click.Context, editions: tuple[str, ...], jobs: int, timeout: int) -> None:
    """Run the notebooks again as editions were released, and compare.

    Without names, all that are released. They run with the parameters of the record, and nothing is
    taken from memory or published. Says which numbers are otherwise, and what has changed in data,
    environment and code.
    """
    import os

    from reportbook.cli.terminal import shown_progress
    from reportbook.commands.verify import released
    from reportbook.commands.verify import verify as verify_edition

    project = project_of(context)
    failed = False
    for name in editions or released(project):
        with shown_progress() as progress:
            found = verify_edition(
                project, name, jobs=jobs or os.cpu_count() or 1, timeout=timeout, progress=progress
            )
        same = found.numbers - len(found.moved)
        corrected = f", {len(found.corrected)} of them as corrected since" * bool(found.corrected)
        click.echo(f"{name}: {same} of {counted(found.numbers, 'number')} as released{corrected}.")
        for each in found.moved:
            click.echo(f"  {each}")
        if found.changed:
            click.echo("Otherwise than at the release:")
        for said in found.changed:
            click.echo(f"  {said}")
        failed = failed or bool(found.moved)
    if failed:
        sys.exit(1)


@reportbook.command()
@click.argument("edition")
@_parameters
@click.pass_context
def why(context: click.Context, edition: str, parameters: tuple[str, ...]) -> None:
    """Say what of EDITION must run again, and why.

    A notebook is fresh if nothing it depends on has changed since it ran. Nothing is run.
    """
    from reportbook.commands.why import why as verdicts

    found = verdicts(project_of(context), edition, overrides=parameters_given(parameters))
    for each in found:
        click.echo(f"{each.what}: {'; '.join(each.reasons) or 'fresh'}")


@reportbook.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--markdown", "form", flag_value="markdown", help="Write Markdown, for a pull request."
)
@click.option("--json", "form", flag_value="json", help="Write all of it as JSON.")
@_jobs
@_timeout
@_output_limit
@click.pass_context
def diff(
    context: click.Context,
    old: str,
    new: str,
    form: str | None,
    jobs: int,
    timeout: int,
    output_limit: int,
) -> None:
    """Compare two editions, number by number.

    Says which numbers changed from the edition OLD to NEW, by how much, and why. To find out why,
    the notebooks are run with one thing changed at a time. Nothing is published.
    """
    import os

    from reportbook.cli.terminal import shown_progress
    from reportbook.commands.diff import diff as compare_editions
    from reportbook.comparing.wording import as_markdown, as_text

    project = project_of(context)
    with shown_progress() as progress:
        found = compare_editions(
            project,
            old,
            new,
            jobs=jobs or os.cpu_count() or 1,
            timeout=timeout,
            output_limit=output_limit,
            progress=progress,
        )
    if form == "json":
        _write_json(found)
    elif form == "markdown":
        click.echo(as_markdown(found, project.language, project.settings.vocabulary.one))
    else:
        click.echo(as_text(found, project.language, project.settings.vocabulary.one))


@reportbook.command("list")
@_grid("List only the editions of this grid, such as editions/grid.yml.")
@click.pass_context
def list_(context: click.Context, grid: Path | None) -> None:
    """List editions, tries, grids, notebooks, parameters."""
    from reportbook.commands.list import overview
    from reportbook.report.editions import load_editions

    project = project_of(context)
    if grid is not None:
        _list_editions(load_editions(project, grid=grid))
        return
    found = overview(project)
    click.echo("Editions, latest first")
    _list_editions(found.editions)
    for name in found.archived:
        click.echo(f"  {name}  archived: stays as it was published")
    if found.tries:
        click.echo("\nTries, not published")
    width = max(map(len, found.tries), default=0)
    for name, tried in found.tries.items():
        given = ", ".join(f"{key} = {value}" for key, value in tried["overrides"].items())
        page = project.shown(project.tries.folder / name / "index.html")
        click.echo(f"  {name:<{width}}  {tried.get('try_of')} with {given}   {page}")
    for each in found.grids:
        varied = " × ".join(f"{name} ({len(values)})" for name, values in each.axes.items())
        left_out = f", {each.left_out} left out" if each.left_out else ""
        click.echo(
            f"\n{each.shown}  {len(each.points)} editions: {varied}{left_out}\n"
            f"  {each.points[0].name} … {each.points[-1].name}   "
            f"(all: reportbook list --grid {each.shown})"
        )
    files = {page.stem: page.file if page.name else page.path.name for page in project.notebooks}
    for stem, signature in found.signatures.items():
        click.echo(f"\n{files[stem]}" + ("" if signature else "  no parameters"))
        for parameter in signature.values():
            click.echo(f"  {parameter.name}: {parameter.written} = {parameter.default!r}")
            if parameter.comment:
                click.echo(f"      {parameter.comment}")


def _list_editions(editions: Sequence[Edition]) -> None:
    width = max((len(edition.name) for edition in editions), default=0)
    for edition in editions:
        known = f"as of {edition.as_of}" if edition.as_of else "everything known"
        known += "; released" if edition.released else ""
        click.echo(f"  {edition.name:<{width}}  {edition.title} ({known})")


@reportbook.command()
@click.option("--fix", is_flag=True, help="First mend what is safe to mend, and say what was done.")
@click.pass_context
def check(context: click.Context, fix: bool) -> None:
    """Check the report without building it.

    Finds what would stop a build before it runs a notebook: in the data, the contents, the
    editions and their parameters, the code and the prose. The committed notebooks are checked, too.

    With --fix, tables that a spreadsheet wrote in another way than as CSV in UTF-8 are written so,
    and the report's own checks may mend some of its data. No value is changed.
    """
    from reportbook.commands.check import check as check_report
    from reportbook.commands.check import mend

    project = project_of(context)
    for done in mend(project) if fix else ():
        click.echo(done)
    found = check_report(project)
    for problem in found.problems:
        click.echo(problem, err=True)
    for remark in found.remarks:
        click.echo(f"Note: {remark}", err=True)
    if found.problems:
        sys.exit(1)
    click.echo(
        f"All is well: {counted(found.pages, 'page')}, {counted(found.notebooks, 'notebook')}, "
        f"{counted(found.editions, 'edition')}."
    )


for command in (import_, fetch, list_sources):
    reportbook.add_command(command)


@reportbook.group()
def new() -> None:
    """Begin a report, or a part of one.

    What is written works at once. What only you know is marked 'TO FILL IN'.
    """


@new.command("report")
@click.argument("folder", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the report is called; else as its folder.")
def new_report(folder: Path, title: str) -> None:
    """Begin a report in the folder PATH: a notebook, its data and sources, an edition, pages."""
    from reportbook.commands.new.report import new_report as begin

    given = title or folder.resolve().name.replace("_", " ").replace("-", " ").capitalize()
    begin(folder, given)
    click.echo(
        f"{folder} holds a report that works. Next:\n"
        f"  cd {folder}\n"
        "  make site     builds the site: open _build/site/index.html\n"
        "  make check    says what is wrong"
    )


@new.command("notebook")
@click.argument("name")
@click.pass_context
def new_notebook(context: click.Context, name: str) -> None:
    """Write notebooks/NAME.ipynb and put it into the contents."""
    from reportbook.commands.new.parts import new_notebook as begin

    project = project_of(context)
    _say_written(project, begin(project, name))


@new.command("edition")
@click.argument("name")
@_parameters
@click.option(
    "--from", "like", default="", metavar="EDITION", help="Begin with its parameters, or a try's."
)
@click.pass_context
def new_edition(context: click.Context, name: str, parameters: tuple[str, ...], like: str) -> None:
    """Write editions/NAME.yml with the parameters given."""
    from reportbook.commands.new.parts import new_edition as begin

    project = project_of(context)
    _say_written(project, begin(project, name, parameters_given(parameters), like))


@new.command("source")
@click.argument("key")
@click.pass_context
def new_source(context: click.Context, key: str) -> None:
    """Add the source KEY to the report's list of sources."""
    from reportbook.commands.new.parts import new_source as begin

    project = project_of(context)
    _say_written(project, begin(project, key))


def _say_written(project: Project, files: Sequence[Path]) -> None:
    for path in files:
        click.echo(f"{project.shown(path)} is written.")


@reportbook.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@_jobs
@_timeout
@_output_limit
@click.pass_context
def accept(
    context: click.Context,
    notebooks: tuple[str, ...],
    jobs: int,
    timeout: int,
    output_limit: int,
) -> None:
    """Run notebooks and store their text outputs.

    They run with the default values of their parameters, and the new outputs are written into the
    notebook files. Says which published numbers changed. A notebook that fails is not changed.
    """
    import os

    from reportbook.commands.accept import accept as accept_outputs

    project = project_of(context)
    failed = False
    for each in accept_outputs(
        project,
        notebooks,
        jobs=jobs or os.cpu_count() or 1,
        timeout=timeout,
        output_limit=output_limit,
    ):
        shown = project.shown(each.page.path)
        if each.failure:
            failed = True
            click.echo(f"{shown}, {str(each.failure).rstrip('.')}. It was not changed.", err=True)
            continue
        click.echo(f"{shown}: {'updated' if each.changed else 'nothing changed'}")
        for line in each.moved:
            click.echo(f"  {line}")
    if failed:
        sys.exit(1)


@reportbook.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port of the address; 0 means any that is free.",
)
@click.option("--tries", is_flag=True, help="Serve the tries, not the site.")
@click.pass_context
def preview(context: click.Context, port: int, tries: bool) -> None:
    """Serve the site on this computer until Ctrl-C."""
    from reportbook.commands.preview import preview as serve_site

    project = project_of(context)
    try:
        serve_site(
            project,
            port,
            tries=tries,
            on_ready=lambda address: click.echo(f"{address}   (Ctrl-C ends it)"),
        )
    except KeyboardInterrupt:
        click.echo()
