"""A part that has nothing to show says so, and nothing on the page breaks for it."""

from dataclasses import replace

import pytest

from caseness.audit.quantity import nothing
from caseness.audit.run import run
from caseness.published import Embedded
from caseness.report.brief import render_brief
from caseness.report.page import lay_out, render
from unit.report.reading import read_html


def blanked(audit):
    """The same audit, had nothing been published of its organisation and period."""
    endings, waits = audit.endings, audit.waits
    codes = tuple(replace(code, count=nothing(), of_ended=nothing("percentage")) for code in endings.codes)
    return replace(
        audit,
        ledgers=(), history=(), trends=(), claims=(), identities=(),
        endings=replace(endings, codes=codes, drop_out=(), months=(), breaks=(), remarks=()),
        waits=replace(waits, shares=(), lengths=(), hidden=(), waiting_list=None),
        rates=replace(audit.rates, recomputed=(), history=(), grids=(), reproduction=()),
        variation=None, missing=None, natural=None, costs=None, otherwise=None, promise=None,
    )  # fmt: skip


@pytest.fixture
def html(england):
    return read_html(render(lay_out(blanked(england))))


def test_each_part_says_that_it_has_nothing(html):
    sections = {one.attributes["id"]: one for one in html.all("section")}
    for name in ("summary", "journey", "rates", "endings", "waits", "trends", "missing", "promise", "claims", "checks"):
        told = [one.text for one in sections[name].all("p") if one.has_class("absent")]
        assert told, name


def test_no_picture_is_drawn_of_nothing(html):
    assert not html.all("figure")


def test_the_limits_and_definitions_stand_all_the_same(html):
    text = html.text
    assert "Whether treatment caused a change" in text
    assert "Referrals whose first treatment contact fell in the period" in text


def test_a_brief_of_nothing_says_so_and_keeps_room_for_a_reply(england):
    text = render_brief(blanked(england))
    assert "Nothing was published about England for 2024-25." in text
    assert "The reply of England" in text


@pytest.mark.parametrize("steps", [{"ended_referrals"}, {"reliable_improvement", "recovery"}])
def test_a_first_page_without_some_counts_leaves_their_sentences_out(england, steps):
    """No number is guessed to fill a sentence."""
    ledgers = tuple(
        replace(ledger, lines=tuple(without(line) if line.step.id in steps else line for line in ledger.lines))
        for ledger in england.ledgers
    )
    html = read_html(render(lay_out(replace(england, ledgers=ledgers))))
    summary = next(one for one in html.all("section") if one.attributes["id"] == "summary")
    assert not [one for one in summary.with_attribute("data-ref") if one.has_class("blank")]


def without(line):
    return replace(line, count=nothing(), of_ended=nothing("percentage"), of_stage=nothing("percentage"))


def test_years_before_the_monthly_files_are_told_from_the_annual_report():
    """In 2018-19 nobody printed how many ended before treatment: it is said, and the rest is told."""
    page = lay_out(run(Embedded(), period="2018-19"))
    text = read_html(render(page)).text
    assert "was not published on this basis" in text
    assert "No end code was published for England in 2018-19." in text


def test_a_single_month_can_be_told():
    text = read_html(render(lay_out(run(Embedded(), period="2025-03")))).text
    assert "England, 2025-03" in text
    assert "monthly file" in text
