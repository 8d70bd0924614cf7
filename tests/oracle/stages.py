"""Stages of treatment: runs of two or more contacts of one intensity (section 5.2 E, and M347 to M350)."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from oracle.cells import minute
from oracle.lists import HIGH_STAGE_CODES, LOW_CODES
from oracle.pathway import Pathway
from oracle.record import Contact

LOW, HIGH = "low", "high"


@dataclass(frozen=True)
class Session:
    """One contact or log under one intensity."""

    day: date
    intensity: str


@dataclass(frozen=True)
class Stage:
    """A longest run of sessions of one intensity."""

    intensity: str
    start: date
    end: date


@dataclass(frozen=True)
class Course:
    """The first stage, null where odd contacts before it exclude the pathway, and the second where it is clear."""

    first: Stage | None = None
    second: Stage | None = None

    @property
    def gap(self) -> int | None:
        """Days from the last contact of the first stage to the first of the second."""
        return (self.second.start - self.first.end).days if self.first and self.second else None

    def goes(self, first: str, second: str) -> bool:
        found = tuple(stage.intensity for stage in (self.first, self.second) if stage)
        return found == (first, second)


def course(pathway: Pathway) -> Course:
    return stages(sessions(pathway))


def sessions(pathway: Pathway) -> list[Session]:
    """Treatment contacts and logs with an intensity, in order; a contact with both is low and then high."""
    contacts = [
        (contact.day, 0, minute(contact.clock), contact.row_id, _intensities(contact))
        for contact in pathway.treated
        if contact.day
    ]
    logs = [(log.start, 1, minute(None), log.row_id, [HIGH]) for log in pathway.completed_logs if log.start]
    return [Session(day, intensity) for day, *_, found in sorted(contacts + logs) for intensity in found]


def _intensities(contact: Contact) -> list[str]:
    return [LOW] * bool(contact.concepts & LOW_CODES) + [HIGH] * bool(contact.concepts & HIGH_STAGE_CODES)


def stages(found: list[Session]) -> Course:
    """The first two stages of a course, after the rules for odd contacts."""
    runs = [list(run) for _, run in groupby(found, key=lambda session: session.intensity)]
    long = [place for place, run in enumerate(runs) if len(run) >= 2]
    # Runs that are not stages are single contacts: one before the first stage is ignored, more exclude the pathway.
    if not long or long[0] > 1:
        return Course()
    if len(long) < 2 or long[1] - long[0] > 2:
        return Course(_stage(runs[long[0]]))
    return Course(_stage(runs[long[0]]), _stage(runs[long[1]]))


def _stage(run: list[Session]) -> Stage:
    return Stage(run[0].intensity, run[0].day, run[-1].day)
