"""Hold the promise against the record: the same cohort, promised and published, people and money."""

from __future__ import annotations

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost import Costs
from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cube
from caseness.audit.promise.account import keep_account
from caseness.audit.promise.chain import read_every_way
from caseness.audit.promise.employment import count_employment
from caseness.audit.promise.model import Promise, Reading
from caseness.audit.quantity import quantity_of
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.audit.terms import pick, share_quantity
from caseness.disclosure import Released
from caseness.stats.bounds import Bounded

_WHY_BLANK = (
    "The promise follows one cohort from treatment to recovery. Before April 2021 no basis prints how many ended after "
    "one contact, so there is no cohort to hold it against."
)
_NEEDED = (
    "How many were on out-of-work benefits when treatment began, how many of them were off those benefits six and twelve "
    "months after it ended, and the same for comparable people who were not treated."
)
_NO_FILE = (
    " The annual report has a file of employment status at the start and the end of treatment (its name holds "
    "employment-status or emp-status). It is read where it is supplied, and none of this year is among these figures: "
    "caseness fetch annual fetches it. It follows nobody beyond the end of treatment."
)

# The agreed end of a course, and those on sick pay at the first contact and not at the last.
_AGREED, _OFF_SICK_PAY = "M066", "M237"


def hold_against(
    record: Record, released: Released, subject: Subject, costs: Costs | None, assumptions: Assumptions
) -> Promise:
    """Hold the promise against one organisation and period.

    >>> from caseness.audit.assumptions import read_shipped_assumptions
    >>> from caseness.audit.record import gather
    >>> from caseness.audit.subject import choose
    >>> from caseness.disclosure import release
    >>> from caseness.published import Embedded
    >>> record = gather(Embedded())
    >>> subject = choose(record, "2024-25")
    >>> promise = hold_against(record, release(Embedded()), subject, None, read_shipped_assumptions())
    >>> round(promise.main.shortfall.value), [round(one.recoveries.value) for one in promise.main.terms]
    (70934, [55221, 19012, -3299])
    """
    cube = record.by_month(subject.period)
    counts = _counts_of(cube, subject)
    readings = read_every_way(counts, cube.basis, assumptions)
    off = counts[_OFF_SICK_PAY]
    employment = count_employment(released, subject)
    return Promise(
        subject.organisation,
        subject.period,
        readings,
        keep_account(_main(readings), costs, assumptions, cube.basis),
        quantity_of(off),
        share_quantity(off, counts["finished_course"]),
        employment,
        _NEEDED if employment.source else _NEEDED + _NO_FILE,
        "" if readings else _WHY_BLANK,
    )


def _main(readings: tuple[Reading, ...]) -> Reading | None:
    return next((one for one in readings if one.is_main), None)


def _counts_of(cube: Cube, subject: Subject) -> dict[str, Bounded]:
    planes = {name: count(cube, name) for name in COUNTS} | {"agreed": cube.plane(_AGREED)}
    planes[_OFF_SICK_PAY] = cube.plane(_OFF_SICK_PAY)
    return {name: pick(plane, cube, subject.period, subject.organisation) for name, plane in planes.items()}
