"""From a record to one case: find the referral, take its rows, and say in days from the referral what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from caseness.casebook.circumstances import alliance_of, count_notes, ending_of, goals_of, life_of
from caseness.casebook.finding import REFERRAL, find_referral
from caseness.casebook.keys import pseudonym
from caseness.casebook.meetings import meaning, meetings_of
from caseness.casebook.model import Case
from caseness.casebook.official import official_of
from caseness.casebook.rows import PERSON, CaseRows, Row, take_rows
from caseness.casebook.scores import measured_of
from caseness.casebook.watching import watch
from caseness.codes import code_list
from caseness.errors import UnclearCase
from caseness.feedback.case import say_others
from caseness.feedback.norms import Norms
from caseness.read import Record, mark_of

_OLDEST, _TEN = 90, 10
# How the notes of a practice sheet mark what the sheet does not say, such as when a person was referred.
_ASSUMED = "(assumed)"


def make_case(
    record: Record,
    asked: str,
    key: bytes,
    provider: str | None = None,
    with_notes: bool = False,
    norms: Norms | None = None,
    demonstration: bool = False,
) -> Case:
    """One course of a record as a case.

    Parameters
    ----------
    record : a record that was read
    asked : the provider's own identifier of the referral, its pathway number, or its pseudonym
    key : what pseudonyms are made with (`open_key`)
    provider : the code of the provider, where several use the same identifier
    with_notes : whether free text is taken along, which may identify a person
    norms, demonstration : as for `caseness.casebook.watching.watch`

    Raises
    ------
    UnknownCase
        If the record has no such referral.
    UnclearCase
        If it may be that of more than one person.
    """
    named = find_referral(record, asked, key, provider)
    rows = take_rows(record, named)
    case = case_of(rows, pseudonym(key, named.provider, named.referral), with_notes)
    others = say_others(norms, [named.provider])
    case = replace(case, official=official_of(rows), norms_of_others=others)
    return watch(case, norms, demonstration)


def case_of(rows: CaseRows, name: str, with_notes: bool = False) -> Case:
    """The case that the rows of one referral make by themselves, without signals and without the official measures."""
    referral = rows.latest(REFERRAL)[-1]
    received = _received(referral)
    meetings = meetings_of(rows, received)
    measured, left_out = measured_of(rows, received, referral["ServDischDate"], meetings)
    return replace(
        _who(rows, name, referral, received),
        meetings=meetings,
        logs=len({each["StartDateIntEnabledTherLog"] for each in rows.rows("IDS205InternetTherLog")}),
        measured=measured,
        left_out=left_out,
        ending=ending_of(rows, referral, received, with_notes),
        goals=goals_of(rows, received, with_notes),
        alliance=alliance_of(rows, received),
        life=life_of(rows, meetings, received, with_notes),
        notes_left_out=0 if with_notes else count_notes(rows),
        has_notes=with_notes and count_notes(rows) > 0,
    )


def _who(rows: CaseRows, name: str, referral: Row, received: date) -> Case:
    person = _person(rows)
    return Case(
        pseudonym=name,
        received=received,
        known_until=(max(one.period_end for one in rows.submissions) - received).days,
        age_group=_age_group(person, received),
        gender=meaning("Gender", person.get("Gender")),
        source=meaning("SourceOfReferralIAPT", referral["SourceOfReferralIAPT"]),
        problem=_problem(rows),
        problem_months=_months_before(referral["OnsetDate"], received),
        other_referrals=rows.others,
        remarks=tuple(_remarks(rows)),
        made_up=mark_of(rows.notes),
    )


def _received(referral: Row) -> date:
    if referral["ReferralRequestReceivedDate"] is None:
        raise UnclearCase(
            "The referral has no day on which it was received, and all days of a course are counted from it. Nothing was shown. Fill in "
            "ReferralRequestReceivedDate, and export again."
        )
    return referral["ReferralRequestReceivedDate"]


def _remarks(rows: CaseRows) -> Iterable[str]:
    if rows.incomplete:
        yield f"Rows of this course that lack their day, or what they are of, and are not shown: {rows.incomplete}."
    yield from (f"Of the whole record: {note}" for note in rows.notes if _ASSUMED in note)


def _person(rows: CaseRows) -> Row:
    return next(iter(reversed(rows.latest(PERSON))), {})


def _age_group(person: Row, received: date) -> str:
    born: date | None = person.get("PersonBirthDate")
    if born is None:
        return ""
    age = received.year - born.year - ((received.month, received.day) < (born.month, born.day))
    return age_band(age)


def age_band(age: int) -> str:
    """An age in completed years as a band of ten, wide at both ends, so that few are alone in theirs.

    >>> age_band(17), age_band(34), age_band(93)
    ('under 20', '30 to 39', '90 or over')
    """
    if age < 2 * _TEN:
        return f"under {2 * _TEN}"
    return f"{_OLDEST} or over" if age >= _OLDEST else f"{age // _TEN * _TEN} to {age // _TEN * _TEN + _TEN - 1}"


# As the record has it: the primary problem of the latest submission, and else any that is given.
def _problem(rows: CaseRows) -> str:
    found = sorted(rows.latest("IDS603PresentingComplaints"), key=lambda each: each["PresCompCodSig"] != "1")
    known = (code_list("PresComp").meaning_of(each["PresComp"]) for each in found)
    return next(filter(None, known), "")


def _months_before(onset: str | None, received: date) -> int | None:
    year, _, month = (onset or "").partition("-")
    if not (year.isdigit() and month.isdigit()):
        return None
    return (received.year - int(year)) * 12 + received.month - int(month)
