"""Which of several figures for one thing and one date leads the others: one rule for every table.

The publisher's own figure comes before someone else's report of it, then the finest, then the
newest. Finest before newest: for one date a later and coarser figure is the same count rounded.
So the 6,038,937 people of November 2021, published in that month, lead the "6.1 million" that a
fact sheet of January 2022 gives for it.
"""

from __future__ import annotations

from analysis.data.observations import Observation


def precedence(observation: Observation) -> tuple[bool, float, int, str]:
    """Return the key by which figures for one date sort, the one that leads first.

    Parameters
    ----------
    observation : Observation
        Figures are comparable in this order when they count one thing, for one date, in one unit.

    Returns
    -------
    tuple
        Whether it is someone else's report; its resolution in its own unit; the negated number of
        the day from which it was known (0 where that is not known: after all others); its key.
    """
    known = observation.source.known_from
    return (
        observation.source.kind == "reported",
        observation.resolution,
        -known.toordinal() if known else 0,
        observation.key,
    )
