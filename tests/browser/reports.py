"""Audits to lay out: England's embedded figures, and a small service whose counts are rounded and starred."""

import atexit
import shutil
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

from caseness import report
from caseness.audit.claims import Claim
from caseness.audit.run import run
from caseness.periods import financial_year
from caseness.published import Embedded
from caseness.report.page import lay_out, render
from caseness.results import ENGLAND, MONTHLY, Results

YEAR = "2024-25"
SERVICE = "X01"
SERVICE_NAME = "Small & <Careful> Service"

# What the service printed each month. None was starred: it is 0 to 4. Any other n is n - 2 to n + 2, a printed 5 is 5 to 7.
MONTHLY_COUNTS = {
    "M001": 60, "M031": 45, "M056": 55, "M153": 15, "M075": 15, "M076": 25, "M179": None, "M184": 30, "M047": 10,
    "M185": 15, "M187": 10, "M189": None, "M191": 10, "M193": 10, "M202": 25, "M052": 25, "M054": 25, "M082": 300,
    "M086": 200, "M087": 5, "M084": 30, "M066": 20, "M344": 10, "M341": None, "M342": 10, "M072": 5,
}  # fmt: skip


@cache
def audit_england():
    """The audit that `make audit` writes up, of the last year that the annual report covers."""
    return run(Embedded(), period=YEAR)


@cache
def audit_service():
    """The audit of a small service beside England, from the monthly files of one year."""
    return run(Results(_service_figures().table, {SERVICE: SERVICE_NAME, ENGLAND: "England"}), YEAR, SERVICE)


@cache
def audit_awkward_claim():
    """An audit whose one claim is worded to do harm in a page and in a spreadsheet."""
    claim = Claim(
        id="awkward", says='=HYPERLINK("http://example.org","<script>alert(1)</script>")', source="+1 <b>somebody</b>",
        kind="share", period=financial_year(2024), numerator="recovery", denominator="judged_for_recovery", value=Decimal("50.5"),
    )  # fmt: skip
    return run(Embedded(), YEAR, None, (claim,))


AUDITS = {"england": audit_england, "service": audit_service, "awkward": audit_awkward_claim}


@cache
def lay_out_report(name):
    """One of the audits as a page."""
    return lay_out(AUDITS[name]())


@cache
def render_report(name):
    """One of the audits as HTML."""
    return render(lay_out_report(name))


@cache
def write_reports(name):
    """The report and the brief of "england" or "service" in a folder, written once and taken away when the tests end."""
    out = Path(tempfile.mkdtemp(prefix="caseness-"))
    atexit.register(shutil.rmtree, out, ignore_errors=True)
    audit = AUDITS[name]()
    report.write(audit, out)
    report.write_brief(audit, out)
    return out


def _service_figures():
    months = financial_year(2024).months()
    own = [
        _row(month, SERVICE, "provider", figure, count) for month in months for figure, count in MONTHLY_COUNTS.items()
    ]
    # England is exact, and some hundred times as large.
    all_ = [
        _row(month, ENGLAND, "england", figure, 1003 * (count or 2))
        | {"low": 1003.0 * (count or 2), "high": 1003.0 * (count or 2)}
        for month in months
        for figure, count in MONTHLY_COUNTS.items()
    ]
    return Results.from_rows([*own, *all_])


def _row(month, organisation, level, figure, count):
    low, high = (0, 4) if count is None else (5, 7) if count == 5 else (count - 2, count + 2)
    return {
        "figure_id": figure, "statistic": "count", "period_start": month.start, "period_end": month.end, "level": level,
        "organisation": organisation, "value": None if count is None else float(count), "low": float(low), "high": float(high),
        "reason": "suppressed" if count is None else None, "basis": MONTHLY, "source": "made up for a test", "release": "made up",
    }  # fmt: skip
