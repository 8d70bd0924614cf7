"""Where somebody stands on a questionnaire: the first score that counts, the last, and what is between them, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from caseness.feedback import SessionScore
from caseness.feedback.case import usual_change
from caseness.feedback.rules import read_rules
from caseness.instruments import Instrument, instrument

BETTER, WORSE, NEITHER, NOT_JUDGED, FIRST = "better", "worse", "neither", "not judged", "first"
_SAYS = {
    BETTER: "reliably better",
    WORSE: "reliably worse",
    NEITHER: "no reliable change",
    NOT_JUDGED: "change not judged",
    FIRST: "first score",
}


@dataclass(frozen=True)
class Standing:
    """The first score and the last on one questionnaire, one a session, as `feedback` takes them."""

    questionnaire: Instrument
    first: SessionScore
    last: SessionScore

    @property
    def name(self) -> str:
        """What the questionnaire is called."""
        return self.questionnaire.short_name

    @property
    def points_better(self) -> float:
        """How far the last score is from the first: more than 0 is better, whichever way the scale runs."""
        sign = 1 if self.questionnaire.higher_is == "worse" else -1
        return float(np.round(sign * (self.first.total - self.last.total), 6))

    @property
    def verdict(self) -> str:
        """Whether that is a reliable change, by the change that signals go by."""
        if self.first.session == self.last.session:
            return FIRST
        change = usual_change(self.questionnaire, read_rules())
        if change is None:
            return NOT_JUDGED
        if change.holds(self.points_better):
            return BETTER
        return WORSE if change.holds(-self.points_better) else NEITHER

    @property
    def says(self) -> str:
        """The verdict in words."""
        return _SAYS[self.verdict]

    @property
    def is_case(self) -> bool | None:
        """Whether the last score is at caseness; None where no line may be used."""
        line = self.questionnaire.caseness(self.last.day)
        return bool(line.holds(self.last.total)) if line else None

    def days_old(self, today: date) -> int:
        """Days since the last score."""
        return (today - self.last.day).days


# Those that everybody is asked come first, depression before anxiety as on the forms.
_FIRST = ("phq9", "gad7")


def place_of(instrument_id: str) -> tuple[int, str]:
    """Where a questionnaire stands among those of one client.

    >>> sorted(["wsas", "gad7", "phq9"], key=place_of)
    ['phq9', 'gad7', 'wsas']
    """
    return _FIRST.index(instrument_id) if instrument_id in _FIRST else len(_FIRST), instrument_id


def standing_of(instrument_id: str, scores: Iterable[SessionScore]) -> Standing | None:
    """Where somebody stands, None without a score.

    >>> scores = [SessionScore(n, date(2026, 3, 2 + 7 * n), total) for n, total in enumerate([17, 16, 9], 1)]
    >>> standing_of("phq9", scores).says
    'reliably better'
    """
    held = tuple(scores)
    return Standing(instrument(instrument_id), held[0], held[-1]) if held else None
