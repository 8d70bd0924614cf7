"""Variation: who is compared, who is left out, and what is said where there is nothing to say"""

from dataclasses import replace

import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.audit.variation import compare
from caseness.audit.variation.breakdowns import CHARACTERISTICS, is_stated, name_group
from caseness.audit.variation.funnels import NO_PROVIDERS
from caseness.audit.variation.groups import FILLED_IN, NO_GROUPS, OVERLAP
from caseness.disclosure import release
from caseness.periods import financial_year
from caseness.published import Embedded
from caseness.results import ANNUAL, ENGLAND, Results
from small_records import figure, figures

YEAR, BEFORE = financial_year(2024), financial_year(2023)
WHOLE = "M001 3000\nM076 1000\nM179 0\nM191 500\nM193 450"


def service(code, reliable, finished=1000, year=YEAR):
    table = f"M001 {3 * finished}\nM076 {finished}\nM179 10\nM191 {reliable}\nM193 {reliable}"
    return figures(table, year, code, ANNUAL)


def england(year=YEAR, table="M001 90000\nM076 30000\nM179 300\nM191 14000\nM193 13500"):
    return figures(table, year, ENGLAND, ANNUAL)


def variation_of(*parts, organisation=None, period="2024-25", assumptions=None):
    source = release(Results.from_rows([row for part in parts for row in part]))
    record = gather(source)
    return compare(record, source, choose(record, period, organisation), assumptions or read_shipped_assumptions())


def services(year=YEAR, shift=0):
    return [service(f"X{i:02}", 440 + 10 * (i % 7) + shift * i, year=year) for i in range(12)]


def reliable(*parts, **asked):
    return variation_of(england(), *parts, **asked).comparison("reliable_recovery")


def test_small_suppressed_and_contradictory_services_are_counted_and_left_out():
    odd = [service("SMALL", 200, finished=400), service("STARRED", "*"), service("ODD", 1200)]
    found = reliable(*services(), *odd)
    left = found.left_out
    assert (left.listed, left.compared, left.small, left.contradictory) == (15, 13, 1, 1)
    # 0 to 4 of about 990 leaves less than a point: its middle is taken, and said.
    assert (left.middled, left.suppressed) == (1, 0)


def test_a_share_that_suppression_leaves_too_open_is_left_out():
    shipped = read_shipped_assumptions()
    strict = replace(
        shipped,
        numbers=tuple(replace(one, value=0) if one.id == "variation.widest_room" else one for one in shipped.numbers),
    )
    left = reliable(*services(), service("STARRED", "*"), assumptions=strict).left_out
    assert (left.compared, left.suppressed, left.middled) == (12, 1, 0)


def test_another_smallest_denominator_compares_others():
    shipped = read_shipped_assumptions()
    asked = replace(
        shipped,
        numbers=tuple(
            replace(one, value=100) if one.id == "variation.smallest_denominator" else one for one in shipped.numbers
        ),
    )
    assert reliable(*services(), service("SMALL", 200, finished=400), assumptions=asked).left_out.compared == 13


def test_one_far_service_is_flagged_by_both_limits_and_named_in_order():
    found = reliable(*services(), service("AAA", 100), service("ZZZ", 900))
    assert [point.organisation for point in found.flagged_points] == ["AAA", "ZZZ"]
    assert [point.score > 0 for point in found.flagged_points] == [False, True]
    assert found.flagged_naively >= found.flagged == 2


def test_rounding_that_could_change_a_flag_is_said():
    "Nobody but the one is far; the limit is put just where its printed counts stand."
    everybody = [*services(), service("ZZZ", 600)]
    far = next(one for one in reliable(*everybody).points if one.organisation == "ZZZ")
    shipped = read_shipped_assumptions()
    at = replace(
        shipped,
        numbers=tuple(
            replace(one, value=abs(far.adjusted)) if one.id == "variation.action_limit" else one
            for one in shipped.numbers
        ),
    )
    found = reliable(*everybody, assumptions=at)
    assert next(one for one in found.points if one.organisation == "ZZZ").may_change
    assert found.flagged_ends.low < found.flagged_ends.high


def test_too_few_services_make_no_funnel():
    found = reliable(service("X01", 450), service("X02", 470))
    assert found.points == ()
    assert found.why_not == "Only 2 organisations reach 500 people: a funnel needs 5."


def test_a_position_that_holds_is_told_from_one_that_does_not():
    alike = reliable(*services(), *services(BEFORE))
    assert alike.screen.previous == BEFORE
    assert alike.screen.foretells.value == pytest.approx(1, abs=1e-6)
    assert "mostly lasts" in alike.screen.statement
    alone = reliable(*services())
    assert (alone.screen.previous, alone.screen.pairs) == (None, 0)
    assert "cannot be told from these figures" in alone.screen.statement


def test_services_that_hardly_differ_are_said_to_differ_by_chance():
    found = reliable(*[service(f"X{i:02}", 450 + 5 * (i % 2)) for i in range(12)])
    assert found.screen.chance_share.value == 100
    assert found.screen.statement.startswith("Most of what differs between these services in one year is chance.")
    assert (found.flagged_naively, found.flagged) == (0, 0)


def test_the_subject_is_given_its_own_rate_and_a_month_stands_for_its_year():
    found = variation_of(england(), *services(), organisation="X03")
    assert found.comparison("reliable_recovery").own.is_known
    assert found.deciles[0].years[0].own.is_known
    assert not variation_of(england(), *services()).comparison("reliable_recovery").own.is_known


def test_a_month_stands_for_its_year():
    rows = [figures(WHOLE, month) for month in YEAR.months()]
    assert variation_of(*rows, period="2024-05").period == YEAR


def test_without_services_and_groups_it_is_said_why():
    source = release(Embedded())
    record = gather(source)
    found = compare(record, source, choose(record, "2024-25"), read_shipped_assumptions())
    assert {one.why_not for one in found.comparisons} == {NO_PROVIDERS}
    assert (found.gaps.why_not, found.gaps.breakdowns, found.deciles, found.selection) == (NO_GROUPS, (), (), None)


def group(split, label, counts, part=None, year=YEAR):
    names = ("M001", "M076", "M179", "M191", "M193")
    rows = [figure(name, number, year, basis=ANNUAL) for name, number in zip(names, counts, strict=True)]
    place = {"split_1": split, "group_1": label, "split_2": split if part else None, "group_2": part}
    return [{**row, **place} for row in rows]


GENDER, AGE, CONDITION, PROBLEM = "Gender", "Age Group", "Long Term Condition Status", "Presenting Complaint"


def test_two_groups_of_everybody_are_held_against_each_other():
    found = variation_of(
        england(),
        group(GENDER, "Female", (60000, 20000, 200, 10000, 9500)),
        group(GENDER, "Male", (29000, 9000, 90, 3700, 3700)),
        group(GENDER, "Not stated/Not known/Invalid", (1000, 1000, 10, 300, 300)),
    ).gaps
    (gender,) = found.breakdowns
    gap = gender.extreme("recovery")
    assert (gap.first, gap.second, gap.are_picked) == ("Female", "Male", False)
    assert gap.gap.low < gap.gap.value < gap.gap.high
    female = gender.groups[0].rate("recovery")
    assert female.differs is True
    assert female.gap.value == pytest.approx(100 * (10000 / 19800 - 14000 / 29700))
    assert gender.groups[-1].rate("recovery").differs is None
    assert found.questions == 6


def test_groups_that_hold_more_than_everybody_overlap():
    found = variation_of(
        england(),
        group(CONDITION, "Long term condition", (50000, 20000, 200, 10000, 9500)),
        group(CONDITION, "No long term condition", (50000, 20000, 200, 9000, 8500)),
    ).gaps
    (condition,) = found.breakdowns
    assert condition.overlaps
    assert (condition.extremes, condition.notes) == ((), (OVERLAP,))
    assert found.questions == 0


def test_the_finest_problems_are_taken_and_what_is_filled_in_later_is_said():
    found = variation_of(
        england(),
        group(PROBLEM, "Depression", (20000, 15000, 150, 7000, 6800)),
        group(PROBLEM, "Anxiety", (20000, 10000, 100, 4700, 4500)),
        group(PROBLEM, "Anxiety", (9000, 9800, 100, 4600, 4400), part="Social phobias"),
        group(PROBLEM, "Not stated", (50000, 5000, 50, 2300, 2200), part="Not stated"),
    ).gaps
    (problem,) = found.breakdowns
    assert [one.label for one in problem.groups] == ["Depression", "Not stated or not known", "Social phobias"]
    assert FILLED_IN in problem.notes
    assert all(one.rate("finished_of_referred") is None for one in problem.groups)


def test_more_finished_than_received_is_shown_without_an_interval():
    found = variation_of(
        england(),
        group(AGE, "Under 18", (900, 1000, 10, 500, 500)),
        group(AGE, "18 to 25", (80000, 20000, 200, 9000, 8800)),
    ).gaps
    (age,) = found.breakdowns
    assert [one.label for one in age.groups] == ["Under 18", "18 to 25"]
    odd = age.groups[0].rate("finished_of_referred")
    assert odd.rate.is_exact
    assert (odd.gap.value, odd.chance) == (None, None)


def test_a_year_without_a_report_takes_the_groups_of_the_last_before_it():
    rows = [figures(WHOLE, month) for month in YEAR.months()]
    found = variation_of(
        *rows,
        england(BEFORE),
        group(GENDER, "Female", (60000, 20000, 200, 10000, 9500), year=BEFORE),
        group(GENDER, "Male", (30000, 10000, 100, 4000, 4000), year=BEFORE),
    )
    assert (found.period, found.gaps.period) == (YEAR, BEFORE)


def test_all_that_is_not_known_is_one_group():
    found = variation_of(
        england(),
        group("Disability Type", "No Code Recorded", (30000, 10000, 100, 4500, 4300)),
        group("Disability Type", "ZZ Not Stated (Person asked)", (9000, 3000, 30, 1400, 1300)),
        group("Disability Type", "02 Hearing", (51000, 17000, 170, 8000, 7800)),
    ).gaps
    (disability,) = found.breakdowns
    assert [one.label for one in disability.groups] == ["Hearing", "Not stated or not known"]
    assert disability.groups[1].rate("recovery").part.value == 5900


@pytest.mark.parametrize(
    ("characteristic", "printed", "ours"),
    [
        ("deprivation", "05 Less deprived", "5"),
        ("deprivation", "10 Most deprived", "10 (most deprived)"),
        ("disability", "NN No Disability", "No Disability"),
        ("disability", "Invalid Code", "Not stated or not known"),
        ("gender", "Female", "Female"),
    ],
)
def test_groups_are_named_for_a_reader(characteristic, printed, ours):
    assert name_group(next(one for one in CHARACTERISTICS if one.id == characteristic), printed) == ours


def test_a_religion_of_none_is_stated():
    assert is_stated("None")


def finishing(code, referred, reliable):
    return figures(f"M001 {referred}\nM076 1000\nM179 10\nM191 {reliable}\nM193 {reliable}", YEAR, code, ANNUAL)


@pytest.mark.parametrize(("step", "said"), [(40, "tends to be lower"), (-40, "tends to be higher")])
def test_the_hint_of_selection_says_which_way(step, said):
    "More referrals to the same number finished is a smaller share finished."
    parts = [finishing(f"X{i:02}", 2500 + step * i, 440 + 5 * i) for i in range(12)]
    assert said in variation_of(england(), *parts).selection.statement


def test_too_few_services_give_no_hint():
    found = variation_of(england(), *services()[:6])
    assert not found.selection.correlation.is_known
    assert found.selection.statement.startswith("Too few organisations")
    assert found.deciles == ()


def test_rates_that_have_no_bearing_on_finishing_give_no_hint():
    parts = [finishing(f"X{i:02}", 2500 + 100 * (i % 2), 440 + 10 * (i // 2)) for i in range(12)]
    assert "neither higher nor lower" in variation_of(england(), *parts).selection.statement


def test_half_chance_and_half_not_cannot_be_told():
    found = reliable(*[service(f"X{i:02}", 440 + 10 * (i % 6)) for i in range(12)])
    assert found.screen.chance_share.low < 50 < found.screen.chance_share.high
    assert "cannot be told" in found.screen.statement


def test_positions_that_change_every_year_foretell_nothing():
    now = [service(f"X{i:02}", 400 + 20 * (i % 2) + 10 * i) for i in range(12)]
    then = [service(f"X{i:02}", 400 + 40 * ((i * 5) % 12), year=BEFORE) for i in range(12)]
    found = reliable(*now, *then)
    assert found.screen.foretells.low < 0
    assert "tells nothing certain" in found.screen.statement
