"""An audit of figures that were computed from rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from caseness import report
from caseness.audit.cohorts import follow_cohorts
from caseness.audit.computed import Computed
from caseness.audit.counted_ends import lay_out_ends
from caseness.audit.plain import to_plain
from caseness.audit.record import gather
from caseness.audit.run import Audit, run
from caseness.audit.subject import Subject
from caseness.disclosure import NHS_ENGLAND, OPENSAFELY, PUBLIC, NotReleased, link, release
from caseness.errors import NothingToAudit
from caseness.measures import Places, find_measure
from caseness.periods import Period, financial_year, month
from caseness.provenance import Provenance
from caseness.results import ANNUAL, ENGLAND, MONTHLY, Results

YEAR = financial_year(2024)
COUNTS = {
    "M001": 100, "M056": 90, "M073": 20, "M074": 10, "M153": 30, "M075": 20, "M076": 40, "M179": 4, "M185": 26, "M187": 10,
    "M189": 2, "M191": 18, "M193": 17, "M202": 38, "M031": 60, "M066": 25, "M082": 400, "M086": 300, "M087": 10,
}  # fmt: skip
REFERRED = {
    "received": 100, "still_open": 10, "unheard": 2, "open_untreated": 5, "open_treated_once": 3, "ended_before_treatment": 30,
    "ended_treated_once": 18, "finished_course": 40, "not_at_caseness": 4, "recovery": 18, "reliable_recovery": 17,
    "reliable_improvement": 26, "reliable_deterioration": 2,
}  # fmt: skip
# A month of 90 that ended: 30 without treatment, 20 treated once, 40 more than once.
ENDS = (
    {"end_code": "50", "untreated": 25, "treated_once": 0, "treated_more": 0},
    {"end_code": "46", "untreated": 0, "treated_once": 3, "treated_more": 22},
    {"end_code": "47", "untreated": 1, "treated_once": 9, "treated_more": 10},
    {"end_code": "48", "untreated": 0, "treated_once": 1, "treated_more": 2},
    {"end_code": "49", "untreated": 0, "treated_once": 0, "treated_more": 1},
    {"end_code": "77", "untreated": 1, "treated_once": 2, "treated_more": 0},
    {"end_code": None, "untreated": 3, "treated_once": 5, "treated_more": 5},
)
SAYS = "SYNTHETIC: made up for a test."


def figures(period: Period, times: int = 1, **also: object) -> list[dict[str, object]]:
    about = {"period_start": period.start, "period_end": period.end, "level": "england", "organisation": ENGLAND}
    counted = {"statistic": "count", "basis": "computed", **about, **also}
    values = {figure_id: float(times * number) for figure_id, number in COUNTS.items()}
    return [
        {"figure_id": figure_id, "value": value, "low": value, "high": value, **counted}
        for figure_id, value in values.items()
    ]


def computed(made_up: str = SAYS) -> Computed:
    rows = [row for one in YEAR.months() for row in figures(one)] + figures(YEAR, 12)
    referred = pa.Table.from_pylist(
        [{"received_in": one.start, "provider": "X01", **REFERRED} for one in YEAR.months()]
    )
    ends = pa.Table.from_pylist(
        [{"month": one.start, "provider": "X01", **row} for one in YEAR.months() for row in ENDS]
    )
    rests_on = Provenance(sources=(), statistics="a record of 24 submissions, counted by Caseness", made_up=made_up)
    names = {ENGLAND: "All of this record (one provider)"}
    return Computed(Results(Results.from_rows(rows).table, names), referred, ends, YEAR.months(), rests_on)


@pytest.fixture(scope="module")
def audit() -> Audit:
    return run(computed(), claims=())


def test_computed_figures_stand_in_the_places_of_the_published_ones(audit: Audit) -> None:
    assert [one.basis for one in audit.ledgers] == ["computed over the year", "sum of computed months"]
    assert audit.record.is_computed
    assert audit.record.cube(MONTHLY).basis == "computed by month"
    assert audit.record.cube("computed by month") is audit.record.cube(MONTHLY)
    assert audit.record.cube("press report").basis == "press report"
    assert [one.line("recovery").of_ended.value for one in audit.ledgers] == [20.0, 20.0]


def test_a_ledger_of_computed_figures_sends_nobody_to_the_annual_report(audit: Audit) -> None:
    assert not any("annual report" in note for one in audit.ledgers for note in one.notes)


def test_published_and_computed_figures_are_not_audited_together() -> None:
    rows = [*figures(month(2024, 4)), *figures(month(2024, 5), basis=MONTHLY)]
    with pytest.raises(NothingToAudit, match="in part published and in part computed"):
        gather(Results.from_rows(rows))


def test_computed_figures_are_not_let_out_as_published_ones() -> None:
    with pytest.raises(NotReleased, match="computed"):
        gather(release(Results.from_rows(figures(YEAR))))


def test_a_published_record_is_not_computed() -> None:
    record = gather(Results.from_rows(figures(YEAR, basis=ANNUAL)))
    assert not record.is_computed
    assert record.cube(MONTHLY).basis == "monthly file"


def test_the_cohort_of_the_year_is_of_those_referred_in_it(audit: Audit) -> None:
    assert audit.cohorts is not None
    cohort = audit.cohorts.of_period
    assert cohort is not None
    assert (cohort.received.value, cohort.still_open.value, cohort.unheard.value) == (1200, 120, 24)
    recovery, before = cohort.step("recovery"), cohort.step("ended_before_treatment")
    assert (recovery.count.value, recovery.of_received.low, recovery.of_received.high) == (None, 18.0, 30.0)
    assert (before.of_received.low, before.of_received.high) == (30.0, 35.0)
    assert [one.period.label for one in audit.cohorts.by_quarter] == [one.label for one in YEAR.quarters()]


def test_a_cohort_that_nobody_was_referred_in_has_no_shares() -> None:
    april = month(2024, 4)
    nobody = pa.Table.from_pylist([{"received_in": date(2023, 1, 1), "provider": "X01", **REFERRED}])
    found = follow_cohorts(nobody, Subject("X01", "A service", "provider", april), (april,))
    assert found.of_period is not None
    assert found.of_period.received.value == 0
    assert found.of_period.step("recovery").of_received.reason == "not_applicable"
    assert found.by_quarter == ()


def test_a_period_beyond_the_record_has_no_cohort() -> None:
    april, may = month(2024, 4), month(2024, 5)
    rows = pa.Table.from_pylist([{"received_in": april.start, "provider": "X01", **REFERRED}])
    assert follow_cohorts(rows, Subject("X01", "A service", "provider", may), (april,)).of_period is None


def test_every_file_of_an_audit_of_made_up_rows_says_so(audit: Audit, tmp_path: Path) -> None:
    report.write(audit, tmp_path, ("html", "json", "xlsx"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("SYNTHETIC") > len(audit.cohorts.by_quarter if audit.cohorts else ())
    assert "<title>SYNTHETIC: All of this record" in page
    assert "NHS England, Open Government Licence v3.0. Caseness" not in page
    assert SAYS in (tmp_path / "audit.json").read_text(encoding="utf-8")
    assert "The people referred, followed" in page
    assert "Of those referred" in page


def test_a_cohort_is_absent_where_the_record_lacks_its_months(tmp_path: Path) -> None:
    source = computed(made_up="")
    short = Computed(source.results, source.referred, source.ends, YEAR.months()[:3], source.rests_on)
    report.write(run(short, claims=()), tmp_path, ("html",))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "The record does not hold every month of 2024-25." in page
    assert "made-up" not in page.partition("</style>")[2]


def test_a_period_in_which_nobody_recovered_is_audited_all_the_same(tmp_path: Path) -> None:
    """No shift of a normal distribution gives a share of nobody, so nothing is compared in standard deviations."""
    nobody = {"M191": 0.0, "M193": 0.0}
    rows = [
        {**row, **dict.fromkeys(("value", "low", "high"), nobody[str(row["figure_id"])])}
        if row["figure_id"] in nobody
        else row
        for one in YEAR.months()
        for row in figures(one)
    ]
    source = computed()
    empty = Computed(Results.from_rows(rows), source.referred, source.ends, source.months, source.rests_on)
    audit = run(empty, period="2024-04", claims=())
    report.write(audit, tmp_path, ("html", "csv"))
    assert audit.otherwise is not None
    assert "nothing can be compared" in audit.otherwise.absent


def test_every_table_of_made_up_figures_says_so_in_every_row(audit: Audit, tmp_path: Path) -> None:
    report.write(audit, tmp_path, ("csv",))
    for path in (tmp_path / "csv").glob("*.csv"):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        assert header.split(",")[-1].strip(chr(34)) == "synthetic", path.name
        assert len([line for line in lines if SAYS in line]) >= 1 or not lines, path.name


def test_end_codes_are_counted_by_number_of_treatment_contacts(audit: Audit) -> None:
    """Of 60 treated each month 19 left early, and 29 went by agreement, by the service or by death."""
    ends = audit.counted_ends
    assert ends is not None
    by_code = {
        (one.code or one.label): (one.untreated.value, one.treated_once.value, one.treated_more.value)
        for one in ends.codes
    }
    assert by_code["47"] == (12, 108, 120)
    assert by_code["A code that the data set does not define"] == (12, 24, 0)
    assert by_code["No reason recorded"] == (36, 60, 60)
    treated, finished = ends.leaving
    assert (treated.people.value, treated.known.value, treated.at_most.value) == (720, 228, 720 - 12 * 29)
    assert (finished.people.value, finished.known.value, finished.at_most.value) == (480, 120, 480 - 12 * 25)


def test_nobody_treated_has_no_share_that_left(audit: Audit) -> None:
    nobody = lay_out_ends(
        computed().ends.slice(0, 1), Subject("X01", "A service", "provider", month(2024, 4)), audit.programme
    )
    assert {one.known_share.reason for one in nobody.leaving} == {"not_applicable"}
    other = lay_out_ends(computed().ends, Subject("X02", "Another", "provider", month(2024, 4)), audit.programme)
    assert other.leaving[0].people.value == 0


def test_the_report_of_a_record_counts_where_that_of_releases_bounds(audit: Audit, tmp_path: Path) -> None:
    report.write(audit, tmp_path, ("html",))
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "by number of treatment contacts, which published figures do not show" in text
    assert "can be bounded, not counted" not in text
    assert "31.7" in text


def under(policy):
    """The same months under a policy, with what one that lets figures out together needs."""
    given = computed()
    months = Results.from_rows(row for one in YEAR.months() for row in figures(one))
    if not policy.rules.needs_all:
        return replace(given, referred=None, ends=None, policy=policy)
    finest = {"level": "sub-icb-provider", "organisation": "X01", "commissioner": "11A"}
    leaves = Results.from_rows(row for one in YEAR.months() for row in figures(one, **finest))
    linkage = link([find_measure(one) for one in COUNTS], Places()).over(leaves)
    return replace(given, results=months, referred=None, ends=None, policy=policy, linkage=linkage)


@pytest.mark.parametrize("policy", [NHS_ENGLAND, OPENSAFELY, PUBLIC], ids=lambda one: one.id)
def test_an_audit_under_a_policy_rests_on_what_was_let_out_and_on_nothing_else(policy):
    """An audit of the released figures alone, without the record that they are of, is the same audit."""
    given = under(policy)
    whole = to_plain(run(given, claims=()))
    alone = to_plain(run(release(given.results, policy, given.linkage), claims=()))
    about_the_record = ("provenance", "disclosure", "subject")
    assert {name for name in whole if whole[name] != alone[name]} <= set(about_the_record)
    assert whole["provenance"]["made_up"] == SAYS
    assert whole["disclosure"]["policy"] == alone["disclosure"]["policy"] == policy.id
    assert [one["parts"][0] for one in whole["disclosure"]["withheld"]][:3] == ["cohorts", "counted_ends", "notes"]
