"""``python -m benchmarks [runs unchanged prose editions] [--rounds N]``: the table of ratios."""

from __future__ import annotations

import argparse
import json

from benchmarks.measures import ALL
from benchmarks.report import HERE, copy_of_report
from benchmarks.timing import Measured
from rich.console import Console
from rich.table import Table

RESULT = HERE / "_build" / "benchmarks.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("chosen", nargs="*", metavar="GROUP", help=f"of {', '.join(ALL)}")
    parser.add_argument("--rounds", type=int, default=2, help="how often each is measured")
    given = parser.parse_args()
    unknown = set(given.chosen) - set(ALL)
    if unknown:
        parser.error(f"no group {', '.join(unknown)}; there are {', '.join(ALL)}")
    console = Console()
    found: list[Measured] = []
    for name in given.chosen or ALL:
        with copy_of_report() as root:
            for measured in ALL[name](root, given.rounds):
                found.append(measured)
                console.print(_line(measured), highlight=False)
    console.print(_table(found))
    RESULT.parent.mkdir(exist_ok=True)
    records = [measured.as_record() for measured in found]
    RESULT.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"Written to {RESULT.relative_to(HERE)}")


def _line(measured: Measured) -> str:
    return f"{measured.measure}: {_number(measured.ratio, measured.unit)}  {measured.detail}"


def _table(found: list[Measured]) -> Table:
    table = Table()
    for head in ("measure", "ratio", "low", "high", "goal", ""):
        table.add_column(head, justify="left" if head == "measure" else "right")
    for each in found:
        values = (each.ratio, each.low, each.high, each.goal)
        shown = (_number(value, each.unit) for value in values)
        table.add_row(each.measure, *shown, "reached" if each.reached else "not reached")
    return table


def _number(value: float, unit: str) -> str:
    """A ratio below one as the fraction it is read as."""
    if unit:
        return f"{value:.0f} {unit}"
    return f"{value:.2f}" if value >= 0.5 else f"1/{1 / value:.1f}"


if __name__ == "__main__":
    main()
