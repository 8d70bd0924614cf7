"""Whether people are in work, off sick, not employed or of unknown standing, and by which row of theirs."""

from datetime import date

from oracle.cells import code, text
from oracle.figure import Figure, count
from oracle.pathway import Pathway, recorded
from oracle.reading import DEFAULT, Choices
from oracle.record import Row

EMPLOYED = "01"
NOT_EMPLOYED = ("02", "03", "04", "05", "06", "07", "08")
STATUSES = (EMPLOYED, *NOT_EMPLOYED, "ZZ")
NOT_APPLICABLE = "8"
ABSENCES = ("Y", "N", NOT_APPLICABLE, "Z", "X")

# The order is that of the four measures, and of what is asked first.
GROUPS = ("in work", "off sick", "not employed", "unknown")


def status(row: Row) -> str | None:
    return code(row.get("EmployStatus"), 2)


def absence(row: Row) -> str | None:
    return text(row.get("SickAbsenceInd"))


def group(row: Row | None, choices: Choices = DEFAULT) -> str:
    """The standing that a row tells of; without a row it is unknown.

    >>> group({"EmployStatus": "1", "SickAbsenceInd": "Y"}), group({"EmployStatus": "08"}), group(None)
    ('off sick', 'not employed', 'unknown')
    """
    if row is None:
        return "unknown"
    if status(row) == EMPLOYED and absence(row) in ("N", "Y"):
        return "in work" if absence(row) == "N" else "off sick"
    contradicted = choices.employment_groups == "unknown-first" and absence(row) not in (None, NOT_APPLICABLE)
    return "not employed" if status(row) in NOT_EMPLOYED and not contradicted else "unknown"


def never_recorded(pathway: Pathway) -> bool:
    """Count_EmploymentStatuses is 0."""
    return not any(status(row) and pathway.inside(row.get("EmployStatusRecDate")) for row in pathway.own_file)


def suitable(pathway: Pathway) -> bool:
    """The latest row inside the referral says that employment support suits."""
    rows = [row for row in pathway.linked if pathway.inside(row.get("EmployStatusRecDate"))]
    latest = max(rows, key=recorded, default=None)
    return latest is not None and text(latest.get("EmpSupportInd")) == "Y"


def of_finished(finished: list[Pathway], first: int, last: int) -> dict[str, Figure]:
    """The first and the last standing from receipt to discharge."""
    told = [(pathway, _rows(pathway, pathway.discharge)) for pathway in finished]
    return _firsts(told, f"M{first}") | _lasts(told, f"M{last}")


def at_ends_of_support(treated: list[Pathway]) -> dict[str, Figure]:
    """The first and the last standing until the later of discharge and the last contact of support."""
    told = [(pathway, _rows(pathway, _later(pathway.discharge, pathway.support_last))) for pathway in treated]
    return _firsts(told, "EA050") | _lasts(told, "EA054")


def at_start_of_support(begun: list[Pathway]) -> dict[str, Figure]:
    """The latest standing of those who began support; here the absence may be null."""
    return _lasts([(pathway, _rows_so_far(pathway)) for pathway in begun], "EA276")


_Told = list[tuple[Pathway, list[Row]]]


def _firsts(told: _Told, measure: str) -> dict[str, Figure]:
    return _groups([group(rows[0] if rows else None, pathway.choices) for pathway, rows in told], measure)


def _lasts(told: _Told, measure: str) -> dict[str, Figure]:
    return _groups([group(rows[-1] if rows else None, pathway.choices) for pathway, rows in told], measure)


def _groups(found: list[str], first: str) -> dict[str, Figure]:
    letters, number = first.rstrip("0123456789"), int(first.lstrip("EAM"))
    return {f"{letters}{number + step:03}": count(found.count(name)) for step, name in enumerate(GROUPS)}


def _rows(pathway: Pathway, end: date | None) -> list[Row]:
    """Rows with a listed status and a listed absence, recorded from receipt to `end`, in order."""
    blank_counts = pathway.choices.blank_sickness == "counted"
    rows = (row for row in pathway.linked if _tells(row, blank_counts) and _from_receipt(pathway, row, end))
    return sorted(rows, key=recorded)


def _rows_so_far(pathway: Pathway) -> list[Row]:
    """Recorded until the later of discharge and the end of support that the row itself tells, or the month's end."""
    rows = (row for row in pathway.linked if _tells(row, True) and _from_receipt(pathway, row, _open_end(pathway, row)))
    return sorted(rows, key=recorded)


def _open_end(pathway: Pathway, row: Row) -> date:
    return _later(pathway.discharge, row.get("EmpSupportDischargeDate")) or pathway.month_end


def _tells(row: Row, blank_counts: bool) -> bool:
    return status(row) in STATUSES and (absence(row) in ABSENCES or (blank_counts and absence(row) is None))


def _from_receipt(pathway: Pathway, row: Row, end: date | None) -> bool:
    day = row.get("EmployStatusRecDate")
    return None not in (day, pathway.receipt, end) and pathway.receipt <= day <= end


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two days, or the one that is known."""
    return max(filter(None, (one, other)), default=None)
