"""Which questionnaires belong to a session, and what somebody entered on one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from caseness.derive.lists import SPECIFIC, tool
from caseness.instruments import Instrument, instrument, instruments, score
from caseness.web.caseload.models import Problem, Score
from caseness.web.caseload.refusals import NotAccepted

# What the programme asks for at each session. Source: IAPT data set v2.1, minimum data set of a session.
ALWAYS = ("phq9", "gad7", "wsas")


@dataclass(frozen=True)
class Answered:
    """One questionnaire as it was entered: its answers in order, None where one is blank, or the total alone."""

    instrument_id: str
    total: float | None = None
    items: tuple[float | None, ...] = ()

    @property
    def questionnaire(self) -> Instrument:
        """The questionnaire that was filled in."""
        return instrument(self.instrument_id)


def can_be_entered(one: Instrument) -> bool:
    """Whether a score of it can be entered: there is a total, with a range."""
    return one.low is not None


def is_by_item(one: Instrument) -> bool:
    """Whether it is entered item by item: the licence lets the wording be shown, and the answers make the total.

    >>> is_by_item(instrument("phq9")), is_by_item(instrument("wsas"))
    (True, False)
    """
    return bool(one.wording) and one.total != "none"


def measure_of(code: str) -> str | None:
    """The questionnaire that belongs to a problem, by the code of the problem; None where it is the GAD-7.

    >>> measure_of("F42.1"), measure_of("F32"), measure_of("83482000")
    ('oci', None, 'biq')
    """
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    found = (one for one in SPECIFIC if (plain == one.problem if one.is_whole else plain.startswith(one.problem)))
    specific = next(found, None)
    return tool(specific.tool).instrument_id if specific else None


def sheet_of(problems: Iterable[Problem], also: Iterable[str] = ()) -> tuple[Instrument, ...]:
    """The questionnaires of a session: those that are always asked for, that of the problem, and others that were chosen."""
    own = (measure_of(one.code) for one in problems)
    known = {one.id for one in instruments() if can_be_entered(one)}
    names = dict.fromkeys([*ALWAYS, *filter(None, own), *(name for name in also if name in known)])
    return tuple(instrument(name) for name in names)


def total_of(answered: Answered) -> float | None:
    """The total of what was entered, by the questionnaire's own rule for missing answers.

    None where too many answers lack and no total was entered: what was answered counts, and no total is made up.

    >>> total_of(Answered("phq9", None, (*[None] * 8, 3))), total_of(Answered("phq9", 12, (*[None] * 8, 3)))
    (None, 12)

    Raises
    ------
    NotAccepted
        If nothing was answered, a total is out of range, or the total that was entered cannot be that of the answers.
    """
    one, field = answered.questionnaire, f"{answered.instrument_id}-total"
    if not answered.items:
        return _in_range(one, field, answered.total)
    if not is_by_item(one) or len(answered.items) != len(one.items):
        raise NotAccepted(field, f"{one.short_name} is entered as a total here.")
    found = score(one, answered.items)
    if not found.answered or found.answered + found.missing + found.not_applicable < len(one.items):
        raise NotAccepted(f"{one.id}-1", f"{one.short_name} has no total. {found.reason}")
    if answered.total is None:
        return found.total
    _require_possible(one, answered.items, _in_range(one, field, answered.total), field)
    return answered.total


def has_entered_total(made: Score) -> bool:
    """Whether somebody entered its total, beside answers that do not make it by themselves."""
    if made.total is None or None not in made.items:
        return False
    return score(instrument(made.instrument_id), made.items).total != float(made.total)


# Where answers lack, the total lies between those that the lightest and the heaviest of them would make.
def _require_possible(one: Instrument, answers: tuple[float | None, ...], total: float, field: str) -> None:
    least, most = sorted(_filled(one, answers, is_high) for is_high in (False, True))
    if least - 0.005 <= total <= most + 0.005:
        return
    come_to = f"{least:g}" if least == most else f"between {least:g} and {most:g}"
    raise NotAccepted(
        field, f"The answers of {one.short_name} come to {come_to}, and not to {total:g}. Look at them again."
    )


def _filled(one: Instrument, answers: tuple[float | None, ...], is_high: bool) -> float:
    ends = [item.high if is_high != item.is_reversed else item.low for item in one.items]
    found = score(one, [end if given is None else given for given, end in zip(answers, ends, strict=True)])
    assert found.total is not None, "a form without a blank has a total"
    return found.total


def _in_range(one: Instrument, field: str, total: float | None) -> float:
    if total is None or one.low is None or one.high is None:
        raise NotAccepted(field, f"Enter a total of {one.short_name}.")
    if not one.low <= total <= one.high:
        raise NotAccepted(field, f"The total of {one.short_name} lies between {one.low:g} and {one.high:g}.")
    if round(total, one.decimals) != total:
        raise NotAccepted(field, f"The total of {one.short_name} has {one.decimals or 'no'} decimals.")
    return total
