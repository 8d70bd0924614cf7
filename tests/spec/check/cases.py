"""Submissions that differ from a sound one in one thing, as a line of text each.

A line holds the rule, `breaks` or `keeps`, and what is changed. `IDS101 ServDischDate 2025-03-02` changes the first row
of a table, `+IDS101 ServiceRequestId R2` adds a row like the sound one but for that, and `-IDS202` takes all rows out.
Several changes stand between semicolons, and change nothing in a table whose rows were taken out. `null` is a blank cell.
"""

from dataclasses import dataclass

from built_records import row, sound_submission
from caseness.record import table

# The tables through which a rejection runs. The others would only take time.
TABLES = (
    "IDS000Header",
    "IDS001MPI",
    "IDS002GP",
    "IDS101Referral",
    "IDS201CareContact",
    "IDS202CareActivity",
    "IDS606CodedScoreAssessmentRefer",
    "IDS607CodedScoreAssessmentAct",
    "IDS902CarePersQual",
)


@dataclass(frozen=True)
class Case:
    """A submission, and whether it breaks the rule."""

    rule: str
    breaks: bool
    changes: str
    submission: dict
    unreadable: tuple = ()


def read_cases(text):
    """The cases of a text, in its order."""
    return [_read(line) for line in text.splitlines() if line.strip()]


def _read(line):
    rule, verdict, changes = (part.strip() for part in line.split("|"))
    assert verdict in ("breaks", "keeps"), line
    return Case(rule, verdict == "breaks", changes, changed(changes))


def changed(changes):
    """A sound submission with some changes."""
    submission = sound_submission()
    for change in filter(None, (part.strip() for part in changes.split(";"))):
        name, _, cells = change.partition(" ")
        rows = submission[table(name.lstrip("+-")).id]
        if name.startswith("-"):
            rows.clear()
        elif name.startswith("+"):
            rows.append({**sound_submission()[table(name[1:]).id][0], **row(cells)})
        else:
            for first in rows[:1]:
                first.update(row(cells))
    return submission


def narrow(changes):
    """A sound submission with some changes, in the tables through which a rejection runs and no other."""
    return {name: rows for name, rows in changed(changes).items() if name in TABLES}
