"""The signals of one course: each rule looked at in turn, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from caseness.feedback import flags
from caseness.feedback.case import Case, measured_norms, norm_for
from caseness.feedback.judging import STRICT, worse_end
from caseness.feedback.norms import Norms
from caseness.feedback.risk import risk_signals
from caseness.feedback.rules import Rules, read_rules
from caseness.feedback.signal import NOT_SEEN, Kind, Signal, Urgency, most_urgent_first
from caseness.feedback.trajectory import TREATMENT, Trajectory
from caseness.feedback.words import make_signal, say_change, say_day

# Where the better half of people lies: low scores are good, or high ones.
_BETTER = {1: "below", -1: "above"}


@dataclass(frozen=True)
class Listed:
    """A course with its signals."""

    course: Trajectory
    signals: tuple[Signal, ...]


def signals_of(
    course: Trajectory, norms: Norms | None = None, rules: Rules | None = None, demonstration: bool = False
) -> tuple[Signal, ...]:
    """The signals that hold for a course on the day on which it is looked at, the most urgent first.

    Parameters
    ----------
    course : Trajectory
    norms : Norms or None
        Their bands are used where they were enabled and passed, and their accuracy is told. Norms of made-up people
        count for nothing, save in a demonstration.
    rules : Rules or None
        None gives those that come with the package.
    demonstration : bool
        Whether nobody is treated by what this shows.

    Returns
    -------
    tuple of Signal
        Empty where nothing was noticed, which is no assurance.

    Examples
    --------
    >>> from datetime import date
    >>> from caseness.feedback import SessionScore, Trajectory
    >>> scores = tuple(SessionScore(n, date(2026, 3, 2 + 7 * (n - 1)), total) for n, total in enumerate([12, 14, 19], 1))
    >>> (found,) = signals_of(Trajectory("a1", "phq9", scores, date(2026, 3, 20)))
    >>> found.title, found.since.isoformat()
    ('Worse at the start', '2026-03-16')
    >>> found.why
    'PHQ-9 was 12 at the start and 19 at session 3: 7 points worse. That is more than the error of the questionnaire.'
    """
    held = measured_norms(norms, demonstration)
    case = Case(course, rules or read_rules(), held, norm_for(course, norms, demonstration))
    return most_urgent_first(one for look in _LOOKS for one in look(case))


def signals_of_caseload(
    courses: Iterable[Trajectory],
    norms: Norms | None = None,
    rules: Rules | None = None,
    demonstration: bool = False,
) -> tuple[Listed, ...]:
    """Courses with their signals, those to look at first at the top. A course without a signal is left out.

    Somebody with several questionnaires was not seen once: it is told with the first of them.
    """
    used = rules or read_rules()
    listed = [Listed(one, signals_of(one, norms, used, demonstration)) for one in courses]
    return tuple(sorted(_told_once(listed), key=_order))


def _told_once(listed: Iterable[Listed]) -> Iterator[Listed]:
    told: set[str] = set()
    for one in listed:
        new = tuple(each for each in one.signals if each.is_of_scores or one.course.reference not in told)
        told |= {one.course.reference for each in new if not each.is_of_scores}
        if new:
            yield Listed(one.course, new)


def _order(one: Listed) -> tuple[int, int, str, str]:
    first = one.signals[0]
    return -first.urgency, -first.since.toordinal(), one.course.reference, one.course.instrument_id


def _worse(case: Case) -> Iterator[Signal]:
    held = case.arrays
    since = case.since(flags.deteriorated(held))
    if since is None:
        return
    is_first = bool(flags.adverse_at_first(held, case.rules)[-1])
    name = "adverse-initial-response" if is_first else "reliable-deterioration"
    why = f"{say_change(case)} That is more than the error of the questionnaire."
    yield make_signal(case, name, why, f"Totals of {case.name}; {case.change_source()}.", Urgency.NEXT_SESSION, since)


def _no_early_response(case: Case) -> Iterator[Signal]:
    since = case.since(flags.without_early_response(case.arrays, case.rules))
    if since is not None:
        session = case.rules.whole("early_session")
        why = f"{say_change(case)} By session {session} no score was reliably better than the first, and none has been since."
        rests_on = f"Totals of {case.name}; {case.change_source()}; session {session}. {_source(case, 'early_session')}"
        yield make_signal(case, "no-early-response", why, rests_on, Urgency.SUPERVISION, since)


def _beyond_band(case: Case) -> Iterator[Signal]:
    if case.norm is None or not case.scores:
        return
    held, norm = case.arrays, case.norm
    narrow, wide = (flags.beyond(held, worse_end(held, content, norm)) for content in norm.contents)
    since = case.since(narrow)
    if since is None:
        return
    is_strict = bool(wide[-1])
    content = norm.contents[int(is_strict)]
    urgency = Urgency.NEXT_SESSION if is_strict else Urgency.SUPERVISION
    yield make_signal(
        case, "beyond-expected-band", _say_band(case, content), _say_norm(case), urgency, since, measured_as=STRICT if is_strict else ""
    )  # fmt: skip


def _say_band(case: Case, content: float) -> str:
    assert case.norm is not None, "without a norm nothing is beyond a band"
    held, last = case.arrays, case.scores[-1]
    low, high = (float(end[-1]) for end in case.norm.band(held.intake, held.session, content))
    middle = float(case.norm.middle(held.intake, held.session)[-1])
    return (
        f"{case.name} is {last.total:g} at session {last.session}. Of people who began alike {content:.0%} lay between "
        f"{round(low, 2):g} and {round(high, 2):g} at that session, half of them {_BETTER[held.sign]} {round(middle, 1):g}."
    )


def _say_norm(case: Case) -> str:
    norm, norms = case.norm, case.norms
    assert norm is not None, "without a norm nothing is beyond a band"
    assert norms is not None, "a norm is one of norms"
    months = f"{norms.months[0]} to {norms.months[-1]}"
    made_up = f" {norms.made_up}" if norms.made_up else ""
    return (
        f"Norms of {norms.record}, {months}: {norm.courses:,} courses of {norm.intensity} intensity. Bands beyond early "
        f"sessions are of those who were still there.{made_up}"
    )


def _sudden(case: Case) -> Iterator[Signal]:
    for name, is_loss, kind in (("sudden-loss", True, Kind.CONCERN), ("sudden-gain", False, Kind.TURNING_POINT)):
        known = flags.sudden(case.arrays, case.rules, is_loss) if case.scores else np.zeros(0, np.int64)
        if not len(known) or not known[-1]:
            continue
        session = int(known[-1])
        before, after = (next(one for one in case.scores if one.session == each) for each in (session, session + 1))
        way = "worse" if is_loss else "better"
        why = (
            f"{case.name} went from {before.total:g} at session {session} to {after.total:g} at session {session + 1}, and the "
            f"sessions after it were {way} than those before."
        )
        rests_on = f"Totals of {case.name}; the criteria of Tang & DeRubeis (1999), with the {case.change_source()} for the least step."
        urgency = Urgency.SUPERVISION if is_loss else Urgency.NOTE
        yield make_signal(case, name, why, rests_on, urgency, after.day, kind)


def _doubtful_first(case: Case) -> Iterator[Signal]:
    line = case.rules.of("implausible_first_on_ors")
    if case.course.instrument_id == "ors" and case.scores and case.scores[0].total > line:
        first = case.scores[0]
        why = f"ORS began at {first.total:g}, above {line:g}: hardly anybody who asks for help rates the week so high."
        rests_on = f"The first total of ORS; {_source(case, 'implausible_first_on_ors')}"
        yield _doubt(case, "implausible-first-score", why, rests_on, flag=np.ones(len(case.scores), bool))


def _sawtooth(case: Case) -> Iterator[Signal]:
    points = flags.sawtooth_points(case.arrays, case.rules)
    flag = flags.sawtooth(case.arrays, case.rules)
    if case.since(flag) is not None and points is not None:
        turns = case.rules.whole("sawtooth_changes")
        why = f"{case.name} has changed direction {turns} times or more, each time by {points:g} points or more."
        rests_on = f"Totals of {case.name}; {_source(case, 'sawtooth_changes')} For other questionnaires than the ORS the size of a step is assumed."
        yield _doubt(case, "sawtooth", why, rests_on, flag)


def _flat(case: Case) -> Iterator[Signal]:
    flag = flags.flat_line(case.arrays, case.rules)
    if case.since(flag) is not None:
        sessions, last = case.rules.whole("flat_sessions"), case.scores[-1]
        why = f"{case.name} was {last.total:g} in each of the last {sessions} sessions with a score, or more."
        yield _doubt(
            case,
            "flat-line",
            why,
            f"Totals of {case.name}. The number of sessions: {_source(case, 'flat_sessions')}",
            flag,
        )


def _doubt(case: Case, name: str, why: str, rests_on: str, flag: flags.Bools) -> Signal:
    since = case.since(flag)
    assert since is not None, "it was looked at before"
    return make_signal(case, name, why, rests_on, Urgency.NOTE, since, Kind.DOUBT_ABOUT_SCORES)


def _not_seen(case: Case) -> Iterator[Signal]:
    days, seen = case.course.days_since_seen(), case.course.last_seen
    usual, long = (case.rules.whole(name) for name in ("not_seen_days", "not_seen_long_days"))
    if days is None or seen is None or days < usual or not case.course.is_open or _waits(case.course):
        return
    line = long if days >= long else usual
    missed = sum(one.attended is False and one.day > seen for one in case.course.contacts)
    why = f"Last seen on {say_day(seen)}, {days} days ago. Appointments missed or cancelled since: {missed}."
    rests_on = f"Attended contacts and days of scores; {line} days: {_source(case, 'not_seen_days')}"
    urgency = Urgency.NEXT_SESSION if line == long else Urgency.SUPERVISION
    yield make_signal(case, NOT_SEEN, why, rests_on, urgency, seen + timedelta(days=line))


# Somebody who was assessed and waits for treatment is on a waiting list, which is not for a therapist to end.
def _waits(course: Trajectory) -> bool:
    attended = [one for one in course.contacts if one.attended]
    return bool(attended) and not any(one.kind == TREATMENT for one in attended)


def _source(case: Case, name: str) -> str:
    one = case.rules.numbers[name]
    return f"{one.source}." if one.verified else f"{one.reason.rstrip('.')}{f' ({one.source})' if one.source else ''}."


_LOOKS = (
    risk_signals, _worse, _beyond_band, _no_early_response, _sudden, _doubtful_first, _sawtooth, _flat, _not_seen,
)  # fmt: skip
