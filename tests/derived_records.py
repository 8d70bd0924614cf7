"""Small records to derive from, told as text tables, and what is derived of them as rows.

A text table has a header, a rule and one line a row; an empty cell is a blank. A column `month` says in which month's
submission a row is. What a test does not tell is filled in: the header, the person, and the commissioner.
"""

import csv
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime

from built_records import build
from caseness.check import check
from caseness.derive import DEFAULT, derive
from caseness.engine import fetch
from caseness.read import Submission
from caseness.read.submissions import window_of

_SHORT = {
    "IDS001MPI": {"patient": "LocalPatientId", "nhs": "NHSNumber", "born": "PersonBirthDate", "ethnic": "EthnicCategory", "gender": "Gender", "identity": "GenderIdentity", "same": "GenderIdentitySameAtBirth", "served": "ExBAFIndicator", "learns": "EduEstabTypeIAPT", "postcode": "Postcode"},
    "IDS004EmpStatus": {"patient": "LocalPatientId", "status": "EmployStatus", "recorded": "EmployStatusRecDate", "sick": "SickAbsenceInd", "hours": "WeekHoursWorked", "benefits": "BenefitRecInd", "esa": "ESAInd", "uc": "UCInd", "pip": "PIPInd", "suits": "EmpSupportInd", "sick_pay": "SSPInd", "support_until": "EmpSupportDischargeDate"},
    "IDS007DisabilityType": {"patient": "LocalPatientId", "code": "DisabCode"},
    "IDS011SocPerCircumstances": {"patient": "LocalPatientId", "code": "SocPerCircumstance", "on": "SocPerCircumstanceRecDate"},
    "IDS602LongTermCondition": {"referral": "ServiceRequestId", "scheme": "FindSchemeInUse", "code": "LongTermCondition"},
    "IDS803CareCluster": {"patient": "LocalPatientId", "code": "AMHCareClustCodeFin", "start": "StartDateCareClust"},
    "IDS101Referral": {"referral": "ServiceRequestId", "patient": "LocalPatientId", "received": "ReferralRequestReceivedDate", "ended": "ServDischDate", "end_code": "EndCode", "source": "SourceOfReferralIAPT", "commissioner": "OrgIDComm"},
    "IDS201CareContact": {"contact": "CareContactId", "referral": "ServiceRequestId", "on": "CareContDate", "at": "CareContTime", "attended": "AttendOrDNACode", "planned": "PlannedCareContIndicator", "type": "AppType", "integrated": "IAPTLTCServiceInd", "medium": "ConsMechanism", "minutes": "ClinContDurOfCareCont", "medication": "PsychMed"},
    "IDS202CareActivity": {"activity": "CareActId", "contact": "CareContactId", "staff": "CarePersLocalId", "therapy": "CodeProcAndProcStatus"},
    "IDS205InternetTherLog": {"referral": "ServiceRequestId", "start": "StartDateIntEnabledTherLog", "end": "EndDateIntEnabledTherLog", "programme": "IntEnabledTherProg", "minutes": "DurationIntEnabledTher"},
    "IDS603PresentingComplaints": {"referral": "ServiceRequestId", "scheme": "FindSchemeInUse", "code": "PresComp", "rank": "PresCompCodSig", "on": "PresCompDate"},
    "IDS606CodedScoreAssessmentRefer": {"referral": "ServiceRequestId", "tool": "CodedAssToolType", "score": "PersScore", "on": "AssToolCompDate", "at": "AssToolCompTime"},
    "IDS607CodedScoreAssessmentAct": {"activity": "CareActId", "tool": "CodedAssToolType", "score": "PersScore"},
    "IDS902CarePersQual": {"staff": "CarePersLocalId", "level": "QualAttainLevelIAPT", "awarded": "QualAwardedDate", "planned": "QualPlannedCompletionDate"},
    "EXT01TeamMembership": {"staff": "CarePersLocalId", "team": "TeamId", "role": "TeamRole", "from": "TeamStartDate", "until": "TeamEndDate"},
}  # fmt: skip
_NAMES = {
    "people": "IDS001MPI", "work": "IDS004EmpStatus", "referrals": "IDS101Referral", "contacts": "IDS201CareContact",
    "activities": "IDS202CareActivity", "logs": "IDS205InternetTherLog", "problems": "IDS603PresentingComplaints",
    "scores": "IDS606CodedScoreAssessmentRefer", "contact_scores": "IDS607CodedScoreAssessmentAct", "staff": "IDS902CarePersQual",
    "teams": "EXT01TeamMembership",
    "disabilities": "IDS007DisabilityType", "circumstances": "IDS011SocPerCircumstances", "conditions": "IDS602LongTermCondition",
    "clusters": "IDS803CareCluster",
}  # fmt: skip
_DEFAULTS = {
    "IDS001MPI": {"OrgIDLocalPatientId": "ZZ9", "PersonBirthDate": "1980-02-03", "Gender": "2"},
    "IDS101Referral": {"LocalPatientId": "P1", "OrgIDComm": "99Z"},
    "IDS201CareContact": {"AttendOrDNACode": "5", "PlannedCareContIndicator": "Y", "IAPTLTCServiceInd": "N"},
    "IDS205InternetTherLog": {"IntEnabledTherProg": "SilverCloud", "DurationIntEnabledTher": "20"},
    "IDS603PresentingComplaints": {"FindSchemeInUse": "01"},
    "EXT01TeamMembership": {"TeamRole": "practitioner", "TeamStartDate": "2020-01-01"},
    "IDS602LongTermCondition": {"FindSchemeInUse": "04"},
}
TOOLS = {
    "phq9": "720433000", "gad7": "445455005", "ocd": "450324005", "wsas_work": "932621000000100", "biq": "1128221000000100",
    "panic": "450326007", "alone": "473355002", "ibs": "1083671000000108",
}  # fmt: skip
THERAPIES = {
    "cbt": "304891004", "book": "748051000000105", "support": "1098051000000103", "collaborative": "842901000000108",
    "other high": "1026131000000100", "emdr": "449030000", "signposting": "975131000000104",
}  # fmt: skip
_SPELLED = {"tool": TOOLS, "therapy": THERAPIES}


def rows_of(text):
    """A text table as rows."""
    lines = [line.strip() for line in text.strip().splitlines()]
    header = [cell.strip() for cell in lines[0].split("|")]
    body = [line for line in lines[1:] if not set(line) <= set("-+ ")]
    return [dict(zip(header, (cell.strip() for cell in line.split("|")), strict=True)) for line in body]


def submission_of(month, provider="ZZ9", created=None):
    """The header of a month's submission, made in the primary window unless another time is given."""
    start = date.fromisoformat(f"{month}-01")
    end = start.replace(day=monthrange(start.year, start.month)[1])
    following = date(start.year + start.month // 12, start.month % 12 + 1, 12)
    return {
        "DatSetVer": "2.1", "OrgIDProv": provider, "OrgIDSubmit": provider, "PrimSystemInUse": "MADEUP",
        "ReportingPeriodStartDate": str(start), "ReportingPeriodEndDate": str(end),
        "DateTimeDatSetCreate": created or f"{following}T09:30:00",
    }  # fmt: skip


def submissions_of(provider="ZZ9", **tables):
    """Submissions by month, of text tables or rows by the short names above."""
    found = {}
    for name, given in tables.items():
        for each in rows_of(given) if isinstance(given, str) else given:
            table_id, cells = _NAMES[name], dict(each)
            month = cells.pop("month")
            submission = found.setdefault(month, {"IDS000Header": [submission_of(month, provider)]})
            submission.setdefault(table_id, []).append(_row(table_id, cells))
    for submission in found.values():
        _add_people(submission)
    return [found[month] for month in sorted(found)]


def _row(table_id, cells):
    short = _SHORT[table_id]
    told = {short[name]: _SPELLED.get(name, {}).get(cell, cell) for name, cell in cells.items()}
    return {
        **_DEFAULTS.get(table_id, {}),
        **{name: None if cell in ("", None) else cell for name, cell in told.items()},
    }


def _add_people(submission):
    held = {each["LocalPatientId"] for each in submission.get("IDS001MPI", [])}
    for each in submission.get("IDS101Referral", []):
        if each["LocalPatientId"] not in held:
            held.add(each["LocalPatientId"])
            submission.setdefault("IDS001MPI", []).append(
                {**_DEFAULTS["IDS001MPI"], "LocalPatientId": each["LocalPatientId"]}
            )


@dataclass(frozen=True, eq=False)
class Unchecked:
    """A record of which every row is kept."""

    record: object
    refused: dict

    def kept(self, table_id):
        return self.record.table(table_id)


def read_headers(record, submissions):
    """A built record with its submissions as reading tells them, the latest marked."""
    headers = [_submission(number, each["IDS000Header"][0]) for number, each in enumerate(submissions, 1)]
    latest = {(one.provider, one.period_start): one.id for one in headers}
    marked = tuple(replace(one, is_latest=latest[one.provider, one.period_start] == one.id) for one in headers)
    return replace(record, submissions=marked)


def _submission(number, header):
    start, end = (date.fromisoformat(header[f"ReportingPeriod{name}Date"]) for name in ("Start", "End"))
    created = datetime.fromisoformat(header["DateTimeDatSetCreate"])
    return Submission(
        number,
        header["OrgIDProv"],
        header["OrgIDSubmit"],
        "2.1",
        start,
        end,
        created,
        window_of(end, created),
        False,
        "built",
    )


@dataclass(frozen=True, eq=False)
class Derived:
    """What was derived, as rows."""

    grains: object

    def referral(self, *columns, **where):
        """The wanted columns of the one referral row that is as `where` says, or all such rows."""
        return self._found("referral", columns, where)

    def rows(self, grain, *columns, **where):
        """Rows of a grain that are as `where` says, ordered by what they hold."""
        found = self._rows(grain, where)
        chosen = [tuple(each[name] for name in columns) if columns else each for each in found]
        return sorted(chosen, key=repr)

    def _rows(self, grain, where):
        rows = fetch(getattr(self.grains, grain)).to_pylist()
        return [each for each in rows if all(_text(each[name]) == cell for name, cell in where.items())]

    def _found(self, grain, columns, where):
        rows = self._rows(grain, where)
        assert len(rows) == 1, f"{len(rows)} rows are as {where}"
        told = {name: rows[0][name] for name in columns}
        return told if len(columns) > 1 else told[columns[0]]


def _text(cell):
    return f"{cell:%Y-%m}" if isinstance(cell, date) and cell.day == 1 else cell if cell is None else str(cell)


def derive_submissions(folder, submissions, options=DEFAULT, checks=False, **how):
    """Derive built submissions. Without `checks` every row is kept."""
    (folder / "record").mkdir(parents=True)
    record = read_headers(build(folder / "record", submissions), submissions)
    held = check(record) if checks else Unchecked(record, {})
    return Derived(derive(held, folder / "grains", options, **how))


def write_submission(folder, submission):
    """A folder of CSV files of one submission."""
    folder.mkdir(parents=True)
    for table_id, rows in submission.items():
        with (folder / f"{table_id}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder
