"""What made-up people do: waits, attendance, endings and who leaves"""

from dataclasses import replace

import numpy as np
import pytest

from caseness.synthetic import appointments as about
from caseness.synthetic.attendance import is_attended
from caseness.synthetic.cohort import NEVER_SEEN, TREATED, to_logit
from caseness.synthetic.endings import GOES_ON, after_missed, after_session, leaving_chance
from caseness.synthetic.facts import load_facts
from caseness.synthetic.journeys import run_journeys
from unit.synthetic.drawn import draw, share


@pytest.fixture(scope="module")
def drawn():
    return draw()


@pytest.fixture(scope="module")
def facts():
    return load_facts()


def test_the_three_ends_have_their_published_shares(drawn, facts):
    "Published are treatments with logs of therapy over the internet, here are those without: fewer finish."
    sessions = drawn.chunk.endings.sessions[drawn.chunk.closes >= 0]
    assert share(sessions == 0) == pytest.approx(facts.number("ended.before.share"), abs=0.03)
    assert share(sessions == 1) == pytest.approx(facts.number("ended.once.share"), abs=0.04)
    assert share(sessions >= 2) == pytest.approx(facts.number("ended.finished.share"), abs=0.06)


def test_a_finished_course_has_as_many_contacts_as_published(drawn, facts):
    mean = drawn.chunk.endings.sessions[drawn.finished & (drawn.chunk.closes >= 0)].mean()
    assert mean == pytest.approx(facts.number("finished.contacts.mean"), abs=0.7)


def test_appointments_are_kept_as_published(drawn, facts):
    codes = np.bincount(drawn.chunk.appointments.attendance, minlength=6) / drawn.chunk.appointments.size
    published = facts.shares_of("attendance").by_code
    assert codes[:2].sum() == pytest.approx(published["5"] + published["6"], abs=0.03)
    assert codes[3] == pytest.approx(published["3"], abs=0.02)


def test_the_first_wait_is_near_the_published_one(drawn, facts):
    rows = drawn.chunk.appointments
    seen = np.flatnonzero(is_attended(rows.attendance) & np.isin(rows.purpose, about.TREATS))
    who, first = np.unique(rows.who[seen], return_index=True)
    wait = rows.day[seen[first]] - drawn.chunk.cohort.received[who]
    assert wait.min() >= 0
    assert wait.mean() == pytest.approx(facts.curve("wait.first").mean, abs=3)


def test_the_most_deprived_finish_least(drawn):
    decile = drawn.chunk.people.decile[drawn.chunk.cohort.person]
    finished = [share(drawn.finished[decile == each]) for each in (1, 5, 10)]
    assert finished[0] < finished[1] < finished[2]


def test_people_out_of_work_drop_out_more(drawn):
    chunk = drawn.chunk
    status = chunk.people.employment[chunk.cohort.person]
    left = np.isin(chunk.reason, (about.NOT_HELPED, about.OTHER_REASONS, about.LOST))
    assert share(left[drawn.finished & (status == 1)]) > share(left[drawn.finished & (status == 0)]) + 0.05


def test_drop_out_is_informative(drawn):
    "Who leaves because it does not help has been helped less than who stays to the end, by what is true of them."
    chunk = drawn.chunk
    stayed, left = chunk.reason == about.AGREED, chunk.reason == about.NOT_HELPED
    assert chunk.cohort.effect[left].mean() < chunk.cohort.effect[stayed].mean() - 1


def test_drop_out_says_nothing_of_the_effect_when_told_to():
    drawn = draw(unimproved_log_odds=0.0, good_enough_chance=0.0)
    rising = draw(unimproved_log_odds=1.0, good_enough_chance=0.0)
    left = (about.NOT_HELPED, about.OTHER_REASONS, about.LOST)
    gaps = []
    for one in (drawn, rising):
        gone = np.isin(one.chunk.reason, left) & one.finished
        stayed = np.isin(one.chunk.reason, (about.AGREED,))
        gaps.append(one.chunk.cohort.effect[stayed].mean() - one.chunk.cohort.effect[gone].mean())
    assert gaps[1] > gaps[0] + 0.5


def test_the_chance_of_leaving_has_its_parameter_at_the_second_session(drawn):
    chance = leaving_chance(drawn.world, np.array([2, 10]), np.zeros(2), np.zeros(2))
    assert chance[0] == pytest.approx(drawn.world.behaviour.drop_out_after_second)
    assert chance[1] < chance[0]
    one = leaving_chance(drawn.world, np.array([2]), np.zeros(1), np.ones(1))
    assert to_logit(float(one[0])) - to_logit(float(chance[0])) == pytest.approx(
        drawn.world.behaviour.unimproved_log_odds
    )


def test_nobody_loses_contact_after_one_missed_appointment(drawn):
    rng = np.random.default_rng(1)
    assert set(after_missed(drawn.world, np.ones(500, int), np.zeros(500), rng)) == {GOES_ON}
    assert about.LOST in after_missed(drawn.world, np.full(500, 2), np.zeros(500), rng)


def test_a_plan_that_is_reached_ends_by_agreement(drawn):
    same = replace(drawn.world.behaviour, drop_out_after_second=1e-9, good_enough_chance=0.0)
    nothing = np.zeros(2000)
    reasons = after_session(
        replace(drawn.world, behaviour=same),
        np.full(2000, 6),
        np.full(2000, 6),
        np.full(2000, 6),
        nothing,
        nothing,
        np.zeros(2000, bool),
        np.random.default_rng(2),
    )
    assert share(reasons == about.AGREED) > 0.98
    assert set(reasons) <= {about.AGREED, about.SERVICE_ENDED, about.DIED}


def test_many_have_a_few_contacts_of_low_intensity_before_high(drawn):
    rows, cohort = drawn.chunk.appointments, drawn.chunk.cohort
    treated = is_attended(rows.attendance) & np.isin(rows.purpose, about.TREATS)
    low, high = (np.bincount(rows.who[treated & (rows.step == step)], minlength=cohort.size) for step in (0, 1))
    prepared = (cohort.before_high > 0) & (high > 0)
    assert share(prepared[drawn.finished]) > 0.2
    # They have as many as were planned, and go from low to high once.
    assert (low[prepared] == cohort.before_high[prepared]).all()
    assert low[prepared].mean() < 3
    moved = (rows.who[1:] == rows.who[:-1]) & (rows.step[1:] != rows.step[:-1])
    changes = np.bincount(rows.who[1:][moved], minlength=cohort.size)
    assert set(changes[prepared].tolist()) == {1}


def test_nobody_who_goes_on_to_high_intensity_has_completed_low(drawn):
    chunk = drawn.chunk
    rows = chunk.appointments
    reached = np.zeros(chunk.cohort.size, bool)
    reached[rows.who[rows.step == 1]] = True
    waiting = (chunk.cohort.before_high > 0) & ~reached
    assert about.AGREED not in chunk.reason[waiting]


def test_some_are_stepped_up_at_the_end_of_low_intensity(drawn):
    rows, cohort = drawn.chunk.appointments, drawn.chunk.cohort
    seen = is_attended(rows.attendance)
    low, high = (np.unique(rows.who[seen & (rows.step == step)]) for step in (0, 1))
    both = np.intersect1d(low, high)
    stepped = both[cohort.before_high[both] == 0]
    assert 0.005 < len(stepped) / len(low) < 0.2


def test_appointments_are_for_what_they_are_said_to_be(drawn):
    rows, cohort, behaviour = drawn.chunk.appointments, drawn.chunk.cohort, drawn.world.behaviour
    seen = is_attended(rows.attendance)
    first = np.unique(rows.who[seen], return_index=True)[1]
    purpose = rows.purpose[seen][first]
    of_treated = cohort.kind[rows.who[seen][first]] == TREATED
    assert set(purpose.tolist()) == {about.ASSESSMENT, about.ASSESSMENT_AND_TREATMENT}
    apart = purpose[of_treated] == about.ASSESSMENT
    assert share(apart) == pytest.approx(behaviour.assessed_apart_share, abs=0.02)
    later = seen & (rows.sessions > 0)
    for purpose, expected in (
        (about.REVIEW, behaviour.review_only_share),
        (about.OTHER_PURPOSE, behaviour.other_purpose_share),
    ):
        assert share(rows.purpose[later] == purpose) == pytest.approx(expected, rel=0.3)


def test_what_is_no_treatment_does_not_count_as_a_session(drawn):
    rows = drawn.chunk.appointments
    treated = is_attended(rows.attendance) & np.isin(rows.purpose, about.TREATS)
    counted = np.bincount(rows.who[treated], minlength=drawn.chunk.cohort.size)
    ended = drawn.chunk.closes >= 0
    assert (counted[ended] == drawn.chunk.endings.sessions[ended]).all()


def test_providers_differ_in_how_many_are_treated_once(drawn):
    "Beside what differs in dropping out, each provider has log odds of its own."
    once = drawn.providers.once
    assert once.std() == pytest.approx(drawn.world.spreads.once, rel=0.3)
    chunk = drawn.chunk
    treated = chunk.endings.sessions >= 1
    one = chunk.endings.sessions == 1
    many, few = (treated & chosen for chosen in (chunk.cohort.once > 0.2, chunk.cohort.once < -0.2))
    assert share(one[many]) > share(one[few]) + 0.05


def test_all_providers_together_wait_as_published(drawn):
    assert drawn.providers.weights @ drawn.providers.first_wait == pytest.approx(1)
    assert drawn.providers.weights @ drawn.providers.second_wait == pytest.approx(1)


def test_no_appointment_comes_after_the_discharge_or_before_the_referral(drawn):
    rows, chunk = drawn.chunk.appointments, drawn.chunk
    assert (rows.day >= chunk.cohort.received[rows.who]).all()
    assert (rows.day <= chunk.endings.day[rows.who]).all()
    assert not is_attended(rows.attendance[chunk.cohort.kind[rows.who] == NEVER_SEEN]).any()


def test_a_record_that_ends_soon_leaves_referrals_open(drawn):
    chunk = drawn.chunk
    end = int(chunk.plan.months.starts[1])
    rows, endings = run_journeys(
        drawn.world, drawn.providers, chunk.cohort, chunk.provider, end, np.random.default_rng(3)
    )
    assert rows.day.max() < end
    assert share(endings.day >= end) > 0.9


def test_people_come_back_after_their_first_referral_has_ended():
    chunk = draw(4000, returns=0.2, months=24).chunk
    times = np.bincount(chunk.cohort.person)
    assert times.max() == 2
    assert chunk.cohort.size == 4000
    for person in np.flatnonzero(times == 2)[:50]:
        first, second = np.flatnonzero(chunk.cohort.person == person)
        assert chunk.cohort.received[second] > chunk.endings.day[first]
        assert chunk.first[second] > chunk.last[first]


def test_those_who_come_back_follow_the_season_and_are_fewer_in_the_first_year():
    chunk = draw(40_000, returns=0.15, months=36).chunk
    months = np.bincount(chunk.first, minlength=36)
    season = np.array(chunk.plan.world.season)
    # The record begins in April.
    expected = np.roll(season, -3) / season.sum()
    for year in range(3):
        held = months[12 * year : 12 * year + 12] / months[12 * year : 12 * year + 12].sum()
        assert abs(held - expected).sum() / 2 < 0.03
    person, times = chunk.cohort.person, np.bincount(chunk.cohort.person)
    order = np.lexsort((chunk.cohort.received, person))
    again = np.zeros(chunk.cohort.size, bool)
    again[order[1:]] = person[order[1:]] == person[order[:-1]]
    by_year = [share(again[chunk.first // 12 == year]) for year in range(3)]
    assert by_year[0] < 0.08
    assert by_year[1] == pytest.approx(0.15, abs=0.02)
    assert by_year[2] == pytest.approx(0.15, abs=0.02)
    assert times.max() == 2


def test_referrals_follow_the_season_and_growth(drawn):
    months = drawn.chunk.plan.months
    days = months.draw_days(60_000, drawn.world.season, 0.5, np.random.default_rng(4))
    by_month = np.bincount(months.of(days), minlength=months.count)
    by_year = by_month.reshape(-1, 12).sum(axis=1)
    assert by_year[1] / by_year[0] == pytest.approx(1.5, abs=0.08)
    # December (the ninth of a record that begins in April) has fewer than January.
    assert by_month.reshape(-1, 12).sum(axis=0)[8] < by_month.reshape(-1, 12).sum(axis=0)[9]
