"""Formulas over observations, and the set of values they take.

A result keeps the formula that made it. Its range is the set of values the formula takes as each
observation runs over its own range: an observation used twice is one variable.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard

import numpy as np

Interval = tuple[float, float]

# Beyond this many observations used more than once, corners are no longer tried one by one; the
# range is then the interval arithmetic's, which may be wider but is never too narrow.
_MOST_CORNERS = 12
_MOST_PARTS = 18


@dataclass(frozen=True)
class Input:
    """An observation as a variable: its key, its value in the formula's unit and its range."""

    key: str
    value: float
    low: float
    high: float
    words: str

    def inputs(self) -> Iterator[Input]:
        """Yield this input itself."""
        yield self


@dataclass(frozen=True)
class Constant:
    """A number that is exact by definition: months in a year, a count of hosts."""

    value: float

    def inputs(self) -> Iterator[Input]:
        """Yield nothing: a constant rests on no observation."""
        yield from ()


@dataclass(frozen=True)
class Operation:
    """An operation on formulas.

    Attributes
    ----------
    name : str
        A key of `OPERATIONS`.
    arguments : tuple of Input, Constant or Operation
        What it works on, in order.
    """

    name: str
    arguments: tuple[Expression, ...]

    def inputs(self) -> Iterator[Input]:
        """Yield every input as often as the formula uses it."""
        for argument in self.arguments:
            yield from argument.inputs()


Expression = Input | Constant | Operation


@dataclass(frozen=True)
class _Rule:
    on_values: Callable[[list[float]], float]
    on_intervals: Callable[[list[Interval]], Interval]
    symbol: str
    binding: int  # how tightly it binds, to place brackets when printed


def value_of(expression: Expression) -> float:
    """Return the formula's value at the observations' stated figures.

    Raises
    ------
    ZeroDivisionError
        Where something is divided by zero.
    """
    if isinstance(expression, Operation):
        values = [value_of(argument) for argument in expression.arguments]
        return OPERATIONS[expression.name].on_values(values)
    return expression.value


@lru_cache(maxsize=4096)
def range_of(expression: Expression) -> Interval:
    """Return the lowest and highest value of the formula over its observations' ranges.

    Exact for formulas in which no more than twelve observations stand more than once and each
    enters as a quotient of linear terms, so that extremes lie at the ends of its range; otherwise
    never too narrow. Infinite where an observation's wording sets no bound.
    """
    counts = Counter(variable for variable in expression.inputs() if variable.low != variable.high)
    repeated = [variable for variable, count in counts.items() if count > 1]
    if expression_is(expression, "concentration"):
        return _concentration_range([range_of(part) for part in expression.arguments])
    if len(repeated) > _MOST_CORNERS:
        repeated = []
    lows, highs = [], []
    for corner in itertools.product(*((x.low, x.high) for x in repeated)):
        fixed = dict(zip((x.key for x in repeated), corner, strict=True))
        low, high = _interval(expression, fixed)
        lows.append(low)
        highs.append(high)
    return min(lows), max(highs)


def expression_is(expression: Expression, name: str) -> TypeGuard[Operation]:
    """Say whether the outermost operation is the one named."""
    return isinstance(expression, Operation) and expression.name == name


def in_keys(expression: Expression) -> str:
    """Print the formula over observation keys: ``d002 / d001``."""
    return _print(expression, lambda x: x.key, {"*": "*", "/": "/", "-": "-"})[0]


def in_words(expression: Expression) -> str:
    """Print the formula over the figures' words: ``approximately 6.5 million ÷ 7.7 million``."""
    return _print(expression, lambda x: x.words, {"*": "×", "/": "÷", "-": "−"})[0]


def _interval(expression: Expression, fixed: Mapping[str, float]) -> Interval:
    if isinstance(expression, Input):
        if expression.key in fixed:
            return (fixed[expression.key],) * 2
        return expression.low, expression.high
    if isinstance(expression, Constant):
        return expression.value, expression.value
    arguments = [_interval(argument, fixed) for argument in expression.arguments]
    return OPERATIONS[expression.name].on_intervals(arguments)


def _print(
    expression: Expression, leaf: Callable[[Input], str], symbols: Mapping[str, str]
) -> tuple[str, int]:
    if isinstance(expression, Input):
        return leaf(expression), 9
    if isinstance(expression, Constant):
        return f"{expression.value:g}", 9
    rule = OPERATIONS[expression.name]
    parts = [_print(argument, leaf, symbols) for argument in expression.arguments]
    if rule.binding == 0:
        return f"{rule.symbol}({', '.join(text for text, _ in parts)})", 9
    # a - (b - c) and a / (b / c) need their brackets; a + (b + c) does not.
    bracketed = [
        f"({text})" if binding < rule.binding + (n > 0 and rule.symbol != "+") else text
        for n, (text, binding) in enumerate(parts)
    ]
    symbol = symbols.get(rule.symbol, rule.symbol)
    return f" {symbol} ".join(bracketed), rule.binding


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _multiplied(intervals: list[Interval]) -> Interval:
    result = (1.0, 1.0)
    for interval in intervals:
        corners = [_product(a, b) for a in result for b in interval]
        result = (min(corners), max(corners))
    return result


def _quotient(intervals: list[Interval]) -> Interval:
    top, (low, high) = intervals
    if low <= 0 <= high:
        return -math.inf, math.inf
    reciprocals = [0.0 if math.isinf(x) else 1 / x for x in (high, low)]
    return _multiplied([top, (min(reciprocals), max(reciprocals))])


def _power(intervals: list[Interval]) -> Interval:
    (low, high), (exponent, _same) = intervals
    if low < 0:
        return -math.inf, math.inf
    ends = [low**exponent if low or exponent > 0 else math.inf, high**exponent]
    return min(ends), max(ends)


def _concentration(values: list[float]) -> float:
    total = math.fsum(values)
    return math.fsum((v / total) ** 2 for v in values)


def _concentration_range(intervals: list[Interval]) -> Interval:
    """Bounds of the sum of squared shares, each part over its range.

    The index is quasi-convex in the parts. Its minimum is found by moving one part at a time to
    the contraharmonic mean of the others until nothing moves; its maximum lies at a corner, and all
    corners are tried up to a number of parts beyond which a wider bound serves.
    """
    lows = [low for low, _ in intervals]
    highs = [high for _, high in intervals]
    if any(math.isinf(x) for x in lows + highs):
        return 1 / len(intervals), 1.0
    point = [(low + high) / 2 for low, high in intervals]
    for _sweep in range(200):
        before = list(point)
        for n, (low, high) in enumerate(intervals):
            others = math.fsum(point) - point[n]
            squares = math.fsum(v * v for v in point) - point[n] ** 2
            best = squares / others if others else point[n]
            point[n] = min(max(best, low), high)
        if all(math.isclose(a, b, rel_tol=1e-12) for a, b in zip(point, before, strict=True)):
            break
    return _concentration(point), _highest_concentration(lows, highs)


def _highest_concentration(lows: list[float], highs: list[float]) -> float:
    if len(lows) > _MOST_PARTS:
        return min(1.0, math.fsum(h * h for h in highs) / math.fsum(lows) ** 2)
    ends = np.array([lows, highs])
    corners = (np.arange(2 ** len(lows))[:, None] >> np.arange(len(lows))) & 1
    parts = ends[corners, np.arange(len(lows))]
    return float(((parts**2).sum(axis=1) / parts.sum(axis=1) ** 2).max())


def _share(intervals: list[Interval]) -> Interval:
    low, high = _quotient(intervals)
    return max(low, 0.0), min(high, 1.0)


OPERATIONS: dict[str, _Rule] = {
    "sum": _Rule(
        math.fsum, lambda xs: (math.fsum(x[0] for x in xs), math.fsum(x[1] for x in xs)), "+", 1
    ),
    "difference": _Rule(
        lambda v: v[0] - v[1], lambda xs: (xs[0][0] - xs[1][1], xs[0][1] - xs[1][0]), "-", 1
    ),
    "product": _Rule(math.prod, _multiplied, "*", 2),
    "ratio": _Rule(lambda v: v[0] / v[1], _quotient, "/", 2),
    "share": _Rule(lambda v: min(v[0] / v[1], 1.0), _share, "/", 2),
    "power": _Rule(lambda v: v[0] ** v[1], _power, "^", 3),
    # The median rises or stays as any of its arguments rises, so its ends are medians of the ends.
    "median": _Rule(
        statistics.median,
        lambda xs: (statistics.median(x[0] for x in xs), statistics.median(x[1] for x in xs)),
        "median",
        0,
    ),
    "concentration": _Rule(_concentration, _concentration_range, "HHI", 0),
}
