"""Rules of the header, and of the submission as a whole."""

import ibis

from caseness.check.model import FILE, SUBMISSION_PROFILE, WARNING, Empty, NothingKept, Row, Rule
from caseness.check.relations import repeated
from caseness.check.rules.wording import LIBRARY, LOSES_ALL, OURS

_FIND_EXPORT = "Look for what the export left out, and submit again."

RULES = (
    Rule(
        "C000-01", "IDS000Header", ("OrgIDProv",), FILE, "A submission has one header, not several.",
        f"{LOSES_ALL} Nothing tells which header is right.", "Submit one file for one month.", LIBRARY,
        repeated("IDS000Header", ()), official=("IDSREJ015",),
    ),
    Rule(
        "C000-02", "IDS000Header", ("ReportingPeriodStartDate", "ReportingPeriodEndDate"), FILE,
        "The reporting period is one calendar month.", LOSES_ALL, "Correct the period of the header, and submit again.",
        LIBRARY,
        Row(
            lambda rows: (rows.ReportingPeriodStartDate.day() != 1)
            | (rows.ReportingPeriodEndDate + ibis.interval(days=1) != rows.ReportingPeriodStartDate + ibis.interval(months=1))
        ),
        official=("IDS00016", "IDS00019"), profiles=(SUBMISSION_PROFILE,),
    ),
    Rule(
        "C000-03", "IDS000Header", ("DateTimeDatSetCreate",), WARNING, "A submission is made after its month has ended.",
        "What happened later in the month is missing from every figure.", "Export again when the month is over.", OURS,
        Row(lambda rows: rows.DateTimeDatSetCreate.date() <= rows.ReportingPeriodEndDate), profiles=(SUBMISSION_PROFILE,),
    ),
    Rule(
        "C001-01", "IDS001MPI", (), FILE, "The patient index is not empty.", LOSES_ALL, _FIND_EXPORT, LIBRARY, Empty(),
        official=("IDSREJ003",),
    ),
    Rule(
        "C101-01", "IDS101Referral", (), FILE, "The referral table is not empty.", LOSES_ALL, _FIND_EXPORT, LIBRARY, Empty(),
        official=("IDSREJ004",),
    ),
    Rule(
        "C002-01", "IDS002GP", (), FILE, "The table of GP registrations is not empty.", LOSES_ALL, _FIND_EXPORT, LIBRARY,
        Empty(), official=("IDSREJ005",),
    ),
    Rule(
        "C101-02", "IDS101Referral", (), FILE, "At least one referral is left after all other rules.", LOSES_ALL,
        "Mend the other findings first: they took every referral out.", LIBRARY, NothingKept(), official=("IDSREJ101",),
    ),
)  # fmt: skip
