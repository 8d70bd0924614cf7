"""Whatever the true counts are, what is derived from their publication holds them"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.published import open_releases, scan_releases
from caseness.results import Selection
from caseness.stats.bounds import Bounded, share, total

HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,GROUP_TYPE,ORG_CODE1,ORG_NAME1,ORG_CODE2,ORG_NAME2,"
    "MEASURE_ID,MEASURE_NAME,MEASURE_VALUE_SUPPRESSED"
)
FINISHED, NOT_AT_CASENESS, RECOVERED, RECOVERY_RATE = "M076", "M179", "M191", "M192"
COUNTS = (FINISHED, NOT_AT_CASENESS, RECOVERED)


# The publisher, written from the rules of publication and from nothing else: counts to the
# nearest 5, values under 5 starred; whole percentages of the true counts, starred where a
# count is under 5; England to the unit and to one decimal.
def publish_count(count, is_england):
    if is_england:
        return str(count)
    return "*" if count < 5 else str((count + 2) // 5 * 5)


def publish_percentage(part, whole, is_england):
    if not is_england and (part < 5 or whole < 5):
        return "*"
    if whole == 0:
        return "NULL"
    return str(round(100 * part / whole, 1 if is_england else None))


@st.composite
def providers(draw):
    """True counts: finished, of them not at caseness, of the rest recovered."""
    finished = draw(st.integers(0, 400))
    not_at_caseness = draw(st.integers(0, finished))
    return finished, not_at_caseness, draw(st.integers(0, finished - not_at_caseness))


def write_month(folder, truths):
    lines = [HEADER]
    england = tuple(map(sum, zip(*truths, strict=True)))
    for place, truth in enumerate([england, *truths]):
        who = "England,all,all,all,all" if place == 0 else f"Provider,all,all,P{place:02},Provider {place}"
        printed = [publish_count(count, place == 0) for count in truth]
        printed.append(publish_percentage(truth[2], truth[0] - truth[1], place == 0))
        lines += [
            f"2024-04-01,2024-04-30,{who},{figure},Count,{value}"
            for figure, value in zip((*COUNTS, RECOVERY_RATE), printed, strict=True)
        ]
    path = Path(folder) / "month.csv"
    path.write_text("\n".join([*lines, ""]))
    return open_releases(path)


def ends_of(releases, figure):
    rows = releases.select(Selection(figures=(figure,), levels=("provider",))).table.to_pylist()
    rows.sort(key=lambda row: row["organisation"])
    values = [np.nan if row["value"] is None else row["value"] for row in rows]
    return Bounded.of([row["low"] for row in rows], [row["high"] for row in rows], values)


def holds(bounded, truth):
    return (bounded.low <= truth + 1e-9) & (truth <= bounded.high + 1e-9)


# Each example is written, opened and queried as a release is: fewer of them, with more organisations in each.
MANY = settings(max_examples=30)


@MANY
@given(st.lists(providers(), min_size=1, max_size=12))
def test_the_truth_lies_inside_what_its_publication_leaves(truths):
    with TemporaryDirectory() as folder:
        releases = write_month(folder, truths)
        finished, not_at_caseness, recovered = (ends_of(releases, figure) for figure in COUNTS)
        scan = scan_releases(releases)
    true = np.array(truths, float)
    for bounded, truth in zip((finished, not_at_caseness, recovered), true.T, strict=True):
        assert holds(bounded, truth).all()
        # A suppressed cell is never narrowed, and never given a value.
        is_starred = np.isnan(bounded.value)
        assert (bounded.low[is_starred] == 0).all()
        assert (bounded.high[is_starred] == 4).all()
        assert holds(bounded.sum(0), truth.sum())
    judged = true[:, 0] - true[:, 1]
    rate = share(recovered, finished - not_at_caseness)
    with np.errstate(invalid="ignore", divide="ignore"):
        true_rate = 100 * true[:, 2] / judged
    assert (holds(rate, true_rate) | (judged == 0)).all()
    if judged.sum():
        overall = share(recovered.sum(0), (finished - not_at_caseness).sum(0))
        assert holds(overall, 100 * true[:, 2].sum() / judged.sum())
    assert scan.impossible == 0


@MANY
@given(st.lists(providers(), min_size=2, max_size=12))
def test_a_sum_of_counts_holds_the_sum_of_truths_whatever_the_order(truths):
    with TemporaryDirectory() as folder:
        recovered = ends_of(write_month(folder, truths), RECOVERED)
    true = [truth[2] for truth in truths]
    terms = [recovered[place : place + 1] for place in range(len(true))]
    one, other = total(terms), total(terms[::-1])
    assert holds(one, sum(true)).all()
    assert (one.low[0], one.high[0]) == (other.low[0], other.high[0])
