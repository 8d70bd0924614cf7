"""The numbers in the prose of the manual are those that the tool computes."""

import re

import pytest

from caseness.audit.run import run
from caseness.published import Embedded
from caseness.results import ANNUAL, SUMMED
from house.source_tree import ROOT


@pytest.fixture(scope="module")
def audits():
    return {year: run(Embedded(), period=year) for year in ("2021-22", "2024-25")}


def prose(name):
    """The text of a page of the explanation, without its examples and with single spaces."""
    text = (ROOT / "docs" / "explanation" / f"{name}.md").read_text()
    return re.sub(r"\s+", " ", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))


def ledger(audit, basis):
    return next(one for one in audit.ledgers if one.basis == basis)


def counted(audit, basis, step):
    return f"{ledger(audit, basis).line(step).count.value:,.0f}"


def of_ended(audit, step):
    return f"{ledger(audit, SUMMED).line(step).of_ended.value:.1f} %"


def test_what_is_said_of_those_who_left(audits):
    usual = next(one for one in audits["2024-25"].endings.drop_out if one.assumption)
    ends = [
        f"{end.value:,.0f} ({part.value:.1f} %)"
        for end, part in ((usual.lowest, usual.lowest_share), (usual.highest, usual.highest_share))
    ]
    assert f"of {usual.treated.value:,.0f} treated, from {ends[0]} to {ends[1]}" in prose("limits")


def test_what_is_said_of_those_with_one_contact(audits):
    assert f"{counted(audits['2024-25'], SUMMED, 'ended_treated_once')} referrals ended in 2024-25 after one" in prose(
        "limits"
    )


def test_the_due_of_the_programme(audits):
    audit = audits["2024-25"]
    annual = ledger(audit, ANNUAL)
    finished, unpaired = (annual.line(step).count.value for step in ("finished_course", "unpaired"))
    soon = audit.waits.share("six_weeks_finished", ANNUAL)
    text = prose("limits")
    assert (
        f"{finished - unpaired:,.0f} of {finished:,.0f} had paired scores: {100 - annual.line('unpaired').of_stage.value:.1f} %"
        in text
    )
    assert f"The rate of {annual.line('recovery').of_stage.value:.1f} % for 2024-25" in text
    assert f"{soon.share.value:.1f} % of those who finished had their first treatment within six weeks" in text
    assert f"The target is {soon.target.value:g} %" in text


def test_the_due_of_its_critics(audits):
    audit = audits["2024-25"]
    late = audit.waits.share("second_over_90_days", ANNUAL)
    text = prose("limits")
    assert f"Of all referrals that ended in 2024-25, {of_ended(audit, 'recovery')} recovered" in text
    assert f"{of_ended(audit, 'ended_before_treatment')} ended before treatment" in text
    assert f"{of_ended(audit, 'ended_treated_once')} after one contact" in text
    assert f"{late.share.value:.1f} % of those who finished had waited more than 90 days" in text


@pytest.mark.parametrize("year", ["2021-22", "2024-25"])
def test_the_two_bases_of_finished_courses(audits, year):
    counts = [counted(audits[year], basis, "finished_course") for basis in (ANNUAL, SUMMED)]
    assert f"| {year} | {counts[0]} | {counts[1]} |" in prose("bases")


def test_those_of_whom_no_caseness_is_known(audits):
    assert f"{counted(audits['2021-22'], ANNUAL, 'neither')} people are neither" in prose("bases")


def test_half_the_months_of_recovery_are_marked(audits):
    months = next(one for one in audits["2024-25"].trends if one.id == "recovery_rate").months
    marked = sum(bool(one.rule) for one in months.points)
    assert 0.4 < marked / len(months.points) < 0.6
    assert "Half the months of this chart are marked" in prose("trends")


def test_fewer_end_in_december(audits):
    months = next(one for one in audits["2024-25"].trends if one.id == "ended_referrals").months
    ended = {one.period.label: one.quantity.value for one in months.points}
    for year in range(2021, 2026):
        assert ended[f"{year}-12"] < min(ended[f"{year}-11"], ended[f"{year + 1}-01"])
    assert "in each year from 2021 to 2025, fewer referrals ended in December" in prose("trends")


def test_the_rank_and_the_fall_of_2021_22(audits):
    trend = next(one for one in audits["2021-22"].trends if one.id == "recovery_rate")
    annual = next(one for one in trend.years if one.basis == ANNUAL)
    point = next(one for one in annual.points if one.period.label == "2021-22")
    assert point.lowest_of_years == 5
    assert f"lowest of five years, and {-point.difference.value:.1f} points below" in prose("trends")
    assert f"{len(annual.points)} years" == "13 years"
