"""The rows of contacts, of what was done in them, and of therapy over the internet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseness.synthetic.appointments import (
    ASSESSMENT,
    EMPLOYMENT_SUPPORT,
    FOLLOW_UP,
    PURPOSES,
    TREATS,
    Appointments,
)
from caseness.synthetic.attendance import ATTEND_CODES, CANCELLED, draw_times, is_attended
from caseness.synthetic.beside_treatment import beside
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import BLANK, Cells, Coded, Days, Same, Times, Whole
from caseness.synthetic.frames import Frame
from caseness.synthetic.groups import GROUP_MODE, Groups, gather_groups
from caseness.synthetic.identifiers import activity_ids, contact_ids, referral_ids, therapist_ids
from caseness.synthetic.providers import LOW
from caseness.synthetic.tables_person import codes_of
from caseness.synthetic.world import pick

THERAPIES = codes_of("CodeProcAndProcStatus")
_SUPPORT = THERAPIES.index("1098051000000103")
_PROGRAMMES = ("SilverCloud", "Sleepio", "Beating the Blues", "MindDistrict")
_MINUTES = (30, 50, 40)
# Employment support begins after all other appointments of a day.
_EVENING = 19 * 3600
_WEEK = 7
# Weeks of therapy over the internet after one session at most: assumed.
_MOST_LOGS = 4


@dataclass(frozen=True, eq=False)
class Contacts:
    """Appointments in the order in which they are written, with the month of each and whether it came late."""

    rows: Appointments
    month: np.ndarray
    late: np.ndarray
    time: np.ndarray
    groups: Groups

    @property
    def attended(self) -> np.ndarray:
        """The places of those that were attended: each has one activity."""
        return np.flatnonzero(is_attended(self.rows.attendance))


def lay_out_contacts(chunk: Chunk, rows: Appointments, rng: np.random.Generator) -> Contacts:
    """When each appointment was, and whether only the refresh submission has it."""
    time = draw_times(rows.size, rng)
    late = rng.random(rows.size) < chunk.plan.world.behaviour.late_share
    groups = gather_groups(chunk, rows, rng)
    own = np.where(rows.purpose == EMPLOYMENT_SUPPORT, _EVENING, time)
    return Contacts(
        rows=replace(rows, therapist=groups.per_contact(groups.therapist, rows.therapist)),
        month=chunk.plan.months.of(rows.day),
        # A follow-up may be all that a referral is sent again for, so it is never missing.
        late=late & (rows.purpose != FOLLOW_UP),
        time=groups.per_contact(groups.time, own).astype(np.int32),
        groups=groups,
    )


def contact_frames(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> list[Frame]:
    """The tables of contacts, activities and logs."""
    return [_contacts(chunk, contacts, rng), _activities(chunk, contacts, rng), _logs(chunk, contacts, rng)]


def _contacts(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> Frame:
    rows, size = contacts.rows, contacts.rows.size
    commissioner = chunk.people.commissioner[chunk.cohort.person[rows.who]]
    cancelled = rows.attendance == CANCELLED
    short_notice = np.where(cancelled, rng.random(size) < 0.4, -1).astype(np.int8)
    columns = {
        "CareContactId": contact_ids(chunk, np.arange(size)),
        "ServiceRequestId": referral_ids(chunk, rows.who),
        "CareContDate": Days(rows.day),
        "CareContTime": Times(contacts.time),
        "OrgIDComm": Coded(commissioner, chunk.plan.providers.commissioners),
        "PlannedCareContIndicator": Same("Y"),
        "AttendOrDNACode": Coded(rows.attendance, ATTEND_CODES),
        "Cancellation": Coded(short_notice, ("N", "Y")),
        "IAPTLTCServiceInd": Coded(_integrated(chunk, rng)[rows.who], ("N", "Y")),
        "AppType": Coded(rows.purpose, PURPOSES),
        **_of_held(chunk, contacts, rng),
        "PsychMed": Coded(_medication(chunk, rng)[rows.who], chunk.plan.world.medication.codes),
        "LanguageCodeTreat": Same("en"),
        "InterpreterPresentInd": Same("4"),
    }
    provider, month = chunk.provider[rows.who], contacts.month
    return Frame("IDS201CareContact", columns, provider, month, month, late=contacts.late)


# Whether the contacts of each referral are integrated with the treatment of a long-term condition.
def _integrated(chunk: Chunk, rng: np.random.Generator) -> np.ndarray:
    share = beside()["integrated_share"]
    return (chunk.people.has_condition[chunk.cohort.person] & (rng.random(chunk.cohort.size) < share)).astype(np.int8)


# What is told of contacts that were held, and is blank in all others.
def _of_held(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> dict[str, Cells]:
    world, rows, groups = chunk.plan.world, contacts.rows, contacts.groups
    size, seen = rows.size, is_attended(rows.attendance)
    group = world.mode.codes.index(GROUP_MODE)
    alone = pick(np.where(np.arange(len(world.mode.codes)) == group, 0, world.mode.chances), rng.random(size))
    mode = np.where(groups.of >= 0, group, np.where(seen, alone, -1)).astype(np.int8)
    return {
        "ClinContDurOfCareCont": Whole(np.where(seen, _minutes(rows), BLANK)),
        "ConsMechanism": Coded(np.where(seen, world.medium.draw(size, rng), -1).astype(np.int8), world.medium.codes),
        "CareContPatientTherMode": Coded(mode, world.mode.codes),
        "NumGroupTherParticipants": Whole(groups.per_contact(groups.size, BLANK)),
        "NumGroupTherFacilitators": Whole(np.where(groups.of >= 0, 2, BLANK)),
        "ActLocTypeCode": Coded(np.where(seen, rng.integers(0, 3, size), -1).astype(np.int8), ("B01", "C01", "A01")),
    }


def _medication(chunk: Chunk, rng: np.random.Generator) -> np.ndarray:
    return chunk.plan.world.medication.draw(chunk.cohort.size, rng).astype(np.int8)


def _minutes(rows: Appointments) -> np.ndarray:
    return np.where(rows.purpose == ASSESSMENT, _MINUTES[2], np.where(rows.step == LOW, _MINUTES[0], _MINUTES[1]))


def _activities(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> Frame:
    attended = contacts.attended
    rows = contacts.rows.take(attended)
    therapy = np.choose(rows.step, draw_therapies(chunk, rng)[:, rows.who])
    therapy = np.where(_is_coded(chunk, rows, rng), therapy, -1)
    therapy = np.where(rows.purpose == EMPLOYMENT_SUPPORT, _SUPPORT, therapy)
    columns = {
        "CareActId": activity_ids(chunk, np.arange(rows.size)),
        "CareContactId": contact_ids(chunk, attended),
        "CarePersLocalId": therapist_ids(rows.therapist),
        "ClinContactDurOfCareAct": Whole(_minutes(rows)),
        "CodeProcAndProcStatus": Coded(therapy.astype(np.int8), THERAPIES),
    }
    month, late = contacts.month[attended], contacts.late[attended]
    return Frame("IDS202CareActivity", columns, chunk.provider[rows.who], month, month, late=late)


# Only treatment has a therapy. Of many a first contact none is told, and of a few courses none at all.
def _is_coded(chunk: Chunk, rows: Appointments, rng: np.random.Generator) -> np.ndarray:
    behaviour = chunk.plan.world.behaviour
    never = rng.random(chunk.cohort.size) < behaviour.never_coded_share
    first = (rows.sessions == 0) & (rng.random(rows.size) < behaviour.first_uncoded_share)
    return np.isin(rows.purpose, TREATS) & ~first & ~never[rows.who]


def draw_therapies(chunk: Chunk, rng: np.random.Generator) -> np.ndarray:
    """The therapy of each step of each referral, as places among THERAPIES: one row for low and one for high."""
    cohort = chunk.cohort
    uniform = rng.random((2, cohort.size))
    found = np.zeros((2, cohort.size), np.int8)
    for place, problem in enumerate(chunk.plan.world.problems):
        chosen = cohort.problem == place
        for step, choice in enumerate((problem.low_intensity, problem.high_intensity)):
            places = np.array([THERAPIES.index(code) for code in choice.codes])
            found[step, chosen] = places[pick(choice.chances, uniform[step, chosen])]
    return found


# Logs of the weeks after a session of therapy over the internet, as long as the next appointment is more than a week away.
def _logs(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> Frame:
    week = [_with_log(chunk, contacts.rows, week) for week in range(_MOST_LOGS)]
    after = np.repeat(np.arange(_MOST_LOGS), [len(found) for found in week])
    rows = contacts.rows.take(np.concatenate(week))
    who, start = rows.who, (rows.day + 1 + _WEEK * after).astype(np.int32)
    end = start + _WEEK - 1
    programme = rng.integers(0, len(_PROGRAMMES), chunk.cohort.size).astype(np.int8)
    columns = {
        "ServiceRequestId": referral_ids(chunk, who),
        "StartDateIntEnabledTherLog": Days(start),
        "EndDateIntEnabledTherLog": Days(end),
        "IntEnabledTherProg": Coded(programme[who], _PROGRAMMES),
        "DurationIntEnabledTher": Whole(rng.integers(5, 31, len(who))),
        "CarePersLocalId": therapist_ids(rows.therapist),
        "IntegratedSoftwareInd": Same("N"),
    }
    month = chunk.plan.months.of(end)
    late = rng.random(len(who)) < chunk.plan.world.behaviour.late_share
    return Frame("IDS205InternetTherLog", columns, chunk.provider[who], month, month, late=late)


def _with_log(chunk: Chunk, rows: Appointments, week: int) -> np.ndarray:
    following = np.append(np.where(rows.who[1:] == rows.who[:-1], rows.day[1:], 2**30), 2**30)[: rows.size]
    treats = is_attended(rows.attendance) & (rows.step == LOW) & np.isin(rows.purpose, TREATS)
    end = rows.day + _WEEK * (week + 1)
    inside = (end < following) & (end <= chunk.endings.day[rows.who]) & (end < chunk.plan.months.end)
    return np.flatnonzero(chunk.cohort.over_internet[rows.who] & treats & inside)
