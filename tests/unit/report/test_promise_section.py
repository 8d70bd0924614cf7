"""The section of the promise: both readings are told, and no result in money is made up"""

from dataclasses import replace

from caseness.audit.promise import Employment, Start, hold_against
from caseness.audit.quantity import Quantity
from caseness.disclosure import release
from caseness.published import Embedded
from caseness.report.blocks import Figure, Grid, Items
from caseness.report.sections.promise import tell_promise
from caseness.report.sentence import say


def tables_in(section):
    return {one.table.id: one.table for one in section.blocks if isinstance(one, Figure | Grid)}


def test_the_shortfall_is_told_step_by_step(england):
    lead = next(one for one in tell_promise(england).blocks if getattr(one, "role", "") == "lead")
    assert "Promised: 390,014. Happened: 319,080. Fewer recoveries than promised: 70,934" in lead.sentence.text
    assert "−3,299 at the step “recovered”" in lead.sentence.text


def test_the_terms_and_their_sum_stand_in_a_table(england):
    rows = tables_in(tell_promise(england))["promise-terms"].rows
    assert sum(one.value for _, one in rows[:-1]) - rows[-1][1].value < 1e-6


def test_every_reading_is_shown(england):
    rows = tables_in(tell_promise(england))["promise-readings"].rows
    assert len({row[0] for row in rows}) == 4
    assert {row[0] for row in rows if row[3]} == {england.promise.main.label}


def test_no_saving_is_made_up(england):
    lines = {row[0]: row for row in tables_in(tell_promise(england))["promise-money"].rows}
    assert not lines["Saved on benefits"][2].is_known
    assert "not filled in" in lines["Saved on benefits"][3]


def told_of_money(england, **changed):
    numbers = tuple(
        replace(one, value=changed.get(one.id.removeprefix("promise."), one.value))
        for one in england.assumptions.numbers
    )
    assumptions = replace(england.assumptions, numbers=numbers)
    released = release(Embedded())
    promise = hold_against(england.record, released, england.subject, england.costs, assumptions)
    section = tell_promise(replace(england, promise=promise, assumptions=assumptions))
    return " ".join(one.text for block in section.blocks if isinstance(block, Items) for one in block.sentences)


def test_the_plan_as_shipped_is_consistent_with_itself(england):
    assert "pays back after 24.0\xa0months: the plan is consistent with itself." in told_of_money(england)


def test_a_saving_of_nothing_is_told_as_what_is_never_paid_back(england):
    told = told_of_money(england, benefit=0)
    assert "nothing is saved on benefits, so what is spent cannot be paid back." in told
    assert "consistent with itself" not in told


def test_a_saving_that_ends_too_soon_is_told_as_what_is_never_paid_back(england):
    told = told_of_money(england, months=12)
    assert "the saving lasts 12.0\xa0months and comes to £292.5\xa0million, and £585.0\xa0million is spent" in told
    assert "it cannot be paid back. The plan is not consistent with itself." in told


def test_a_cost_that_comes_back_too_late_is_told_as_late(england):
    told = told_of_money(england, benefit=500, months=60)
    assert "pays back after 36.0\xa0months, later than the 24.0\xa0months within which it was to." in told
    assert "consistent with itself" not in told


def test_a_service_of_rounded_counts_is_told_too(service):
    assert "promise-terms" in tables_in(tell_promise(service))


def test_more_than_promised_is_said(england):
    main = england.promise.main
    better = replace(main, shortfall=replace(main.shortfall, value=-5.0, low=-5.0, high=-5.0))
    promise = replace(england.promise, readings=(better,))
    assert "More recovered than promised." in tell_promise(replace(england, promise=promise)).blocks[1].sentence.text


def test_without_a_cohort_the_reason_is_given(england):
    blank = replace(england.promise, readings=(), why_blank="No cohort.")
    for promise, said in ((None, "a count that was not published"), (blank, "No cohort.")):
        (told,) = tell_promise(replace(england, promise=promise)).blocks
        assert said in told.sentence.text


def with_employment(audit, *starts, **changes):
    counted = Employment("made-up.csv", audit.subject.period, starts, None, (), ())
    return replace(audit, promise=replace(audit.promise, employment=replace(counted, **changes)))


def start(name, number):
    one = Quantity(number, number, number)
    return Start(name, name, one, (one,) * 9, one, one, one, one, one)


def test_without_a_file_of_employment_it_is_named(england):
    section = tell_promise(england)
    assert "promise-employed" not in tables_in(section)
    assert "caseness fetch annual fetches it" in section.blocks[-1].sentence.text


def test_employment_is_told_both_ways_beside_what_was_promised(england):
    audit = with_employment(england, start("employed", 11.0), out_of_work=start("out_of_work", 7.0))
    section = tell_promise(audit)
    told = " ".join(one.text for block in section.blocks if isinstance(block, Items) for one in block.sentences)
    assert "Unemployed or long-term sick at the start: 7 who finished" in told
    assert "The other way: employed at the start, 11 who finished" in told
    assert "Promised to come off benefits, of the cohort above: " in told
    assert "being employed is not coming off benefits" in told
    assert len(tables_in(section)["promise-employed"].rows) == 2


def test_a_file_of_which_nothing_is_known_is_told(england):
    section = tell_promise(with_employment(england, unknown=("Employment: In work",)))
    assert any("made-up.csv: Labels that" in getattr(one, "sentence", say("")).text for one in section.blocks)


def test_employment_is_told_where_there_is_no_cohort(england):
    audit = with_employment(england, start("employed", 11.0))
    section = tell_promise(
        replace(audit, promise=replace(audit.promise, readings=(), money=(), why_blank="No cohort."))
    )
    assert "No cohort." in section.blocks[0].sentence.text
    assert "promise-employed" in tables_in(section)
