"""Laws of judging claims, on drawn counts."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from caseness.audit.claims import CONTRADICTED, OTHER_DENOMINATOR, OTHER_NUMERATOR, REPRODUCED, Claim, judge
from caseness.audit.claims.ground import Ground, quotient
from caseness.audit.claims.room import is_part_of, room
from caseness.audit.claims.spans import Span
from caseness.audit.counts import COUNTS
from caseness.audit.denominators import WITHIN
from caseness.audit.record import gather
from caseness.periods import financial_year
from caseness.results import ANNUAL, ENGLAND, SUMMED, Results

YEAR = financial_year(2021)
RATE = {"numerator": "recovery", "denominator": "judged_for_recovery"}


def judged(ends, value):
    """Judge a recovery rate on one annual release of which each count has these ends."""
    rows = [
        {
            "figure_id": figure,
            "statistic": "count",
            "period_start": YEAR.start,
            "period_end": YEAR.end,
            "level": "england",
            "organisation": ENGLAND,
            "low": float(low),
            "high": float(high),
            "value": float(low) if low == high else None,
            "basis": ANNUAL,
        }
        for figure, (low, high) in ends.items()
    ]
    claim = Claim("drawn", "says", "source", "share", YEAR, value=value, **RATE)
    return judge(gather(Results.from_rows(rows)), (claim,))[0]


@st.composite
def true_counts(draw):
    finished = draw(st.integers(min_value=1, max_value=10**6))
    aside = draw(st.integers(min_value=0, max_value=finished - 1))
    recovered = draw(st.integers(min_value=0, max_value=finished - aside))
    return {"M076": finished, "M179": aside, "M191": recovered}


def share(counts):
    return Fraction(100 * counts["M191"], counts["M076"] - counts["M179"])


def printed(number, decimals):
    return Decimal(round(number * 10**decimals)).scaleb(-decimals)


@given(true_counts(), st.integers(min_value=0, max_value=3))
def test_a_true_share_rounded_to_any_decimals_is_reproduced(counts, decimals):
    one = judged({name: (count, count) for name, count in counts.items()}, printed(share(counts), decimals))
    assert one.verdict == REPRODUCED


@given(true_counts(), st.integers(min_value=0, max_value=3), st.sampled_from([-1, 1]))
def test_one_printed_unit_off_is_never_reproduced(counts, decimals, step):
    "It is contradicted, unless another pair of counts happens to print it: that pair is then shown."
    exact = share(counts) * 10**decimals
    assume(exact % 1 != Fraction(1, 2))
    off = printed(share(counts), decimals) + Decimal(step).scaleb(-decimals)
    assume(off >= 0)
    one = judged({name: (count, count) for name, count in counts.items()}, off)
    if one.pairs and one.verdict != CONTRADICTED:
        assert one.verdict in (OTHER_DENOMINATOR, OTHER_NUMERATOR)
        assert all((pair.numerator, pair.denominator) != tuple(RATE.values()) for pair in one.pairs)
    else:
        assert one.verdict == CONTRADICTED


@given(true_counts(), st.data(), st.integers(min_value=0, max_value=2))
def test_what_may_be_otherwise_is_not_reproduced_and_what_is_true_not_contradicted(counts, data, decimals):
    slack = {name: data.draw(st.tuples(st.integers(0, 4), st.integers(0, 4))) for name in counts}
    ends = {name: (max(0, count - slack[name][0]), count + slack[name][1]) for name, count in counts.items()}
    value = printed(share(counts), decimals)
    one = judged(ends, value)
    assert one.verdict != CONTRADICTED
    if one.verdict == REPRODUCED:
        half = Fraction(10) ** -decimals / 2
        for counted in _corners(ends):
            assert abs(share(counted) - Fraction(value)) <= half


def _corners(ends):
    corners = [{}]
    for name, (low, high) in ends.items():
        corners = [{**corner, name: end} for corner in corners for end in {low, high}]
    return [one for one in corners if 0 <= one["M191"] <= one["M076"] - one["M179"] and one["M076"] > one["M179"]]


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 10), st.integers(0, 10), st.data())
def test_the_truth_lies_inside_the_quotient(finished, once, more, extra, data):
    assume(finished + once > 0)
    ground = Ground(
        SUMMED,
        YEAR,
        {"M076": _around(finished, more, extra), "M075": _around(once, extra, more)},
    )
    found = quotient(ground, "finished_course", "ended_after_treatment", is_part=True)
    assert found is not None
    truth = Fraction(finished, finished + once)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= truth <= found.high <= 1


def _around(count, below, above):
    return Span(Fraction(max(0, count - below)), Fraction(count + above))


COHORT = st.fixed_dictionaries(
    {
        "M153": st.integers(0, 1000),
        "M075": st.integers(0, 1000),
        "at_caseness": st.integers(0, 300),
        "not_at": st.integers(0, 100),
        "neither": st.integers(0, 20),
    }
)
HIDDEN = st.sets(
    st.sampled_from(["M056", "M153", "M075", "M076", "M179", "M191", "at_caseness", "M185", "M187", "M189"])
)


@given(COHORT, st.integers(0, 300), st.integers(0, 300), HIDDEN)
def test_the_truth_lies_in_the_room_that_published_counts_leave(cohort, recovered, improved, hidden):
    finished = cohort["at_caseness"] + cohort["not_at"] + cohort["neither"]
    recovered = min(recovered, cohort["at_caseness"])
    improved = min(improved, finished)
    truth = {
        "M056": cohort["M153"] + cohort["M075"] + finished,
        "M153": cohort["M153"],
        "M075": cohort["M075"],
        "M076": finished,
        "M179": cohort["not_at"],
        "at_caseness": cohort["at_caseness"],
        "M191": recovered,
        "M185": improved,
        "M187": finished - improved,
        "M189": 0,
    }
    everything = Ground(ANNUAL, YEAR, {name: _around(count, 0, 0) for name, count in truth.items()})
    seen = Ground(ANNUAL, YEAR, {name: _around(count, 0, 0) for name, count in truth.items() if name not in hidden})
    left = room(seen)
    for name in COUNTS:
        known = everything.count(name)
        if known is not None:
            assert left[name].low <= known.low, name
            assert left[name].high is None or known.high <= left[name].high, name


def test_the_relations_agree_with_the_denominators_of_the_rates():
    "What the rates call a part of a whole is one here too, and nothing else is."
    wholes = {name for within in WITHIN.values() for name in within}
    for part, within in WITHIN.items():
        assert {whole for whole in wholes if is_part_of(part, whole)} == set(within), part
