"""One pathway as known at the end of one month: the derived columns of section 1.4."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from oracle import scores
from oracle.cells import code, days, minute, text
from oracle.lists import (
    ASSESSMENT_TYPES,
    EMPLOYMENT_APPOINTMENT,
    FOLLOW_UP,
    HIGH_CODES,
    LOW_CODES,
    SICK_PAY,
    THERAPIES,
    TREATMENT_TYPES,
)
from oracle.reading import DEFAULT, Choices
from oracle.record import Answer, Contact, Log, Row


@dataclass(frozen=True)
class Pathway:
    """A counting referral row, with what the counting files of its month and of earlier ones hold of it.

    `first_month` is the month of the first counting file that has the pathway.
    """

    provider: str
    row: Row
    patient: Row
    month_end: date
    contacts: tuple[Contact, ...]
    logs: tuple[Log, ...]
    answers: tuple[Answer, ...]
    complaints: list[tuple[date, Row]]
    employment: list[Row]
    conditions: list[Row]
    disabilities: list[Row]
    circumstances: list[Row]
    first_month: date
    choices: Choices = DEFAULT

    @property
    def receipt(self) -> date | None:
        return self.row.get("ReferralRequestReceivedDate")

    @property
    def discharge(self) -> date | None:
        return self.row.get("ServDischDate")

    @property
    def source(self) -> str | None:
        return code(self.row.get("SourceOfReferralIAPT"), 2)

    @property
    def end_code(self) -> str | None:
        return code(self.row.get("EndCode"), 2)

    @property
    def ethnicity(self) -> str | None:
        return text(self.patient.get("EthnicCategory"))

    def inside(self, day: date | None) -> bool:
        """From receipt to discharge, or to the end of the month for an open referral."""
        return self._from_receipt_to(day, self.discharge or self.month_end)

    def _from_receipt_to(self, day: date | None, end: date) -> bool:
        return day is not None and self.receipt is not None and self.receipt <= day <= end

    @cached_property
    def seen(self) -> list[Contact]:
        """Attended contacts inside the referral, in order."""
        found = [contact for contact in self.contacts if contact.attended and self.inside(contact.day)]
        return sorted(found, key=lambda contact: (contact.day, minute(contact.clock), contact.row_id))

    @cached_property
    def treated(self) -> list[Contact]:
        return [contact for contact in self.seen if contact.kind in TREATMENT_TYPES]

    @cached_property
    def completed_logs(self) -> list[Log]:
        """Logs that had ended by the end of the month and began inside the referral."""
        return [log for log in self.logs if log.end and log.end <= self.month_end and self.inside(log.start)]

    @cached_property
    def log_days(self) -> list[date]:
        return [log.start for log in self.completed_logs if log.start]

    @cached_property
    def sessions(self) -> list[date]:
        """The days of treatment, one for each contact or log, so that a day can stand there twice."""
        return sorted([*_days(self.treated, lambda contact: not contact.employment_support), *self.log_days])

    @property
    def first_session(self) -> date | None:
        return self.sessions[0] if self.sessions else None

    @property
    def second_session(self) -> date | None:
        return self.sessions[1] if len(self.sessions) > 1 else None

    @property
    def last_session(self) -> date | None:
        return self.sessions[-1] if self.sessions else None

    @property
    def treatment_count(self) -> int:
        return len(self.sessions)

    @property
    def contact_count(self) -> int:
        return len(self.seen) + len(self.completed_logs)

    @cached_property
    def assessment(self) -> date | None:
        return min(_days(self.seen, lambda contact: contact.kind in ASSESSMENT_TYPES), default=None)

    @cached_property
    def integrated_contact(self) -> date | None:
        return min(_days(self.seen, _integrated), default=None)

    @cached_property
    def integrated_treatment(self) -> date | None:
        return min(_days(self.treated, lambda contact: contact.long_term == "Y"), default=None)

    @cached_property
    def high_intensity(self) -> date | None:
        return min([*_days(self.treated, lambda contact: contact.concepts & HIGH_CODES), *self.log_days], default=None)

    @cached_property
    def low_intensity(self) -> date | None:
        return min(_days(self.treated, lambda contact: contact.concepts & LOW_CODES), default=None)

    @property
    def completed(self) -> bool:
        return self.discharge is not None and self.treatment_count >= 2

    @property
    def wait(self) -> int | None:
        """Days from receipt to first session."""
        return days(self.receipt, self.first_session)

    @property
    def second_wait(self) -> int | None:
        """Days from first session to second."""
        return days(self.first_session, self.second_session)

    def therapy_count(self, therapy: str) -> int:
        """Contacts with the therapy; internet-enabled therapy counts among the other high-intensity ones."""
        number = sum(1 for contact in self.treated if contact.concepts & set(THERAPIES[therapy]))
        return number + (len(self.completed_logs) if therapy == "OtherHighIntensity" else 0)

    def is_employment_support(self, contact: Contact) -> bool:
        """The rule of EmploymentSupport_Count for one contact."""
        return self.is_support_until(contact, self.support_discharge or self.month_end)

    def is_support_until(self, contact: Contact, end: date) -> bool:
        """The same rule for an end of support that is known otherwise."""
        return contact.attended and (self.is_support_of_code(contact) or self._until_its_end(contact, end))

    def is_support_of_code(self, contact: Contact) -> bool:
        """By its activity: inside the referral and no follow-up, or a follow-up after it."""
        return contact.employment_support and self.in_course_or_after(contact)

    def in_course_or_after(self, contact: Contact) -> bool:
        """Inside the referral and no follow-up, or a follow-up after it; a null type is neither."""
        if contact.kind is None:
            return False
        return self.inside(contact.day) if contact.kind != FOLLOW_UP else self.after(contact.day)

    def after(self, day: date | None) -> bool:
        """Later than the discharge."""
        return bool(day and self.discharge and day > self.discharge)

    def _until_its_end(self, contact: Contact, end: date) -> bool:
        follow_up = contact.employment_support and contact.kind == FOLLOW_UP
        return (follow_up or contact.kind == EMPLOYMENT_APPOINTMENT) and self._from_receipt_to(contact.day, end)

    def is_support_appointment(self, contact: Contact) -> bool:
        """Of the type for employment support, from receipt to the end of that support."""
        end = self.support_discharge or self.month_end
        return contact.kind == EMPLOYMENT_APPOINTMENT and self._from_receipt_to(contact.day, end)

    @cached_property
    def support_days(self) -> list[date]:
        return sorted(_days(self.contacts, self.is_employment_support))

    @property
    def support_first(self) -> date | None:
        return self.support_days[0] if self.support_days else None

    @property
    def support_last(self) -> date | None:
        return self.support_days[-1] if self.support_days else None

    @property
    def supported_in_course(self) -> bool:
        """ES: employment support began by the end of the referral."""
        first, end = self.support_first, self.discharge
        return first is not None and end is not None and self._from_receipt_to(first, end)

    @property
    def therapy_alone(self) -> bool:
        """TT only: employment support never began, or began after the end of the referral."""
        return self.support_first is None or self.after(self.support_first)

    @cached_property
    def own_file(self) -> list[Row]:
        """The patient's employment rows in the file of this row."""
        return [row for row in self.employment if row["submission"] == self.row["submission"]]

    @property
    def linked(self) -> list[Row]:
        """The employment rows whose standing at work is the pathway's."""
        return self.own_file if self.choices.employment_rows == "own-submission" else self.employment

    @cached_property
    def support_discharge(self) -> date | None:
        """EmpSupportDischargeDate of the patient's latest employment row in the file of this row."""
        latest = max(self.own_file, key=recorded, default=None)
        return latest.get("EmpSupportDischargeDate") if latest else None

    @cached_property
    def sick_pay(self) -> tuple[str | None, str | None]:
        """SickpayIndicator_First and _Last."""
        rows = sorted((row for row in self.own_file if self.inside(row.get("EmployStatusRecDate"))), key=recorded)
        valid = [value for value in (text(row.get("SSPInd")) for row in rows) if value in SICK_PAY]
        return (valid[0], valid[-1]) if valid else (None, None)

    @cached_property
    def scores(self) -> dict[str, scores.Pair]:
        return scores.pairs(self.answers, self.inside, ended=self.discharge is not None)

    @cached_property
    def specific(self) -> str | None:
        return scores.specific_measure(self.problem)

    @cached_property
    def problem(self) -> str | None:
        """Validated_PresentingComplaint of the complaint that stands for the pathway."""
        own = self.choices.problem_rows == "own-submission"
        told = [
            (filed, row) for filed, row in self.complaints if not own or row["submission"] == self.row["submission"]
        ]
        return scores.chosen_problem(told)

    @cached_property
    def anxiety(self) -> str:
        return scores.anxiety_measure(self.specific, self.scores)


def _days(contacts: Iterable[Contact], wanted) -> Iterator[date]:
    return (contact.day for contact in contacts if contact.day and wanted(contact))


def _integrated(contact: Contact) -> bool:
    return contact.long_term == "Y" and contact.kind not in (None, FOLLOW_UP)


def recorded(row: Row) -> tuple[bool, date, int]:
    """The place of an employment row; without a date it comes before those that have one."""
    day = row.get("EmployStatusRecDate")
    return day is not None, day or date.min, row["row_id"]
