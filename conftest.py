"""How `pytest --nbval notebooks` compares a notebook with the outputs stored in it.

A chart's SVG differs with every run (dates, element names), so it is left out; the chart's text and
its record, `application/vnd.reportbook.record+json`, are compared like every other output.
"""

from nbval.plugin import IPyNbCell, IPyNbFile


def pytest_collectstart(collector):
    """Leave SVG out of the comparison."""
    if isinstance(collector, IPyNbFile):
        collector.skip_compare += ("image/svg+xml",)


def pytest_itemcollected(item):
    """Compare cells that were cleared, too.

    nbval takes a cell without an execution count for one that was never run and compares nothing,
    so clearing a notebook's outputs would turn its test off.
    """
    if isinstance(item, IPyNbCell) and item.cell.execution_count is None:
        item.cell.execution_count = 0
