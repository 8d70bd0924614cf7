"""What people say of their assessment and treatment: the answers of one day, out of all that were given until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from caseness.codes import code_list
from caseness.derive.assumed import Options
from caseness.derive.derivation import ANNUAL, SUBMISSION_ROW, Derivation, derivation, gather, lay_on
from caseness.derive.events import Events
from caseness.derive.order import row_in_submission
from caseness.derive.plan import Plan
from caseness.derive.staging import EXPERIENCE
from caseness.record import ROW_ID, SUBMISSION

_SPEC = "NHS England, metadata of the annual measures, 2024-25, patient experience; specification of record and measures, section 2.6"
_RULE = ("experience-day",)
TREATMENT, ASSESSMENT = "treatment", "assessment"
# What is answered, in any of the questions. An answer is packed behind its day and row.
ANSWERS = ("0", "1", "2", "3", "4", "Y", "N", "NA")
_PLACES, _ROWS, _DAYS = 1 << 4, 1 << 30, 1 << 17


@dataclass(frozen=True)
class Question:
    """A question of the patient experience questionnaire: its name in the grains, of which part it is, and its code."""

    name: str
    of: str
    code: str

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that it permits.

        >>> QUESTIONS[0].answers, QUESTIONS[-2].answers
        (('0', '1', '2', '3', '4'), ('Y', 'N', 'NA'))
        """
        found = code_list("CodedAssToolType").find(self.code)
        assert found is not None, f"Unhandled {self.code!r}"
        return tuple(answer for answer in ANSWERS if found.permits(answer))


# In the order of the report. Source of the codes: record-and-measures.md, section 2.6.
QUESTIONS = (
    Question("experience_of_treatment_1", TREATMENT, "747901000000107"),
    Question("experience_of_treatment_2", TREATMENT, "747911000000109"),
    Question("experience_of_treatment_3", TREATMENT, "747921000000103"),
    Question("experience_of_treatment_4", TREATMENT, "747931000000101"),
    Question("experience_of_treatment_5", TREATMENT, "747941000000105"),
    Question("experience_of_treatment_6", TREATMENT, "747951000000108"),
    Question("experience_of_choice_1", ASSESSMENT, "747861000000100"),
    Question("experience_of_choice_2", ASSESSMENT, "747871000000107"),
    Question("experience_of_choice_3", ASSESSMENT, "747881000000109"),
    Question("experience_of_choice_4", ASSESSMENT, "904691000000103"),
    Question("satisfaction_with_assessment", ASSESSMENT, "747891000000106"),
)


@derivation(SUBMISSION_ROW, when_null="Null where the answer is none that the question permits.", source=_SPEC)
def question_place(tool: Any, score_text: Any) -> Any:
    """The place of the question, counted from 1, if the answer is one that it permits."""
    told = (((tool == one.code) & score_text.isin(one.answers), place) for place, one in enumerate(QUESTIONS, start=1))
    return ibis.cases(*told, else_=ibis.null("int64"))


@derivation(SUBMISSION_ROW, when_null="Null without a day or an answer.", source=_SPEC)
def answer_order(answered_on: Any, answer_row: Any, score_text: Any) -> Any:
    """The order of answers, by day and row, with the place of the answer behind it."""
    place = ibis.cases(*((score_text == text, place) for place, text in enumerate(ANSWERS)), else_=ibis.null("int64"))
    days = answered_on.delta(ibis.date(1900, 1, 1), unit="day").cast("int64")
    counted = ibis.greatest(ibis.least(days, _DAYS - 1), 0)
    return ibis.ifelse(days.isnull(), None, (counted * _ROWS + row_in_submission(answer_row)) * _PLACES + place)


_ROWS_OF = (question_place, answer_order)


def _chosen(order: Any, options: Any) -> Any:
    return order.min() if options.experience_day == "first" else order.max()


def _day(order: Any) -> Any:
    return order // (_ROWS * _PLACES)


def _of_part(of: str, question_place: Any, answer_order: Any) -> Any:
    places = [place for place, one in enumerate(QUESTIONS, start=1) if one.of == of]
    return ibis.ifelse(question_place.isin(places), answer_order, None)


def _day_of(of: str) -> Derivation:
    declare = derivation(ANNUAL, when_null="Null where no question was answered.", source=_SPEC, assumed=_RULE)

    def day(question_place: Any, answer_order: Any, answered_on: Any, options: Any) -> Any:
        own = _of_part(of, question_place, answer_order)
        return answered_on.argmin(own) if options.experience_day == "first" else answered_on.argmax(own)

    day.__name__ = f"{of}_answered_date"
    day.__doc__ = f"Day whose answers about {of} count: the last on which any was given, or the first."
    return declare(day)


def _answer_to(question: Question, place: int) -> Derivation:
    declare = derivation(ANNUAL, when_null="Null where it was not answered that day.", source=_SPEC, assumed=_RULE)

    def answer(question_place: Any, answer_order: Any, options: Any) -> Any:
        own = _chosen(ibis.ifelse(question_place == place, answer_order, None), options)
        same = _day(own) == _day(_chosen(_of_part(question.of, question_place, answer_order), options))
        told = own % _PLACES
        return ibis.cases(
            *((same & (told == number), text) for number, text in enumerate(ANSWERS)), else_=ibis.null("string")
        )

    answer.__name__ = question.name
    answer.__doc__ = f"The answer to question {question.code} on the day whose answers about {question.of} count."
    return declare(answer)


DATES = tuple(map(_day_of, (TREATMENT, ASSESSMENT)))
GIVEN = tuple(_answer_to(one, place) for place, one in enumerate(QUESTIONS, start=1))
DERIVATIONS = (*_ROWS_OF, *DATES, *GIVEN)


def answers_of_rows(plan: Plan, all_rows: ibis.Table, rows: ibis.Table, events: Events, options: Options) -> ibis.Table:
    """For each of `rows` until whose month anybody answered: the day that counts and the answers of that day."""
    told = _with_referral(plan, all_rows).union(_with_contact(plan, events))
    ours = rows.select("row_id", "pathway", row_month="month_index")
    beside = ours.inner_join(told, [ours.pathway == told.pathway, ours.row_month >= told.month_index])
    counted = lay_on(beside, _ROWS_OF).filter(lambda each: each.question_place.notnull() & each.answer_order.notnull())
    return gather(counted, ("row_id",), (*DATES, *GIVEN), options)


_TOLD = ("pathway", "month_index", "answered_on", "tool", "score_text", "answer_row")


def _with_referral(plan: Plan, rows: ibis.Table) -> ibis.Table:
    told = plan.read(EXPERIENCE[0]).select(
        SUBMISSION,
        service_request="ServiceRequestId",
        tool="CodedAssToolType",
        score_text="PersScore",
        answered_on="AssToolCompDate",
        answer_row=ROW_ID,
    )
    ours = rows.select(SUBMISSION, "service_request", "pathway", "month_index")
    return ours.inner_join(told, [SUBMISSION, "service_request"]).select(*_TOLD)


def _with_contact(plan: Plan, events: Events) -> ibis.Table:
    told = plan.read(EXPERIENCE[1]).select(
        SUBMISSION, care_activity="CareActId", tool="CodedAssToolType", score_text="PersScore", answer_row=ROW_ID
    )
    contacts = events.contacts.select("contact", "pathway", "month_index", answered_on="contact_date")
    done = events.activities.select(SUBMISSION, "care_activity", "contact").inner_join(contacts, "contact")
    return done.inner_join(told, [SUBMISSION, "care_activity"]).select(*_TOLD)
