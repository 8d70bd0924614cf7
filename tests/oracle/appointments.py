"""Measures that count contacts and logs of the period, among them those by the staff's qualifications."""

from collections.abc import Iterable, Iterator
from datetime import date

from oracle.cells import code
from oracle.figure import Figure, Period, count, ratio
from oracle.lists import ATTENDANCES, FOLLOW_UP, MEDIA, QUALIFICATIONS, THERAPIES, THERAPY_APPOINTMENTS, TREATMENT_TYPES
from oracle.pathway import Pathway
from oracle.record import Contact, Record, Row

QUALIFIED, IN_TRAINING, NEITHER, MISSING = STAFF = ("M1014", "M1015", "M1016", "M1017")


def figures(pathways: list[Pathway], record: Record, period: Period) -> dict[str, Figure]:
    """Every measure of appointments, over the contacts of the pathways that count."""
    dated = [(pathway, contact) for pathway in pathways for contact in pathway.contacts if period.holds(contact.day)]
    attended = [(pathway, contact) for pathway, contact in dated if contact.attended]
    contacts = [contact for _, contact in attended]
    logs = sum(period.holds(log.end) for pathway in pathways for log in pathway.logs)
    return {
        "M082": count(len(dated)),
        **_by_attendance(contact for _, contact in dated),
        "M099": count(sum(pathway.is_employment_support(contact) for pathway, contact in attended)),
        **_by_therapy(contacts, logs),
        "M343": count(logs),
        **_by_medium(contacts),
        "M1011": _long_term(attended, period),
        **_by_staff(attended, record, period),
    }


def _by_attendance(contacts: Iterable[Contact]) -> dict[str, Figure]:
    found = [contact.attendance for contact in contacts]
    return {measure: count(found.count(attendance)) for measure, attendance in ATTENDANCES.items()}


def _by_therapy(contacts: list[Contact], logs: int) -> dict[str, Figure]:
    treated = [contact for contact in contacts if contact.kind in TREATMENT_TYPES]
    numbers = {
        measure: sum(1 for contact in treated if contact.concepts & set(THERAPIES[therapy]))
        for measure, therapy in THERAPY_APPOINTMENTS.items()
    }
    numbers["M108"] += logs
    return {measure: count(number) for measure, number in numbers.items()}


def _by_medium(contacts: list[Contact]) -> dict[str, Figure]:
    media = [contact.medium for contact in contacts]
    unknown = sum(medium not in MEDIA.values() for medium in media)
    return {measure: count(media.count(medium)) for measure, medium in MEDIA.items()} | {"M1009": count(unknown)}


def _long_term(attended: list[tuple[Pathway, Contact]], period: Period) -> Figure:
    """Contacts of integrated long-term condition services, among contacts inside the referral but follow-ups."""
    contacts = [contact for pathway, contact in attended if _in_course(pathway, contact, period)]
    return ratio(sum(contact.long_term == "Y" for contact in contacts), len(contacts), 100)


def _in_course(pathway: Pathway, contact: Contact, period: Period) -> bool:
    if pathway.receipt is None or contact.day is None or contact.kind in (None, FOLLOW_UP):
        return False
    return pathway.receipt <= contact.day <= (pathway.discharge or period.end)


def _by_staff(attended: list[tuple[Pathway, Contact]], record: Record, period: Period) -> dict[str, Figure]:
    standings = [
        staff_standing(contact, _qualifications(pathway, contact, record, period)) for pathway, contact in attended
    ]
    return {measure: count(standings.count(measure)) for measure in STAFF}


def _qualifications(pathway: Pathway, contact: Contact, record: Record, period: Period) -> Iterator[Row]:
    """Rows of IDS902 on any of the contact's staff, in files up to the period's last month."""
    for person in contact.staff:
        for month, row in record.staff.get((pathway.provider, person), ()):
            if month <= period.end:
                yield row


def staff_standing(contact: Contact, rows: Iterable[Row]) -> str:
    """The measure that a contact belongs to: of the four, the first that holds."""
    found = list(rows)
    listed = [row for row in found if code(row.get("QualAttainLevelIAPT"), 2) in QUALIFICATIONS]
    if any(_awarded(row, contact.day) for row in listed):
        return QUALIFIED
    if any(row.get("QualPlannedCompletionDate") for row in listed):
        return IN_TRAINING
    return NEITHER if found else MISSING


def _awarded(row: Row, day: date | None) -> bool:
    awarded = row.get("QualAwardedDate")
    return awarded is not None and day is not None and awarded <= day
