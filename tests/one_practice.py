"""A practice written row by row, for figures that can be worked out by hand."""

from calendar import monthrange
from collections import defaultdict
from datetime import date, datetime, time

from oracle.compute import compute, standing
from oracle.reading import DEFAULT
from oracle.record import read

CBT = "304891004"
GUIDED_BOOK = "748051000000105"
COUNSELLING = "286711000000107"
EMPLOYMENT = "1098051000000103"

TOOL = {
    "PHQ9": "720433000",
    "GAD7": "445455005",
    "OCI": "450324005",
    "BIQ": "1128221000000100",
    "AgoraAlone": "473355002",
    "Work": "932621000000100",
}


def day(text):
    return date.fromisoformat(text)


def month_of(text):
    """The month of "2025-04" as the oracle takes it."""
    start = day(f"{text}-01")
    return "month", start, start.replace(day=monthrange(start.year, start.month)[1])


APRIL = month_of("2025-04")
QUARTER = ("quarter", date(2025, 4, 1), date(2025, 6, 30))


class Practice:
    """Files of one provider; each row goes into the file begun last."""

    def __init__(self, provider="RAA"):
        self.provider = provider
        self.submissions = []
        self.tables = defaultdict(list)

    def file(self, month, created="2025-08-01T09:00", identifier=None):
        _, start, end = month_of(month)
        self.submissions.append(
            {
                "id": identifier or len(self.submissions) + 1,
                "provider": self.provider,
                "period_start": start,
                "period_end": end,
                "created": datetime.fromisoformat(created),
                "window": "primary",
            }
        )
        return self

    def add(self, table, **cells):
        file = self.submissions[-1]["id"]
        number = len(self.tables[table]) + 1
        self.tables[table].append({"submission": file, "row_id": file * 10**9 + number, **cells})
        return self

    def refer(self, received, ended=None, referral="r1", patient="p1", number=None, **cells):
        """A patient and a referral of theirs."""
        self.add("IDS001MPI", LocalPatientId=patient, NHSNumber=number, EthnicCategory=cells.pop("ethnicity", "A"))
        return self.add(
            "IDS101Referral",
            ServiceRequestId=referral,
            LocalPatientId=patient,
            ReferralRequestReceivedDate=day(received),
            ServDischDate=ended and day(ended),
            **cells,
        )

    def meet(self, when, kind="02", attendance="5", therapy=CBT, staff=None, referral="r1", clock=None, **cells):
        """A contact, with one activity for each therapy."""
        contact = f"c{len(self.tables['IDS201CareContact']) + 1}"
        self.add(
            "IDS201CareContact",
            CareContactId=contact,
            ServiceRequestId=referral,
            CareContDate=day(when),
            CareContTime=clock and time.fromisoformat(clock),
            AppType=kind,
            AttendOrDNACode=attendance,
            **cells,
        )
        for code in therapy.split() or [None]:
            activity = f"a{len(self.tables['IDS202CareActivity']) + 1}"
            self.add(
                "IDS202CareActivity",
                CareActId=activity,
                CareContactId=contact,
                CodeProcAndProcStatus=code,
                CarePersLocalId=staff,
            )
        return self

    def scored(self, **scores):
        """Scores at the last activity."""
        for tool, score in scores.items():
            activity = self.tables["IDS202CareActivity"][-1]["CareActId"]
            cells = {"CareActId": activity, "CodedAssToolType": TOOL[tool], "PersScore": str(score)}
            self.add("IDS607CodedScoreAssessmentAct", **cells)
        return self

    def answered(self, when, clock=None, referral="r1", **scores):
        """Scores on the referral itself."""
        for tool, score in scores.items():
            self.add(
                "IDS606CodedScoreAssessmentRefer",
                ServiceRequestId=referral,
                CodedAssToolType=TOOL[tool],
                PersScore=str(score),
                AssToolCompDate=day(when),
                AssToolCompTime=clock and time.fromisoformat(clock),
            )
        return self

    def logged(self, start, end, minutes=None, referral="r1"):
        return self.add(
            "IDS205InternetTherLog",
            ServiceRequestId=referral,
            StartDateIntEnabledTherLog=day(start),
            EndDateIntEnabledTherLog=day(end),
            DurationIntEnabledTher=minutes,
        )

    def complains(self, code, scheme="01", significance=None, when=None, referral="r1"):
        return self.add(
            "IDS603PresentingComplaints",
            ServiceRequestId=referral,
            FindSchemeInUse=scheme,
            PresComp=code,
            PresCompCodSig=significance,
            PresCompDate=when and day(when),
        )

    def works(self, when, patient="p1", sick_pay=None, support_ended=None, **cells):
        return self.add(
            "IDS004EmpStatus",
            LocalPatientId=patient,
            EmployStatusRecDate=when and day(when),
            SSPInd=sick_pay,
            EmpSupportDischargeDate=support_ended and day(support_ended),
            **cells,
        )

    def figures(self, period=APRIL, keep=None, choices=DEFAULT):
        return compute(self.submissions, self.tables, period, keep, choices)

    def values(self, *measures, period=APRIL, keep=None, choices=DEFAULT):
        found = self.figures(period, keep, choices)
        return tuple(found[measure].value for measure in measures)

    def pathway(self, period=APRIL):
        """The only pathway of a period."""
        (found,) = standing(read(self.submissions, self.tables), period).values()
        return found


def april(received="2025-03-01", ended=None, **cells):
    """A practice with one file, of April 2025, and one referral in it."""
    return Practice().file("2025-04").refer(received, ended, **cells)
