"""The rows of people: who they are, how they live, and what changes."""

from __future__ import annotations

import numpy as np

from caseness.codes import code_list
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import BLANK, Cells, Coded, Days, Numbered, Same
from caseness.synthetic.employment_support import Support
from caseness.synthetic.frames import NEVER, Frame
from caseness.synthetic.identifiers import nhs_numbers, patient_ids, postcodes
from caseness.synthetic.people import DAYS_IN_YEAR, EMPLOYED, STUDENT
from caseness.synthetic.world import pick

_YES, _NO = 0, 1
_PRACTICES = 40
_RELIGIONS = ("160549006", "160552003", "309884000", "160545000", "366740002", "160543007", "309687009", "763896000")
_ORIENTATIONS = ("20430005", "76102007", "42035005")
_ACCOMMODATION = ("01", "02", "03", "04", "05", "06", "14", "98")
_DISABILITIES = ("NN", "01", "04", "05", "02", "09", "08", "XX", "ZZ")


def codes_of(list_id: str) -> tuple[str, ...]:
    """The codes of a list in its order."""
    return tuple(each.code for each in code_list(list_id).codes)


def person_frames(chunk: Chunk, support: Support, rng: np.random.Generator) -> list[Frame]:
    """Every table that hangs on the person. Each referral brings the person's rows in the months in which it is sent."""
    return [
        _index(chunk, rng),
        _practice(chunk, rng),
        _accommodation(chunk, rng),
        _employment(chunk, support, rng),
        _disability(chunk, rng),
        _circumstances(chunk, rng),
        _overseas(chunk, rng),
        _diagnosis(chunk, rng),
    ]


def spread_over(chunk: Chunk, table_id: str, rows: np.ndarray, columns: dict[str, Cells]) -> Frame:
    """Rows of chosen referrals, sent with them each month."""
    return Frame(table_id, columns, chunk.provider[rows], chunk.first[rows], chunk.last[rows])


def _index(chunk: Chunk, rng: np.random.Generator) -> Frame:
    people, person = chunk.people, chunk.cohort.person
    numbers = nhs_numbers(chunk)[person]
    columns = {
        "LocalPatientId": patient_ids(chunk, person),
        "OrgIDLocalPatientId": Coded(chunk.provider, chunk.plan.providers.codes),
        "NHSNumber": Numbered(numbers, "", 10),
        "NHSNumberStatus": Coded((numbers < 0).astype(np.int8), ("01", "07")),
        "PersonBirthDate": Days(birth_days(chunk)),
        "Postcode": postcodes(people.decile[person], people.provider[person]),
        "Gender": Coded(people.gender[person].astype(np.int8), codes_of("Gender")),
        "EthnicCategory": Coded(people.ethnicity[person].astype(np.int8), codes_of("EthnicCategory")),
        **_told_of(chunk, rng),
    }
    return spread_over(chunk, "IDS001MPI", np.arange(chunk.cohort.size), columns)


# What the person says of themselves, and does not matter here for how they fare.
def _told_of(chunk: Chunk, rng: np.random.Generator) -> dict[str, Cells]:
    people, person, size = chunk.people, chunk.cohort.person, chunk.people.size
    identity = np.where(rng.random(size) < 0.01, 2, np.where(people.gender < 2, people.gender, 4))
    same = np.where(rng.random(size) < 0.985, 0, np.where(rng.random(size) < 0.3, 1, 3))
    education = np.where(people.employment == STUDENT, np.where(people.age < 19, 1, 2), 4)
    served = pick(np.array([0.02, 0.01, 0.85, 0.08, 0.04]), rng.random(size))
    language = pick(np.array([0.94, 0.02, 0.01, 0.01, 0.02]), rng.random(size))
    told = {
        "GenderIdentity": (identity, codes_of("GenderIdentity")),
        "GenderIdentitySameAtBirth": (same, codes_of("GenderIdentitySameAtBirth")),
        "ExBAFIndicator": (served, codes_of("ExBAFIndicator")),
        "LanguageCodePreferred": (language, ("en", "pl", "ur", "bn", "ro")),
        "EduEstabTypeIAPT": (education, codes_of("EduEstabTypeIAPT")),
    }
    return {name: Coded(places[person].astype(np.int8), codes) for name, (places, codes) in told.items()}


def birth_days(chunk: Chunk) -> np.ndarray:
    """The day of birth of each referral's person. The age is told on the day of the first referral."""
    person, received = chunk.cohort.person, chunk.cohort.received
    first = np.full(chunk.people.size, np.iinfo(np.int32).max)
    np.minimum.at(first, person, received)
    return (first - np.round(chunk.people.age * DAYS_IN_YEAR)).astype(np.int32)[person]


def _practice(chunk: Chunk, rng: np.random.Generator) -> Frame:
    person = chunk.cohort.person
    practice = rng.integers(0, _PRACTICES, chunk.people.size)[person]
    years = rng.gamma(2.0, 5.0, chunk.people.size)[person]
    earliest = birth_days(chunk)
    start = np.maximum(earliest, chunk.plan.months.starts[0] - np.round(years * DAYS_IN_YEAR)).astype(np.int32)
    columns = {
        "LocalPatientId": patient_ids(chunk, person),
        "GMPCodeReg": Coded(_place(chunk, practice), _practice_codes(chunk)),
        "StartDateGMPRegistration": Days(start),
    }
    return spread_over(chunk, "IDS002GP", np.arange(chunk.cohort.size), columns)


def _place(chunk: Chunk, practice: np.ndarray) -> np.ndarray:
    return (chunk.provider.astype(np.int32) * _PRACTICES + practice).astype(np.int32)


def _practice_codes(chunk: Chunk) -> list[str]:
    return [f"ZW{number:04}" for number in range(len(chunk.plan.providers.codes) * _PRACTICES)]


def _accommodation(chunk: Chunk, rng: np.random.Generator) -> Frame:
    rows = np.flatnonzero(rng.random(chunk.cohort.size) < 0.6)
    kind = pick(np.array([0.4, 0.15, 0.22, 0.16, 0.02, 0.02, 0.01, 0.02]), rng.random(len(rows))).astype(np.int8)
    columns = {
        "LocalPatientId": patient_ids(chunk, chunk.cohort.person[rows]),
        "AccommodationType": Coded(kind, _ACCOMMODATION),
        "SettledAccommodationInd": Coded((kind == 6).astype(np.int8), ("Y", "N")),
        "AccommodationTypeDate": Days(chunk.cohort.received[rows]),
    }
    return spread_over(chunk, "IDS003AccommStatus", rows, columns)


def _employment(chunk: Chunk, support: Support, rng: np.random.Generator) -> Frame:
    size, given = chunk.cohort.size, support.given
    status = chunk.people.employment[chunk.cohort.person]
    again = np.flatnonzero((chunk.endings.sessions >= 2) & (chunk.endings.last_contact < chunk.plan.months.end))
    again = again[chunk.endings.last_contact[again] > chunk.cohort.received[again]]
    moved = _change(status[again], rng)
    rows = np.concatenate([np.arange(size), again, given])
    day = np.concatenate([chunk.cohort.received, chunk.endings.last_contact[again], support.referred[given]])
    status = np.concatenate([status, moved, status[given]]).astype(np.int8)
    columns = {
        "LocalPatientId": patient_ids(chunk, chunk.cohort.person[rows]),
        "EmployStatus": Coded(status, codes_of("EmployStatus")),
        "EmployStatusRecDate": Days(day),
        **_work(status, rng),
    }
    frame = spread_over(chunk, "IDS004EmpStatus", rows, columns)
    _tell_of_support(frame, rows, day, support)
    frame.first = np.maximum(frame.first, chunk.plan.months.of(day))
    return frame


# Rows from the referral to employment support on tell of it, and of its end once that has come.
def _tell_of_support(frame: Frame, rows: np.ndarray, day: np.ndarray, support: Support) -> None:
    told = (support.referred[rows] != BLANK) & (day >= support.referred[rows])
    suits = frame.columns["EmpSupportInd"]
    assert isinstance(suits, Coded), f"Unhandled {suits!r}"
    frame.columns |= {
        "EmpSupportInd": Coded(np.where(told, _YES, suits.places).astype(np.int8), suits.names),
        "EmpSupportReferral": Days(np.where(told, support.referred[rows], BLANK)),
        "EmpSupportDischargeDate": Days(np.where(told, support.discharged[rows], BLANK)),
    }
    frame.closing = frozenset({"EmpSupportDischargeDate"})
    frame.closes = np.where(told, support.closes[rows], NEVER).astype(np.int16)


# Between the first and the last contact a few find work, and a few lose it.
def _change(status: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    uniform = rng.random(len(status))
    finds = (status == 1) & (uniform < 0.2)
    loses = (status == EMPLOYED) & (uniform < 0.03)
    return np.where(finds, EMPLOYED, np.where(loses, 1, status))


def _work(status: np.ndarray, rng: np.random.Generator) -> dict[str, Cells]:
    size = len(status)
    works = status == EMPLOYED
    hours = np.where(works, pick(np.array([0.66, 0.22, 0.08, 0.04]), rng.random(size)), 5).astype(np.int8)
    absent = np.where(works, pick(np.array([0.13, 0.87]), rng.random(size)), 2).astype(np.int8)
    benefits = np.where(rng.random(size) < np.where(works, 0.12, 0.45), _YES, _NO).astype(np.int8)
    suits = rng.random(size) < np.where(status <= 1, 0.08, 0.01)
    flags = ("Y", "N")
    return {
        "WeekHoursWorked": Coded(hours, codes_of("WeekHoursWorked")),
        "SelfEmployInd": Coded(np.where(works, (rng.random(size) > 0.1), 2).astype(np.int8), ("Y", "N", "8")),
        "SickAbsenceInd": Coded(absent, ("Y", "N", "8")),
        "SSPInd": Coded(np.where((absent == 0) & (rng.random(size) < 0.7), _YES, _NO).astype(np.int8), flags),
        "BenefitRecInd": Coded(benefits, flags),
        "ESAInd": Coded(np.where((benefits == 0) & (rng.random(size) < 0.3), _YES, _NO).astype(np.int8), flags),
        "UCInd": Coded(np.where((benefits == 0) & (rng.random(size) < 0.6), _YES, _NO).astype(np.int8), flags),
        "PIPInd": Coded(np.where((benefits == 0) & (rng.random(size) < 0.2), _YES, _NO).astype(np.int8), flags),
        "EmpSupportInd": Coded(np.where(suits, -1, _NO).astype(np.int8), flags),
    }


def _disability(chunk: Chunk, rng: np.random.Generator) -> Frame:
    known = rng.random(chunk.people.size) < 0.8
    kind = pick(np.array([0.68, 0.04, 0.035, 0.05, 0.015, 0.008, 0.011, 0.06, 0.09]), rng.random(chunk.people.size))
    rows = np.flatnonzero(known[chunk.cohort.person])
    person = chunk.cohort.person[rows]
    columns = {
        "LocalPatientId": patient_ids(chunk, person),
        "DisabCode": Coded(kind[person].astype(np.int8), _DISABILITIES),
    }
    return spread_over(chunk, "IDS007DisabilityType", rows, columns)


def _circumstances(chunk: Chunk, rng: np.random.Generator) -> Frame:
    size, person = chunk.people.size, chunk.cohort.person
    religion = pick(np.array([0.32, 0.42, 0.06, 0.015, 0.01, 0.004, 0.005, 0.166]), rng.random(size))
    orientation = len(_RELIGIONS) + pick(np.array([0.9, 0.05, 0.05]), rng.random(size))
    told = rng.random((2, size)) < np.array([[0.5], [0.7]])
    rows = np.concatenate([np.flatnonzero(each[person]) for each in told])
    split = int(told[0][person].sum())
    kind = np.concatenate([religion[person[rows[:split]]], orientation[person[rows[split:]]]])
    columns = {
        "LocalPatientId": patient_ids(chunk, person[rows]),
        "SocPerCircumstance": Coded(kind.astype(np.int8), (*_RELIGIONS, *_ORIENTATIONS)),
        "SocPerCircumstanceRecDate": Days(chunk.cohort.received[rows]),
    }
    return spread_over(chunk, "IDS011SocPerCircumstances", rows, columns)


def _overseas(chunk: Chunk, rng: np.random.Generator) -> Frame:
    rows = np.flatnonzero(rng.random(chunk.people.size)[chunk.cohort.person] < 0.004)
    columns = {
        "LocalPatientId": patient_ids(chunk, chunk.cohort.person[rows]),
        "OvsVisChCat": Same("A"),
        "OvsVisChCatAppDate": Days(chunk.cohort.received[rows]),
    }
    return spread_over(chunk, "IDS012OverseasVisitorChargCat", rows, columns)


def _diagnosis(chunk: Chunk, rng: np.random.Generator) -> Frame:
    size = chunk.people.size
    has, kind = rng.random(size) < 0.08, rng.integers(0, 3, size)
    back = rng.integers(200, 2500, size)
    rows = np.flatnonzero(has[chunk.cohort.person])
    person = chunk.cohort.person[rows]
    day = np.maximum(chunk.plan.months.starts[0] - back[person], birth_days(chunk)[rows] + 1)
    columns = {
        "LocalPatientId": patient_ids(chunk, person),
        "DiagSchemeInUse": Same("01"),
        "PrevDiag": Coded(kind[person].astype(np.int8), ("F32", "F411", "F431")),
        "DiagDate": Days(day.astype(np.int32)),
    }
    return spread_over(chunk, "IDS601MedHistPrevDiag", rows, columns)
