"""Why a number is missing: no source in this report's data states it.

What the data hold is all that can be spoken of: that nobody published a figure is not known.
"""

from __future__ import annotations

from analysis.language import _
from analysis.numbers.estimate import Absent


def no_source(says: str) -> str:
    """Return ``no source in this report’s data states …``.

    Parameters
    ----------
    says : str
        The rest of the sentence, from the verb on.
    """
    return _("no source in this report’s data {says}").format(says=says)


def unstated(what: str, unit: str, label: str) -> Absent:
    """Return the absence of something that no known source states."""
    return Absent(no_source(_("states {what}").format(what=what)), unit, label)
