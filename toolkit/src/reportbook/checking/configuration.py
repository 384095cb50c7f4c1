"""Checks of ``_config.yml`` that ask what is installed, and what the notebooks declare."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from reportbook.checking.book_settings import below, check_book_settings
from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.yaml_lines import Node, read_yaml
from reportbook.report.project import Project
from reportbook.report.settings import CONFIG, SECTION
from reportbook.report.values import read_signatures


def check_configuration(project: Project) -> Iterator[str]:
    """An address that is none, extensions that are not there, words for no parameter; and what
    `check_book_settings` finds.
    """
    try:
        _ = project.address
    except ReportError as error:
        yield str(error)
    config = read_yaml(project.root / CONFIG, CONFIG)
    yield from _language(config)
    yield from _extensions(config)
    yield from _words_for_parameters(project, config)
    yield from check_book_settings(project, config)


def _language(config: Node) -> Iterator[str]:
    from babel import Locale, UnknownLocaleError

    named = below(config, "sphinx", "config", "language")
    if named is None or not named.is_text or named.is_empty:
        return
    try:
        Locale.parse(named.value)
    except (UnknownLocaleError, ValueError):
        yield (
            f"{CONFIG}, line {named.line}: 'language' is '{named.value}', which is no language "
            "known here. Write its code, such as en, es or pt_BR."
        )


def _extensions(config: Node) -> Iterator[str]:
    local = below(config, "sphinx", "local_extensions")
    own = local.value if local and isinstance(local.value, dict) else {}
    for path in (("sphinx", "extra_extensions"), ("sphinx", "config", "extensions")):
        named = below(config, *path)
        for each in named.value if named and isinstance(named.value, list) else ():
            if each.is_text and each.value not in own and not _is_there(each.value):
                package = each.value.partition(".")[0].replace("_", "-")
                yield (
                    f"{CONFIG}, line {each.line} names the extension '{each.value}', which is not "
                    f"installed here. Install the package that has it (perhaps pip install "
                    f"{package}), or take the line out."
                )


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError, AttributeError):
        return False


def _words_for_parameters(project: Project, config: Node) -> Iterator[str]:
    named = below(config, SECTION, "parameters")
    if named is None or not isinstance(named.value, dict):
        return
    declared = {name for each in read_signatures(project).values() for name in each}
    for name, node in named.value.items():
        if name not in declared:
            yield (
                f"{CONFIG}, line {node.line}: 'parameters' has words for '{name}', but no notebook "
                f"has such a parameter. There are {listed(sorted(declared))}."
                + did_you_mean(name, declared)
            )
