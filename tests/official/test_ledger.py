"""The ledger against figures that were published, and against the article that asked for it."""

import pytest

from caseness.audit.ledger import draw, step_counts
from caseness.audit.ledger_table import tabulate
from caseness.audit.record import gather
from caseness.periods import Period, financial_year
from caseness.published import Embedded, open_releases
from caseness.results import ANNUAL, ENGLAND, MONTHLY, SUMMED

# Source: NHS England, monthly activity and performance files, April 2024 to March 2025, summed.
ENDED_2024_25 = {
    "ended_referrals": 1_746_265,
    "ended_before_treatment": 576_224,
    "ended_treated_once": 502_900,
    "finished_course": 667_143,
    "remainder": -2,
}
# Source: NHS England, Psychological Therapies annual report 2024-25.
FINISHED_2024_25 = {
    "finished_course": 670_419,
    "at_caseness": 634_248,
    "not_at_caseness": 35_234,
    "neither": 937,
    "reliable_improvement": 452_284,
    "no_reliable_change": 170_457,
    "reliable_deterioration": 39_157,
    "unpaired": 8_521,
    "recovery": 321_061,
    "reliable_recovery": 301_815,
}


@pytest.fixture(scope="module")
def embedded():
    return gather(Embedded())


@pytest.fixture(scope="module")
def national(shared_data):
    return gather(open_releases(shared_data / "published"))


def ledger_of(record, year, basis, organisation=ENGLAND):
    return next(one for one in draw(record, financial_year(year), organisation) if one.basis == basis)


@pytest.mark.parametrize(("basis", "known"), [(SUMMED, ENDED_2024_25), (ANNUAL, FINISHED_2024_25)])
def test_the_ended_cohort_of_2024_25_to_the_unit(embedded, basis, known):
    ledger = ledger_of(embedded, 2024, basis)
    assert {step: ledger.line(step).count.value for step in known} == known


def test_the_releases_and_the_embedded_facts_draw_the_same_ledger(embedded, national):
    for year in range(2012, 2026):
        assert draw(embedded, financial_year(year), ENGLAND)
    for year in (2021, 2024):
        facts = {one.basis: one for one in draw(embedded, financial_year(year), ENGLAND)}
        for ledger in draw(national, financial_year(year), ENGLAND):
            assert ledger.lines == facts[ledger.basis].lines


def test_at_caseness_is_blank_and_named_on_monthly_sums(embedded):
    ledger = ledger_of(embedded, 2024, SUMMED)
    assert not ledger.line("at_caseness").count.is_known
    assert "at caseness" in ledger.notes[0]


def test_at_caseness_is_the_only_step_that_monthly_files_leave_blank(embedded):
    ledger = ledger_of(embedded, 2024, SUMMED)
    blank = {line.step.id for line in ledger.lines if not line.count.is_known}
    # "Neither" is finished less the two caseness groups, so it needs the same annual figure.
    assert blank == {"at_caseness", "neither"}


def test_referrals_received_are_no_share_of_those_that_ended(embedded):
    received = ledger_of(embedded, 2024, SUMMED).line("referrals_received")
    assert (received.step.role, received.of_ended.reason) == ("beside", "not_applicable")


def test_two_or_more_sessions_among_those_treated_2021_22(embedded):
    ledger = ledger_of(embedded, 2021, SUMMED)
    once, finished = (ledger.line(step).count.value for step in ("ended_treated_once", "finished_course"))
    assert round(100 * finished / (once + finished), 1) == 57.7


def test_nobody_is_unpaired_by_construction_in_2015_16_so_it_is_left_blank(embedded):
    assert not ledger_of(embedded, 2015, ANNUAL).line("unpaired").count.is_known


def test_every_month_has_a_ledger(embedded):
    months = embedded.periods("month")
    assert (months[0].label, months[-1].label, len(months)) == ("2021-01", "2026-03", 63)
    assert all(draw(embedded, month, ENGLAND)[0].basis == MONTHLY for month in months)


def test_every_provider_and_month_is_complete_but_for_caseness(national):
    cube = national.cube(MONTHLY)
    months = [i for i, period in enumerate(cube.periods) if period >= Period.parse("2021-01")]
    counts = step_counts(cube)
    listed = cube.plane("M056").is_known[months]
    for step in ENDED_2024_25:
        assert counts[step].is_known[months][listed].all(), step


def test_the_table_of_all_ledgers_agrees_with_the_ledgers(national):
    table = tabulate(national)
    rows = table.filter(
        (table["period"].to_numpy() == "2024-25") & (table["organisation"].to_numpy() == "RYK")
    ).to_pylist()
    drawn = {one.basis: one for one in draw(national, financial_year(2024), "RYK")}
    assert len(drawn) == 2
    for row in rows:
        line = drawn[row["basis"]].line(row["step"])
        assert (row["low"], row["high"]) == (line.count.low, line.count.high)


def test_the_england_ledger_lies_within_the_sum_of_its_providers(national):
    cube = national.cube(MONTHLY)
    counts = step_counts(cube)
    for step in ("ended_referrals", "finished_course", "recovery"):
        bounded = counts[step]
        picked = [i for i, period in enumerate(cube.periods) if period >= Period.parse("2021-01")]
        england = bounded.value[picked, 0]
        low = bounded.low[picked][:, 1:]
        # Some referrals have no provider that is listed, so providers may fall short, but not exceed.
        assert (low.sum(1, where=low == low) <= england).all()
