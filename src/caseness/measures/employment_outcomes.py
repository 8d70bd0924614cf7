"""What became of those who finished: with therapy only, and with employment support before the referral ended."""

from caseness.measures.algebra import Condition, Measure, condition, count, ended, mean, median, percentage
from caseness.measures.chapter import EMPLOYMENT_CATALOGUE, Chapter
from caseness.measures.columns import PATHWAY
from caseness.measures.conditions import finished, number, present
from caseness.measures.outcomes import deteriorated, improved, not_at_caseness, recovered, unchanged

_PARTS = ("work", "social_leisure", "relationships", "private_leisure", "home_management")


@condition
def therapy_only(employment_support_first_date, discharge_date):
    """without employment support before the end"""
    return employment_support_first_date.isnull() | (employment_support_first_date > discharge_date)


@condition
def supported_before_end(employment_support_first_date, referral_date, discharge_date):
    """with employment support before the end"""
    return employment_support_first_date.between(referral_date, discharge_date)


# Ten measures of one group: counts of outcomes, and their shares as for all who finish.
def _outcomes(first_id: int, says: str, group: Condition) -> tuple[Measure, ...]:
    ids, of = [f"M{first_id + step}" for step in range(10)], finished & group

    def counted(step: int, title: str, where: Condition | None = None) -> Measure:
        return count(ids[step], f"Finished, {says}{title}", on=ended, where=of & where if where else of)

    everybody, below = counted(0, ""), counted(1, ": not at caseness at the start", not_at_caseness)
    better, recovery = counted(2, ": reliable improvement", improved), counted(6, ": recovery", recovered)
    both = counted(8, ": reliable recovery", recovered & improved)
    return (
        everybody,
        below,
        better,
        percentage(ids[3], f"Rate of reliable improvement, {says}", better, everybody),
        counted(4, ": no reliable change", unchanged),
        counted(5, ": reliable deterioration", deteriorated),
        recovery,
        percentage(ids[7], f"Rate of recovery, {says}", recovery, everybody - below),
        both,
        percentage(ids[9], f"Rate of reliable recovery, {says}", both, everybody - below),
    )


# Five measures of the question about work: how many answered it twice, then mean and median at the start and at the end.
def _work(first_id: int, says: str, group: Condition) -> tuple[Measure, ...]:
    first, last = number("wsas_work_first", "first scores on work"), number("wsas_work_last", "last scores on work")
    paired = finished & group & present("wsas_work_last", "that answered twice on work")
    ids = [f"EA{first_id + step:03}" for step in range(5)]
    return (
        count(ids[0], f"WSAS, work, {says}: answered twice or more", on=ended, where=paired),
        mean(ids[1], f"WSAS, work, {says}: mean at the start", first, on=ended, where=paired),
        median(ids[2], f"WSAS, work, {says}: median at the start", first, on=ended, where=paired),
        mean(ids[3], f"WSAS, work, {says}: mean at the end", last, on=ended, where=paired),
        median(ids[4], f"WSAS, work, {says}: median at the end", last, on=ended, where=paired),
    )


# The catalogue takes the mean by pathway here, and so lists its number.
def _total(end: str) -> Condition:
    columns = tuple(f"wsas_{part}_{end}" for part in _PARTS)
    return Condition(
        columns, f"{end} totals of the five questions", lambda *cells: sum(cells[1:], cells[0]), (PATHWAY,)
    )


_all_twice = Condition(
    tuple(f"wsas_{part}_last" for part in _PARTS),
    "that answered all five questions twice",
    lambda *cells: (
        cells[0].notnull() & cells[1].notnull() & cells[2].notnull() & cells[3].notnull() & cells[4].notnull()
    ),
)


def _mean_total(figure_id: str, end: str, at: str, says: str, group: Condition) -> Measure:
    title = f"WSAS, all five, {says}: mean at the {at}"
    return mean(figure_id, title, _total(end), on=ended, where=finished & group & _all_twice)


_ALONE, _WITH = "therapy only", "with employment support"

CHAPTER = Chapter(
    "employment-outcomes",
    "Outcomes with and without employment support",
    "Who gets support differs from who does not, so a difference here is not what support brings about.",
    (
        *_work(58, _WITH, supported_before_end),
        *_work(83, _ALONE, therapy_only),
        _mean_total("EA282", "first", "start", _WITH, supported_before_end),
        _mean_total("EA283", "first", "start", _ALONE, therapy_only),
        _mean_total("EA284", "last", "end", _WITH, supported_before_end),
        _mean_total("EA285", "last", "end", _ALONE, therapy_only),
        *_outcomes(296, _ALONE, therapy_only),
        *_outcomes(306, _WITH, supported_before_end),
    ),
    EMPLOYMENT_CATALOGUE,
)
