"""Random records, dense in what is rare: ties, blanks, odd codes, scores out of range, late discharges, files sent twice.

They are as a record is after checking: keys hold within a submission, and mandatory fields are filled. Two things are
beside that: two rows of work can bear one date, and an EmployStatus can be blank, as EA005 would have nothing to count.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from caseness.engine import load, scan_parquet
from caseness.periods import month
from caseness.read import Submission
from caseness.record import ROW_ID, SUBMISSION, table
from random_codes import (
    APPOINTMENTS,
    ATTENDANCE,
    END_CODES,
    FUNCTIONING,
    HIGH_THEN_LOW,
    LOW_THEN_HIGH,
    MEDIA,
    OF_WORK,
    PROBLEMS,
    SCORES,
    SOURCES,
    STATUSES,
    SUPPORT,
    THERAPIES,
    USUAL,
)

MONTHS = tuple(month(2024, 4).shift(step) for step in range(6))
PROVIDERS = ("X01", "X02")
COMMISSIONERS = ("11A", "22B", None)
IDS_PER_SUBMISSION = 10**9


@dataclass(eq=False)
class RandomRecord:
    """What deriving needs of a record that was checked: every row is kept."""

    folder: object
    submissions: list
    rows: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)
    notes: tuple = ()

    @property
    def record(self):
        return self

    def kept(self, table_id):
        path = self.folder / f"{table(table_id).id}.parquet"
        return scan_parquet(path) if path.exists() else load(_typed(table(table_id), []))


def make_record(folder, seed, referrals=60, tell=None):
    """A random record in a folder: two providers, six months, every month sent once or twice; `tell` can add to its rows."""
    maker = _Maker(np.random.default_rng(seed), np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2]))
    cases = [maker.referral(provider, number) for provider in PROVIDERS for number in range(referrals)]
    maker.share_patients(cases)
    made = RandomRecord(folder, maker.files())
    for file in made.submissions:
        for case in cases:
            if case["provider"] == file.provider:
                maker.send(case, file, made.rows)
        maker.staff(file, made.rows)
    if tell:
        tell(made, seed)
    for table_id, rows in made.rows.items():
        pq.write_table(_typed(table(table_id), rows), folder / f"{table_id}.parquet")
    return made


class _Maker:
    # What was added later is drawn by another generator, so that a seed still makes the record that it made before.
    def __init__(self, random, also, more):
        self.random, self.also, self.more = random, also, more
        self.numbers = count(1)
        self.sent = Counter()
        self.patients = set()

    def pick(self, choices):
        return choices[self.random.integers(len(choices))]

    def chance(self, share):
        return self.random.random() < share

    def pick_more(self, choices):
        return choices[self.more.integers(len(choices))]

    def more_chance(self, share):
        return self.more.random() < share

    def day(self, first, last):
        return first + timedelta(days=int(self.random.integers((last - first).days + 1)))

    def files(self):
        made = []
        for step, period in enumerate(MONTHS):
            for provider in PROVIDERS:
                sent = 2 if self.chance(0.4) else 1
                for window in ("primary", "refresh")[:sent]:
                    created = datetime.fromisoformat("2024-05-20") + timedelta(days=30 * (step + (window == "refresh")))
                    is_latest = (window == "refresh") == (sent == 2)
                    about = (provider, provider, "2.1", period.start, period.end, created, window, is_latest, "made up")
                    made.append(Submission(len(made) + 1, *about))
        return made

    def referral(self, provider, number):
        received = self.day(date(2024, 2, 1), date(2024, 9, 20))
        ended = self.day(received, received + timedelta(days=150)) if self.chance(0.75) else None
        contacts = sorted(self.contact(received, ended) for _ in range(int(self.random.integers(0, 14))))
        steps = self.pick((LOW_THEN_HIGH, HIGH_THEN_LOW)) if self.chance(0.4) else None
        return {
            "provider": provider, "id": f"R{number}", "patient": f"P{number}", "received": received, "ended": ended,
            "end_code": self.pick(END_CODES), "source": self.pick(SOURCES), "commissioner": self.pick(COMMISSIONERS),
            "ethnic": self.pick("ABCDEFGHJKLMNPRSZ"), "nhs": f"{9990000000 + number + 500 * (provider == 'X02')}" if self.chance(0.8) else None,
            "contacts": contacts, "steps": steps, "problems": [self.problem(received) for _ in range(int(self.random.integers(0, 3)))],
            "employment": [self.work(received) for _ in range(int(self.random.integers(0, 3)))],
            "calm": self.chance(0.6), "logs": [self.day(received, date(2024, 9, 30)) for _ in range(int(self.random.integers(0, 3)) * self.chance(0.2))],
            "supported": self.more_chance(0.5), "functioning": self.more_chance(0.4), "integrated": self.more_chance(0.6),
            "foretold": self.more_chance(0.4), "blank": self.more_chance(0.2),
        }  # fmt: skip

    # A patient can have two referrals, and a person can be known to both providers.
    def share_patients(self, cases):
        for before, case in pairwise(cases):
            if before["provider"] == case["provider"] and self.more_chance(0.15):
                case |= {name: before[name] for name in ("patient", "nhs", "ethnic")}
                before["employment"] = case["employment"] = before["employment"] + case["employment"]
        here = [case for case in cases if case["provider"] == PROVIDERS[0]]
        there = [case for case in cases if case["provider"] == PROVIDERS[1]]
        shared = {None}
        for one, other in zip(here, there, strict=True):
            if self.more_chance(0.2) and one["nhs"] not in shared:
                shared.add(one["nhs"])
                for case in (case for case in there if case["patient"] == other["patient"]):
                    case["nhs"] = one["nhs"]

    def contact(self, received, ended):
        day = self.day(received, min(date(2024, 9, 30), (ended or date(2024, 9, 30)) + timedelta(days=12)))
        return day, int(self.random.integers(8, 18)) if self.chance(0.9) else -1, next(self.numbers)

    def send(self, case, file, rows):
        is_over = case["ended"] is not None and case["ended"] < file.period_start
        within = [one for one in case["contacts"] if file.period_start <= one[0] <= file.period_end]
        if case["received"] > file.period_end or (is_over and not within) or self.chance(0.02):
            return
        ended = case["ended"] if case["ended"] and case["ended"] <= file.period_end else None
        gender = self.pick("129X")
        is_new = (file.id, case["patient"]) not in self.patients
        self.patients.add((file.id, case["patient"]))
        if is_new:
            self.add(rows, file, "IDS001MPI", LocalPatientId=case["patient"], NHSNumber=case["nhs"], EthnicCategory=case["ethnic"],
                Gender=gender, PersonBirthDate=date(1980, 2, 3))  # fmt: skip
        self.add(rows, file, "IDS101Referral", ServiceRequestId=case["id"], LocalPatientId=case["patient"], OrgIDComm=case["commissioner"],
            ReferralRequestReceivedDate=case["received"], SourceOfReferralIAPT=case["source"], ServDischDate=ended,
            EndCode=case["end_code"] if ended else None)  # fmt: skip
        for problem in case["problems"]:
            self.add(rows, file, "IDS603PresentingComplaints", ServiceRequestId=case["id"], **problem)
        for work in (one for one in case["employment"] if is_new and one["EmployStatusRecDate"] <= file.period_end):
            self.add(rows, file, "IDS004EmpStatus", LocalPatientId=case["patient"], **self.as_sent(work, case, file))
        for start in case["logs"]:
            end = start + timedelta(days=6)
            if file.period_start <= end <= file.period_end:
                self.add(rows, file, "IDS205InternetTherLog", ServiceRequestId=case["id"], StartDateIntEnabledTherLog=start,
                    EndDateIntEnabledTherLog=end, IntEnabledTherProg="SilverCloud", DurationIntEnabledTher=int(self.random.integers(0, 60)))  # fmt: skip
        self.scores_of_referral(case, file, rows)
        for day in sorted({one[0] for one in within if case["functioning"]}):
            self.functioning(case, file, rows, day)
        for one in within:
            self.meet(case, file, rows, *one, self.therapies(case, one))

    # What a provider knows of problem and work it sends again with every file.
    def problem(self, received):
        scheme, code = self.pick(PROBLEMS)
        told = self.pick((received, received + timedelta(days=9), None))
        return {
            "FindSchemeInUse": scheme,
            "PresComp": code,
            "PresCompCodSig": self.pick(("1", "2", None)),
            "PresCompDate": told,
        }

    def work(self, received):
        told = self.day(received - timedelta(days=5), received + timedelta(days=60))
        return {
            "EmployStatus": self.pick(("01", "02", "08")), "EmployStatusRecDate": told, "SSPInd": self.pick(("Y", "N", "U", None)),
            "EmpSupportDischargeDate": self.pick((self.day(received, date(2024, 9, 30)), None)),
            **{name: codes[self.also.integers(len(codes))] for name, codes in OF_WORK.items()},
        } | {"EmployStatus": self.pick_more(STATUSES)}  # fmt: skip

    # The end of support can be told before its month or only in it, and a cell that was filled can be sent blank.
    def as_sent(self, work, case, file):
        ended = work["EmpSupportDischargeDate"]
        sent = dict(work)
        if not case["foretold"] and ended and ended > file.period_end:
            sent["EmpSupportDischargeDate"] = None
        for name in ("SickAbsenceInd", "EmpSupportInd", "EmployStatusRecDate", "EmployStatus", "SSPInd"):
            if case["blank"] and self.more_chance(0.2):
                sent[name] = None
        return sent

    def scores_of_referral(self, case, file, rows):
        for _ in range(int(self.random.integers(0, 3))):
            day = self.day(max(case["received"], file.period_start), file.period_end)
            tool, score = self.score(case)
            self.add(rows, file, "IDS606CodedScoreAssessmentRefer", ServiceRequestId=case["id"], CodedAssToolType=tool, PersScore=score,
                AssToolCompDate=day, AssToolCompTime=self.pick((time(9, 30), time(14, 0), None)))  # fmt: skip

    def functioning(self, case, file, rows, day):
        if self.more_chance(0.6):
            for tool in FUNCTIONING:
                score = str(int(self.more.integers(0, 10))) if self.more_chance(0.95) else "NA"
                self.add(rows, file, "IDS606CodedScoreAssessmentRefer", ServiceRequestId=case["id"], CodedAssToolType=tool, PersScore=score,
                    AssToolCompDate=day, AssToolCompTime=time(16, 45))  # fmt: skip

    def score(self, case):
        tool = self.pick(USUAL if self.chance(0.5) else FUNCTIONING if self.chance(0.5) else tuple(SCORES))
        low, high = SCORES[tool]
        if tool.startswith("47335"):
            return tool, f"{self.random.uniform(low, high):.2f}"
        top = high // 2 if case["calm"] else high
        return tool, "NA" if self.chance(0.01) else str(int(self.random.integers(low, top + 1)))

    def meet(self, case, file, rows, day, hour, number, therapies):
        contact = f"C{number}"
        kind, code = self.support(case)
        self.add(rows, file, "IDS201CareContact", CareContactId=contact, ServiceRequestId=case["id"], CareContDate=day,
            CareContTime=None if hour < 0 else time(hour), PlannedCareContIndicator=self.pick(("Y", "Y", "Y", "N", None)),
            AttendOrDNACode=self.pick(ATTENDANCE), AppType=_or(kind, self.pick(APPOINTMENTS)), ConsMechanism=self.pick(MEDIA),
            IAPTLTCServiceInd=self.long_term(case, self.pick(("N", "N", "Y"))), PsychMed=self.pick(("01", "02", "03", "UU", None)))  # fmt: skip
        for place in range(int(self.random.integers(0, 3))):
            activity = f"A{number}-{place}"
            self.add(rows, file, "IDS202CareActivity", CareActId=activity, CareContactId=contact,
                CarePersLocalId=self.pick(("T1", "T2", "T3", "T4", "T5", None)), CodeProcAndProcStatus=_or(None if place else code, self.pick(therapies)))  # fmt: skip
            for tool, score in dict(self.score(case) for _ in range(int(self.random.integers(0, 5)))).items():
                self.add(
                    rows,
                    file,
                    "IDS607CodedScoreAssessmentAct",
                    CareActId=activity,
                    CodedAssToolType=tool,
                    PersScore=score,
                )

    # The type and the code of a contact of employment support; null where chance decides as for any other.
    def support(self, case):
        if not case["supported"] or not self.more_chance(0.4):
            return None, None
        return self.pick_more(("10", "10", "06", "02", "04", None)), self.pick_more(
            (SUPPORT, SUPPORT, f"{SUPPORT}:363589002=1", None)
        )

    def long_term(self, case, otherwise):
        told = self.pick_more((otherwise, otherwise, otherwise, None))
        return told if case["integrated"] or told is None else "N"

    # Stages of care need runs of one intensity, which pure chance hardly ever makes.
    def therapies(self, case, contact):
        if case["steps"] is None:
            return THERAPIES
        return case["steps"][case["contacts"].index(contact) * 2 >= len(case["contacts"])]

    def staff(self, file, rows):
        for person, level, awarded, planned in (
            ("T1", "10", date(2019, 1, 1), None), ("T2", "11", None, date(2025, 1, 1)), ("T3", "11", date(2024, 7, 15), date(2024, 7, 15)), ("T3", "99", None, None), ("T5", "99", None, None),
        ):  # fmt: skip
            self.add(rows, file, "IDS902CarePersQual", CarePersLocalId=person, QualAttainLevelIAPT=level, QualAwardedDate=awarded,
                QualPlannedCompletionDate=planned)  # fmt: skip

    def add(self, rows, file, table_id, **cells):
        self.sent[file.id, table_id] += 1
        row_id = file.id * IDS_PER_SUBMISSION + self.sent[file.id, table_id]
        rows.setdefault(table_id, []).append({SUBMISSION: file.id, ROW_ID: row_id, **cells})


def _or(chosen, drawn):
    return drawn if chosen is None else chosen


def _typed(declared, rows):
    schema = pa.schema([pa.field(SUBMISSION, pa.int32()), pa.field(ROW_ID, pa.int64()), *declared.schema])
    return pa.Table.from_pylist(rows, schema=schema)
