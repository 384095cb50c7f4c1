"""Conditions on published numbers, such as ``people.share > 0.5``.

A condition compares numbers by ``<``, ``<=``, ``>``, ``>=``, joined by ``and``, ``or`` and ``not``;
either side may be a published number, a plain number, or a sum, difference, product or quotient of
these. It holds only if it holds for every value in the ranges of the numbers: prose must not claim
what the sources' wording leaves open.

The ranges are followed through the arithmetic as intervals (Moore, *Interval Analysis*, 1966).
Where that leaves the answer open, because a number occurs twice or the condition has several
parts, the ranges are halved until it does not.
"""

from __future__ import annotations

import ast
import itertools
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reportbook.errors import ReportError, did_you_mean

Interval = tuple[float, float]

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
_SIGNS: dict[type[ast.unaryop], Callable[[float], float]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_MOST_NUMBERS = 8  # every combination of their ends is tried
_LARGEST = 1e100
_MOST_PARTS = 4096  # into which their ranges are halved


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
        by what can be zero.
    """
    tree = _parsed(condition)
    box = {name: _range(name, condition, numbers) for name in _named(tree)}
    try:
        at_once = _truth(tree, box)
        if at_once is not None:
            return at_once
        return all(_truth(tree, corner) for corner in _corners(box)) and _everywhere(
            tree, box, condition
        )
    except ZeroDivisionError as error:
        raise ConditionError(
            f"the condition '{condition}' cannot be evaluated: it divides by what can be zero."
        ) from error


def names(condition: str) -> list[str]:
    """The published numbers that a condition names, each once; an error like that of `holds`."""
    return _named(_parsed(condition))


def _parsed(condition: str) -> ast.expr:
    """The condition as a tree of nothing but what is allowed in one."""
    try:
        tree = ast.parse(condition.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(_unreadable(condition)) from error
    if not _is_statement(tree):
        raise ConditionError(_unreadable(condition))
    found = _named(tree)
    if not found:
        raise ConditionError(f"the condition '{condition}' names no published number.")
    if len(found) > _MOST_NUMBERS:
        raise ConditionError(
            f"the condition '{condition}' names {len(found)} numbers; {_MOST_NUMBERS} is the most."
        )
    return tree


def _is_statement(tree: ast.expr) -> bool:
    if isinstance(tree, ast.BoolOp):
        return all(map(_is_statement, tree.values))
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return _is_statement(tree.operand)
    if isinstance(tree, ast.Compare):
        sides = (tree.left, *tree.comparators)
        return all(type(op) in _COMPARISONS for op in tree.ops) and all(map(_is_number, sides))
    return False


def _is_number(tree: ast.expr) -> bool:
    if isinstance(tree, ast.Constant):
        value = tree.value
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return abs(value) <= _LARGEST
    if isinstance(tree, ast.UnaryOp):
        return type(tree.op) in _SIGNS and _is_number(tree.operand)
    if isinstance(tree, ast.BinOp):
        both = _is_number(tree.left) and _is_number(tree.right)
        return both and type(tree.op) in _ARITHMETIC
    return _dotted(tree) is not None


def _dotted(tree: ast.expr) -> str | None:
    """``stem.name`` as it was written; None if it is something else."""
    if isinstance(tree, ast.Name):
        return tree.id
    if isinstance(tree, ast.Attribute):
        before = _dotted(tree.value)
        return None if before is None else f"{before}.{tree.attr}"
    return None


def _named(tree: ast.AST) -> list[str]:
    name = _dotted(tree) if isinstance(tree, ast.expr) else None
    if name is not None:
        return [name]
    found = (each for child in ast.iter_child_nodes(tree) for each in _named(child))
    return list(dict.fromkeys(found))


def _range(name: str, condition: str, numbers: Mapping[str, Mapping[str, Any]]) -> Interval:
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
    return record["low"], record["high"]


def _everywhere(tree: ast.expr, box: Mapping[str, Interval], condition: str) -> bool:
    widths = {name: high - low for name, (low, high) in box.items() if high > low}
    waiting = [dict(box)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return True
        part = waiting.pop()
        true = _truth(tree, part)
        if true is None:
            true = _truth(tree, {name: (_middle(ends),) * 2 for name, ends in part.items()})
            widest = max(widths, key=lambda name: (part[name][1] - part[name][0]) / widths[name])
            low, high = part[widest]
            middle = _middle((low, high))
            waiting += [{**part, widest: (low, middle)}, {**part, widest: (middle, high)}]
        if not true:
            return False
    raise ConditionError(
        f"the condition '{condition}' cannot be decided: it holds or not by a hair's breadth. "
        "Leave more room, or write it with each number once."
    )


def _middle(ends: Interval) -> float:
    return (ends[0] + ends[1]) / 2


def _corners(box: Mapping[str, Interval]) -> Iterator[dict[str, Interval]]:
    """Every combination of the ends of the ranges."""
    ends = [[(end, end) for end in sorted(set(interval))] for interval in box.values()]
    for corner in itertools.product(*ends):
        yield dict(zip(box, corner, strict=True))


def _truth(tree: ast.expr, box: Mapping[str, Interval]) -> bool | None:
    """True or False for all values in the box; None where it is both or left open."""
    if isinstance(tree, ast.BoolOp):
        parts = [_truth(part, box) for part in tree.values]
        decisive = isinstance(tree.op, ast.Or)
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(tree, ast.UnaryOp):
        inner = _truth(tree.operand, box)
        return None if inner is None else not inner
    assert isinstance(tree, ast.Compare)  # `_is_statement` lets in nothing else
    sides = [_value(side, box) for side in (tree.left, *tree.comparators)]
    parts = [
        _compared(type(op), one, other)
        for op, (one, other) in zip(tree.ops, itertools.pairwise(sides), strict=True)
    ]
    if False in parts:
        return False
    return None if None in parts else True


def _compared(op: type[ast.cmpop], one: Interval, other: Interval) -> bool | None:
    found = {_COMPARISONS[op](*pair) for pair in itertools.product(one, other)}
    return found.pop() if len(found) == 1 else None


def _value(tree: ast.expr, box: Mapping[str, Interval]) -> Interval:
    if isinstance(tree, ast.Constant):
        assert isinstance(tree.value, int | float)  # as `_is_number` has it
        return tree.value, tree.value
    if isinstance(tree, ast.UnaryOp):
        ends = [_SIGNS[type(tree.op)](end) for end in _value(tree.operand, box)]
    elif isinstance(tree, ast.BinOp):
        one, other = _value(tree.left, box), _value(tree.right, box)
        if isinstance(tree.op, ast.Div) and other[0] <= 0 <= other[1]:
            raise ZeroDivisionError
        pairs = itertools.product(one, other)
        ends = [_ARITHMETIC[type(tree.op)](*pair) for pair in pairs]
    else:
        name = _dotted(tree)
        assert name is not None  # as `_is_number` has it
        return box[name]
    return min(ends), max(ends)


def _unreadable(condition: str) -> str:
    return (
        f"the condition '{condition}' cannot be read. Write it as "
        "'people.share > 0.5'; <, <=, >, >=, and, or, not, + - * / are known."
    )
