"""Conditions on published numbers, such as ``displacement.share_in_region > 0.5``.

A condition compares numbers by ``<``, ``<=``, ``>``, ``>=``, joined by ``and``, ``or`` and ``not``;
either side may be a published number, a plain number, or a sum, difference, product or quotient of
these. It holds only if it holds over the whole ranges of the numbers: prose must not claim what
the sources' wording leaves open.
"""

from __future__ import annotations

import ast
import itertools
import operator
from collections.abc import Callable, Mapping
from typing import Any

from reportbook.errors import ReportError, did_you_mean

_COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_MOST_NUMBERS = 8  # every combination of their ends is tried


class ConditionError(ReportError):
    """A condition that cannot be evaluated."""


def holds(condition: str, numbers: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether a condition holds for every value in the ranges of the numbers it names.

    Parameters
    ----------
    condition
        As described above.
    numbers
        Records by name, as `results.json` holds them: ``value``, ``low`` and ``high``.

    Raises
    ------
    ConditionError
        If it is no condition, names a number that is not published or has no value, or divides
        by zero.
    """
    try:
        tree = ast.parse(condition.strip(), mode="eval").body
    except SyntaxError as error:
        raise ConditionError(_unreadable(condition)) from error
    names = sorted(set(_names(tree, condition)))
    if not names:
        raise ConditionError(f"the condition '{condition}' names no published number.")
    if len(names) > _MOST_NUMBERS:
        raise ConditionError(
            f"the condition '{condition}' names {len(names)} numbers; {_MOST_NUMBERS} is the most."
        )
    ends = [_ends(name, condition, numbers) for name in names]
    try:
        return all(
            _true(tree, dict(zip(names, corner, strict=True)), condition)
            for corner in itertools.product(*ends)
        )
    except ZeroDivisionError as error:
        raise ConditionError(f"the condition '{condition}' divides by zero.") from error


def _ends(name: str, condition: str, numbers: Mapping[str, Mapping[str, Any]]) -> list[float]:
    if name not in numbers:
        raise ConditionError(
            f"the condition '{condition}' names '{name}', which no notebook of this book "
            f"publishes.{did_you_mean(name, numbers)}"
        )
    record = numbers[name]
    if record.get("value") is None:
        raise ConditionError(
            f"the condition '{condition}' cannot be evaluated: '{name}' is not reported here."
        )
    if record.get("low") is None or record.get("high") is None:
        raise ConditionError(
            f"the condition '{condition}' cannot be evaluated: the range of '{name}' has no "
            f"{'lower' if record.get('low') is None else 'upper'} end."
        )
    return sorted({record["low"], record["value"], record["high"]})


def _names(tree: ast.expr, condition: str) -> list[str]:
    if isinstance(tree, ast.Name | ast.Attribute):
        return [_dotted(tree, condition)]
    return [name for child in ast.iter_child_nodes(tree) if isinstance(child, ast.expr)
            for name in _names(child, condition)]  # fmt: skip


def _dotted(tree: ast.expr, condition: str) -> str:
    if isinstance(tree, ast.Name):
        return tree.id
    if isinstance(tree, ast.Attribute):
        return f"{_dotted(tree.value, condition)}.{tree.attr}"
    raise ConditionError(_unreadable(condition))


def _true(tree: ast.expr, at: Mapping[str, float], condition: str) -> bool:
    if isinstance(tree, ast.BoolOp):
        parts = (_true(part, at, condition) for part in tree.values)
        return all(parts) if isinstance(tree.op, ast.And) else any(parts)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return not _true(tree.operand, at, condition)
    if isinstance(tree, ast.Compare) and all(type(op) in _COMPARISONS for op in tree.ops):
        sides = [_value(side, at, condition) for side in (tree.left, *tree.comparators)]
        return all(
            _COMPARISONS[type(op)](one, other)
            for op, (one, other) in zip(tree.ops, itertools.pairwise(sides), strict=True)
        )
    raise ConditionError(_unreadable(condition))


def _value(tree: ast.expr, at: Mapping[str, float], condition: str) -> float:
    if isinstance(tree, ast.Constant) and type(tree.value) in (int, float):
        return tree.value
    if isinstance(tree, ast.Name | ast.Attribute):
        return at[_dotted(tree, condition)]
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return -_value(tree.operand, at, condition)
    if isinstance(tree, ast.BinOp) and type(tree.op) in _ARITHMETIC:
        sides = (_value(side, at, condition) for side in (tree.left, tree.right))
        return _ARITHMETIC[type(tree.op)](*sides)
    raise ConditionError(_unreadable(condition))


def _unreadable(condition: str) -> str:
    return (
        f"the condition '{condition}' cannot be read. Write it as "
        "'displacement.share_in_region > 0.5'; <, <=, >, >=, and, or, not, + - * / are known."
    )
