"""The typed parameters of a notebook, read from its ``parameters`` cell without running it.

The cell is Python: annotated assignments of plain values, each with a comment::

    country: str = "NOR"  # ISO 3166-1 alpha-3 code
    # how the count is read
    reading: Literal["plain", "with visitors"] = "plain"

papermill's own reader loses ``Literal`` and unions and cuts text at ``#``, so the cell is parsed
here, by `ast` and `tokenize`.
"""

from __future__ import annotations

import ast
import functools
import io
import operator
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import GenericAlias, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from reportbook.errors import ReportError, did_you_mean, listed
from reportbook.files.notebooks import read_plain

TAG = "parameters"
_OF_A_RUN = ("injected-parameters", "papermill-error-cell-tag")  # of cells that papermill adds
_PYTHON = re.compile(r"i?python[\d.]*", re.IGNORECASE)
_PLAIN = {"str": str, "int": int, "float": float, "bool": bool, "None": NoneType}
_SAID = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True)
class Parameter:
    """One parameter: its type as Python understands it and as the author wrote it."""

    name: str
    type: Any
    written: str
    default: Any
    comment: str


Signature = Mapping[str, Parameter]
# of kernels that notebooks written as Markdown name without their language
_KERNELS = {"ir": "R", "xr": "R", "bash": "Bash", "octave": "Octave"}


def read_signature(path: Path, shown: str, *, typed: bool = True) -> Signature:
    """The parameters of the notebook at `path`, by name, in the order of the cell.

    A notebook without a cell tagged ``parameters`` has none. `shown` is how errors call it. If they
    need not be `typed`, a cell that is no list of parameters has none, and is no mistake.

    Raises
    ------
    ReportError
        If the notebook is not written in Python, if the cell is no list of parameters, or if
        papermill left a cell in the notebook: its values would be run with and not be shown.
    """
    notebook = read_plain(path)
    language = _language(notebook)
    if not _PYTHON.fullmatch(language):
        raise ReportError(
            f"{shown} is written in {language}. The notebooks of a report are run with Python: "
            "take the page out of _toc.yml, or name it in Python ('kernelspec' in the metadata of "
            "the notebook) if that is what its cells are."
        )
    cells = notebook["cells"]
    for number, cell in enumerate(cells, 1):
        for tag in _OF_A_RUN:
            if tag in _tags(cell):
                raise ReportError(
                    f"{shown}, cell {number} is tagged '{tag}': an earlier run of papermill left "
                    "it there, and an edition's values would not be the ones that count. "
                    "Delete the cell."
                )
    tagged = [
        cell["source"] for cell in cells if cell["cell_type"] == "code" and TAG in _tags(cell)
    ]
    if len(tagged) > 1:
        raise ReportError(f"{shown} has {len(tagged)} cells tagged '{TAG}'. Keep one.")
    try:
        return parse_parameters(tagged[0], shown) if tagged else {}
    except ReportError:
        if typed:
            raise
        return {}


def _language(notebook: Mapping[str, Any]) -> str:
    """What the cells are written in, as the notebook says; Python if it does not."""
    metadata = notebook.get("metadata") or {}
    kernel, language = (metadata.get(key) or {} for key in ("kernelspec", "language_info"))
    by_name = _KERNELS.get(str(kernel.get("name")), "python")
    return str(kernel.get("language") or language.get("name") or by_name)


def _tags(cell: Mapping[str, Any]) -> Sequence[str]:
    return cell["metadata"].get("tags") or ()


def parse_parameters(source: str, shown: str) -> dict[str, Parameter]:
    """The parameters assigned in `source`, the text of one cell.

    Raises
    ------
    ReportError
        For whatever is not an annotated assignment of a plain value, with its line in the cell.
    """
    comments, alone = _comments(source)
    found: dict[str, Parameter] = {}
    for assigned in _assignments(source, shown):
        name, where = assigned.name, assigned.where
        if name in found:
            raise ReportError(f"{where} gives '{name}' a second time.")
        kind = _type(assigned.annotation, where)
        try:
            default = ast.literal_eval(assigned.value)
        except (ValueError, TypeError, MemoryError, RecursionError) as error:
            raise ReportError(
                f"{where}: the default of '{name}' must be a plain value (text, number, true or "
                "false, None or a list of these), so that an edition can replace it."
            ) from error
        if not _fits(default, kind):
            raise ReportError(
                f"{where}: the default of '{name}' is {default!r}, but its type accepts "
                f"{accepted(kind)}."
            )
        above: list[str] = []
        line = assigned.first - 1
        while line in alone:
            above.insert(0, comments[line])
            line -= 1
        beside = [comments[assigned.last]] if assigned.last in comments else []
        written = ast.unparse(assigned.annotation).replace("'", '"')
        found[name] = Parameter(name, kind, written, default, " ".join(above + beside))
    return found


def with_values(source: str, values: Mapping[str, Any]) -> str:
    """`source` with the defaults of the named parameters replaced; all else as the author wrote.

    What a reader sees, and downloads, then states the values the page was made with.
    """
    # as Python ends lines: str.splitlines also ends them at a form feed, U+0085 and U+2028
    lines = io.StringIO(source, newline="").readlines()
    for assigned in reversed(list(_assignments(source, "the parameters cell"))):
        if assigned.name not in values:
            continue
        node = assigned.value
        end_line, end = _end(node)
        first, last = lines[node.lineno - 1].encode(), lines[end_line - 1].encode()
        literal = _literal(values[assigned.name]).encode()
        lines[node.lineno - 1 : end_line] = [
            (first[: node.col_offset] + literal + last[end:]).decode()
        ]
    return "".join(lines)


def _end(node: ast.expr) -> tuple[int, int]:
    """The line on which a parsed expression ends, and the byte of it."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _literal(value: Any) -> str:
    if isinstance(value, str):
        text = repr(value)
        return f'"{text[1:-1]}"' if text[0] == "'" and '"' not in text else text
    if isinstance(value, list):
        return f"[{', '.join(_literal(item) for item in value)}]"
    return repr(value)


@dataclass(frozen=True)
class _Assignment:
    """``name: annotation = value``, its lines, and what errors call its place."""

    name: str
    annotation: ast.expr
    value: ast.expr
    first: int
    last: int
    where: str


def _assignments(source: str, shown: str) -> Iterator[_Assignment]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise ReportError(f"{shown}, parameters cell{line}: {error.msg}.") from error
    except (MemoryError, RecursionError, ValueError) as error:  # as Python says "too deep"
        raise ReportError(f"{shown}: the parameters cell is too deeply nested.") from error
    for statement in tree.body:
        where = f"{shown}, parameters cell, line {statement.lineno}"
        if isinstance(statement, ast.ImportFrom) and statement.module == "typing":
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            raise ReportError(
                f"{where}: '{statement.targets[0].id}' has no type. Write it like "
                f"'{statement.targets[0].id}: str = …'."
            )
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            raise ReportError(
                f"{where} is not a parameter. This cell holds only lines like "
                "'country: str = \"NOR\"  # what it means'."
            )
        if statement.value is None:
            raise ReportError(f"{where}: '{statement.target.id}' has no default.")
        yield _Assignment(
            statement.target.id,
            statement.annotation,
            statement.value,
            statement.lineno,
            statement.end_lineno or statement.lineno,
            where,
        )


def _comments(source: str) -> tuple[dict[int, str], set[int]]:
    """Comments by line, and the lines that hold nothing else."""
    comments: dict[int, str] = {}
    alone: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source, newline=None).readline):
            if token.type == tokenize.COMMENT:
                comments[token.start[0]] = token.string.lstrip("#").strip()
                if not token.line[: token.start[1]].strip():
                    alone.add(token.start[0])
    except (tokenize.TokenError, SyntaxError):
        return {}, set()  # the parser names the fault with its line
    return comments, alone


def _type(node: ast.expr, where: str) -> Any:
    """The type an annotation stands for, of the few a parameter may have."""
    if isinstance(node, ast.Constant) and node.value is None:
        return NoneType
    if isinstance(node, ast.Name) and node.id in _PLAIN:
        return _PLAIN[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _type(node.left, where) | _type(node.right, where)
    if isinstance(node, ast.Subscript):
        outer = ast.unparse(node.value).rpartition(".")[2]
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if outer == "Literal" and (values := list(_constants(inner))):
            return Literal[tuple(values)]
        if outer == "Optional" and len(inner) == 1:
            return _type(inner[0], where) | None
        if outer == "Union" and inner:
            return functools.reduce(operator.or_, (_type(item, where) for item in inner))
        if outer in ("list", "List") and len(inner) == 1:
            return GenericAlias(list, (_type(inner[0], where),))
    raise ReportError(
        f"{where}: '{ast.unparse(node)}' is not a type a parameter can have. Use str, int, float, "
        "bool, Literal[…], list[…], or one of these '| None'."
    )


def _constants(items: Sequence[ast.expr]) -> Iterator[str | int | bool | None]:
    """The values that a ``Literal`` names; none if one of them is not plain."""
    values = []
    for item in items:
        try:
            values.append(ast.literal_eval(item))
        except (ValueError, TypeError, MemoryError, RecursionError):
            return
    if all(value is None or isinstance(value, str | int) for value in values):
        yield from values


def accepted(kind: Any) -> str:
    """What a type accepts, in words."""
    origin = get_origin(kind)
    if kind is NoneType:
        return "null"
    if origin is Literal:
        return listed(get_args(kind))
    if origin is list:
        return f"a list, each item {accepted(get_args(kind)[0])}"
    if origin in (Union, UnionType):
        return " or ".join(accepted(member) for member in get_args(kind))
    return _SAID[kind]


def choices(kind: Any) -> list[str]:
    """The allowed values of a type that names them, as text; empty where any will do."""
    if get_origin(kind) is Literal:
        return [str(choice) for choice in get_args(kind)]
    return [choice for member in get_args(kind) for choice in choices(member)]


def _fits(value: Any, kind: Any) -> bool:
    from pydantic import TypeAdapter, ValidationError

    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def takes_list(kind: Any) -> bool:
    """Whether a type accepts lists."""
    members = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return any(get_origin(member) is list for member in members)


class NotThatType(ValueError):
    """A text that the type of its parameter does not accept; `text` is the part at fault."""

    def __init__(self, text: object) -> None:
        super().__init__(str(text))
        self.text = str(text)


@dataclass(frozen=True)
class Text:
    """A scalar as it stands in a file or on the command line; in quotes it is only ever text."""

    text: str
    quoted: bool = False


def typed(value: Text | list[Any], kind: Any) -> Any:
    """The value of type `kind` that a text, or list of texts, stands for.

    ``NO`` stays "NO" and ``010`` stays "010" where text is wanted; ``null``, ``~`` and nothing at
    all are None where None is allowed.

    Raises
    ------
    NotThatType
        If the type does not accept it.
    """
    members = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    quoted = isinstance(value, Text) and value.quoted
    # None first and text last, else text would swallow every number; quotes ask for text first
    for member in sorted(members, key=lambda each: _eagerness(each, quoted)):
        try:
            return _typed_as(value, member)
        except NotThatType as error:
            fault = error
    raise fault if len(members) == 1 else NotThatType(_shown(value))


def _eagerness(kind: Any, quoted: bool) -> int:
    if kind is NoneType:
        return 0
    return (1 if quoted else 3) if kind is str else 2


def _shown(value: Text | list[Any]) -> str:
    if isinstance(value, Text):
        return value.text
    return f"[{', '.join(_shown(item) for item in value)}]"


def _typed_as(value: Text | list[Any], kind: Any) -> Any:
    from pydantic import TypeAdapter, ValidationError

    if get_origin(kind) is list:
        if isinstance(value, Text):
            raise NotThatType(value.text)
        return [typed(item, get_args(kind)[0]) for item in value]
    if isinstance(value, list):
        raise NotThatType(_shown(value))
    if kind is NoneType:
        if not value.quoted and value.text.casefold() in ("null", "~", ""):
            return None
        raise NotThatType(value.text)
    if get_origin(kind) is Literal:
        for choice in get_args(kind):
            if value.text == str(choice) or (
                isinstance(choice, bool) and value.text.casefold() == str(choice).casefold()
            ):
                return choice
        raise NotThatType(value.text)
    try:
        result = TypeAdapter(kind).validate_python(value.text)
    except ValidationError:
        raise NotThatType(value.text) from None
    if kind is float and not abs(result) < float("inf"):
        raise NotThatType(value.text)
    return result


def typed_for(parameter: Parameter, value: Text | list[Any], where: str) -> Any:
    """`typed`, with an error that names the place, the parameter and what it accepts."""
    try:
        return typed(value, parameter.type)
    except NotThatType as error:
        hint = did_you_mean(error.text, choices(parameter.type))
        raise ReportError(
            f"{where} sets '{parameter.name}' to '{error.text}'. It accepts "
            f"{accepted(parameter.type)}.{hint}"
        ) from None
