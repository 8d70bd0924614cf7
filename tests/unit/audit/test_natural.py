"""Natural recovery: estimates side by side, grades, the band, and when nothing remains"""

import pytest

from caseness.audit.assumptions import read_assumptions, read_shipped_assumptions
from caseness.audit.assumptions.natural_entries import DISORDERS
from caseness.audit.natural import estimate
from caseness.audit.natural.remains import MAYBE, NONE, SOME
from caseness.audit.natural.trials import read_arms
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.disclosure import release
from caseness.errors import BadAssumptions
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL, ENGLAND, MONTHLY, Results
from small_records import figure, figures

MONTH = Period.parse("2024-05")
COUNTS = """
M076 1000
M179 100
M191 450
M050 20.0
M351 21.0
M141 8.0
"""


def estimated(rows, period=MONTH, organisation=ENGLAND, assumptions=None):
    released = release(Results.from_rows(rows))
    record = gather(released, ("england", "provider"))
    return estimate(record, released, choose(record, period, organisation), assumptions or read_shipped_assumptions())


def changed(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return read_assumptions(file)


@pytest.fixture(scope="module")
def natural():
    return estimated(figures(COUNTS, MONTH))


def test_time_at_risk_is_the_wait_and_the_days_between_contacts(natural):
    """20 days and 7 times 21: 167 days, give or take the rounding of the three means."""
    days = natural.time_at_risk.days
    assert days.value == pytest.approx(167)
    assert (days.low, days.high) == pytest.approx((19.95 + 20.95 * 6.95, 20.05 + 21.05 * 7.05))
    assert natural.time_at_risk.assumed_months == 0


def test_days_between_contacts_are_assumed_where_not_published():
    found = estimated(figures(COUNTS.replace("M351 21.0\n", ""), MONTH)).time_at_risk
    assert (found.months, found.assumed_months) == (1, 1)
    assert found.days.value == pytest.approx(20 + 21.5 * 7)
    assert found.days.low < 20 + 18 * 7 < 20 + 25 * 7 < found.days.high
    assert "assumed" in found.how


@pytest.mark.parametrize("missing", ["M050 20.0", "M141 8.0"])
def test_the_whole_time_is_assumed_where_a_wait_or_contacts_are_missing(missing):
    days = estimated(figures(COUNTS.replace(f"{missing}\n", ""), MONTH)).time_at_risk.days
    assert (days.value, days.low, days.high, days.interval) == (165, 120, 210, "assumed range")


def suppressed(row, low, high):
    return {**row, "value": None, "low": low, "high": high, "reason": "suppressed"}


def test_where_finished_courses_are_suppressed_the_middle_of_the_time_is_used_and_it_is_said():
    rows = [suppressed(one, 5.0, 17.0) if one["figure_id"] == "M076" else one for one in figures(COUNTS, MONTH)]
    found = estimated(rows)
    days = found.time_at_risk.days
    assert days.value == pytest.approx((days.low + days.high) / 2) == pytest.approx(167, abs=0.1)
    assert "suppressed" in days.interval
    assert "their middle is used" in found.time_at_risk.how
    assert all(one.rate.low <= one.rate.value <= one.rate.high for one in found.estimators)


def test_a_time_that_may_be_nought_is_read_where_the_curve_begins():
    """No wait, and both contacts on one day."""
    found = estimated(figures(COUNTS.replace("20.0", "0.0").replace("21.0", "0.0").replace("8.0", "2.0"), MONTH))
    assert (found.time_at_risk.days.low, found.time_at_risk.days.value) == (0, 0)
    assert found.estimators[0].rate.value == 0
    assert not found.estimators[0].in_band


def test_the_whole_time_is_assumed_where_the_contacts_cannot_be():
    """Whoever finished a course had two contacts or more."""
    found = estimated(figures(COUNTS.replace("8.0", "0.5"), MONTH)).time_at_risk
    assert (found.days.value, found.days.interval) == (165, "assumed range")
    assert "cannot be" in found.how


def test_a_year_before_the_monthly_files_has_an_assumed_time():
    year = financial_year(2013)
    found = estimated(figures("M076 1000\nM179 100\nM191 450", year, basis=ANNUAL), year)
    assert found.time_at_risk.days.interval == "assumed range"
    assert [one.basis for one in found.bands] == [ANNUAL]


def test_every_estimate_has_ends_assumptions_a_grade_and_a_source(natural):
    assert [one.kind for one in natural.estimators] == ["curve", "trials", "retest"]
    for one in natural.estimators:
        assert one.rate.low < one.rate.value < one.rate.high
        assert one.assumes
        assert one.source
        assert len(one.applicability.marks) == 4
        assert all(mark.because for mark in one.applicability.marks)


def test_only_grade_c_or_better_enters_the_band(natural):
    assert [(one.applicability.grade, one.in_band) for one in natural.estimators] == [
        ("C", True),
        ("C", True),
        ("D", False),
    ]
    band = natural.band(MONTHLY)
    inside = [one.rate for one in natural.estimators if one.in_band]
    assert band.natural.low == min(one.low for one in inside)
    assert band.natural.high == max(one.high for one in inside)
    assert band.natural.value is None


def test_a_reader_may_let_in_another_grade(tmp_path):
    all_in = estimated(figures(COUNTS, MONTH), assumptions=changed(tmp_path, '[natural.least_grade]\nvalue = "D"\n'))
    assert all(one.in_band for one in all_in.estimators)
    none_in = estimated(figures(COUNTS, MONTH), assumptions=changed(tmp_path, '[natural.least_grade]\nvalue = "A"\n'))
    assert none_in.bands == ()
    assert "No estimate has grade A" in none_in.absent[0]


def test_what_remains_in_points_and_people(natural):
    curve = natural.remainders[0]
    assert curve.specific.value == pytest.approx(50 - curve.natural.value)
    assert curve.additional.value == pytest.approx(450 - 9 * curve.natural.value)
    assert (curve.specific.low, curve.specific.high) == pytest.approx((50 - curve.natural.high, 50 - curve.natural.low))


@pytest.mark.parametrize(("recovered", "verdict"), [(50, NONE), (250, MAYBE), (800, SOME)])
def test_the_verdict_says_whether_anything_remains(recovered, verdict):
    band = estimated(figures(COUNTS.replace("M191 450", f"M191 {recovered}"), MONTH)).band(MONTHLY)
    assert band.verdict == verdict
    assert 0 <= band.additional.low <= band.additional.high
    assert (band.additional.high == 0) == (verdict == NONE)


def test_the_duration_alone_changes_the_answer(natural):
    """50 less 23, 32 and 53: the last leaves nothing."""
    assert [one.specific.value for one in natural.durations] == pytest.approx([27, 18, -3])
    assert [one.verdict for one in natural.durations] == [SOME, SOME, NONE]


def test_rounded_counts_stay_intervals():
    counts = COUNTS.replace("1000", "100").replace("M179 100", "M179 10").replace("450", "45")
    found = estimated(figures(counts, MONTH, "RYK"), organisation="RYK").band(MONTHLY)
    assert found.observed.low < found.observed.value < found.observed.high
    assert found.specific.low == pytest.approx(found.observed.low - found.natural.high)


def test_without_recovery_nothing_is_taken_away():
    found = estimated(figures("M076 1000\nM050 20.0\nM351 21.0\nM141 8.0", MONTH))
    assert (found.bands, found.remainders, found.durations) == ((), (), ())
    assert "nothing can be taken away" in found.absent[0]
    assert found.estimators


def test_problems_of_the_year_weigh_the_control_arms():
    year = financial_year(2024)
    counts = {None: 900, "Depression": 600, "Specific (isolated) phobias": 300}
    others = (
        "Generalised anxiety disorder",
        "Post-traumatic stress disorder",
        "Obsessive-compulsive disorder",
        "Social phobias",
    )
    counts |= dict.fromkeys((*others, "Panic disorder [episodic paroxysmal anxiety]"), 0)
    rows = []
    for problem, finished in counts.items():
        for figure_id, printed in (("M076", finished), ("M179", 0)):
            row = figure(figure_id, printed, year, basis=ANNUAL)
            rows.append({**row, "split_1": problem and "Presenting Complaint", "group_1": problem})
    found = estimated([*rows, figure("M191", 450, year, basis=ANNUAL)], year)
    arms = {one.disorder: one.counted_once.value for one in found.arms}
    expected = (2 * arms["Depression"] + arms["Specific Phobia"]) / 3
    assert found.estimator("control-arms").rate.value == pytest.approx(expected)
    assert found.problems_of.endswith("England (annual report), 2024-25.")


def test_a_further_trial_is_less_sure_than_their_mean(tmp_path, natural):
    asked = changed(tmp_path, '[natural.control_arm_ends]\nvalue = "one further trial"\n')
    wide = estimated(figures(COUNTS, MONTH), assumptions=asked).estimator("control-arms").rate
    narrow = natural.estimator("control-arms").rate
    assert wide.low < narrow.low < narrow.high < wide.high


CURVE = """
[[natural.curve]]
id = "mine"
label = "A cohort of ours"
months = [5, 6]
recovered = [17, 20]
grade = "B"
source = "Our own follow-up"
"""


def test_a_readers_curve_stands_beside_the_others(tmp_path):
    found = estimated(figures(COUNTS, MONTH), assumptions=changed(tmp_path, CURVE))
    mine = found.estimator("mine")
    assert mine.extrapolated == ""
    assert (mine.applicability.grade, mine.in_band, mine.is_from_reader) == ("B", True, True)
    assert mine.rate.value == pytest.approx(17 + 3 * (167 / 365.25 * 12 - 5), abs=0.1)
    assert [one.id for one in found.curves] == ["untreated-depression", "mine"]
    assert found.band(MONTHLY).natural.low <= mine.rate.low


@pytest.mark.parametrize(
    ("months", "recovered", "given"),
    [
        ("[36]", "[10]", "36 months"),
        ("[36, 48]", "[10, 12]", "36 to 48 months"),
        ("[1, 3]", "[10, 12]", "1 to 3 months"),
    ],
)
def test_a_curve_that_is_read_outside_its_months_is_kept_out_of_the_band_and_says_so(
    tmp_path, natural, months, recovered, given
):
    text = CURVE.replace("[5, 6]", months).replace("[17, 20]", recovered).replace('"B"', '"A"')
    found = estimated(figures(COUNTS, MONTH), assumptions=changed(tmp_path, text))
    mine = found.estimator("mine")
    assert (mine.applicability.grade, mine.in_band) == ("A", False)
    assert mine.place == f"no: read at 5.5 months, and given for {given}"
    assert any("A cohort of ours" in one and "does not enter the band" in one for one in found.absent)
    assert found.band(MONTHLY).natural == natural.band(MONTHLY).natural


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (("months = [5, 6]", "months = [6, 3]"), "later than the one before"),
        (("months = [5, 6]", 'months = "six"'), "months is a list"),
        (("recovered = [17, 20]", "recovered = [20, 25, 30]"), "3 numbers for 2 months"),
        (("recovered = [17, 20]", "recovered = [17, 120]"), "below 100 %"),
        (("recovered = [17, 20]", "recovered = []"), "recovered is a list"),
        (("recovered = [17, 20]", "recovered = [17, 20]\nlow = [30, 30]"), "low lies beyond"),
        (("months = [5, 6]\nrecovered = [17, 20]", "months = [3, 6]\nrecovered = [30, 20]"), "never falls"),
        (('grade = "B"', 'grade = "E"'), "grade is A, B, C or D"),
        (('source = "Our own follow-up"', ""), "it needs a source"),
        (('grade = "B"', "assumes = 3"), "assumes is a list"),
        (('grade = "B"', "weeks = 3"), "no such key"),
    ],
)
def test_a_curve_that_cannot_be_is_refused(tmp_path, changes, said):
    with pytest.raises(BadAssumptions, match=said):
        changed(tmp_path, CURVE.replace(*changes))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[natural.applicability]]\nid = "mine"\npopulation = 3\noutcome = 1\ntime = 1\ndirectness = 1\n', "not 3"),
        ('[[natural.problem]]\nid = "x"\ngroup = ""\ndisorder = ""\njudged = 1\n', "needs a group"),
        ('[[natural.problem]]\nid = "x"\ngroup = "X"\ndisorder = "Grief"\njudged = 1\n', "not 'Grief'"),
        ('[[natural.problem]]\nid = "x"\ngroup = "X"\ndisorder = ""\njudged = -1\n', "count of 0 or more"),
    ],
)
def test_other_entries_that_cannot_be_are_refused(tmp_path, text, said):
    with pytest.raises(BadAssumptions, match=said):
        changed(tmp_path, text)


def test_the_disorders_that_may_be_named_are_those_of_the_trials():
    assert set(DISORDERS) == {one.disorder for one in read_arms()}
