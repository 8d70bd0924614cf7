"""Employment at the end of treatment by employment at the start, from the annual file where it is supplied.

The metadata of 2024-25 (metadata_variables_annual) label the statuses at the start, and those labels are the only ones
that are taken for a status here. How other years label them is not known: a label that is not among them keeps its row
and is named, and is never counted as one of the known.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import numpy as np

from caseness.audit.promise.model import Employment, Start
from caseness.audit.quantity import quantity_of
from caseness.audit.subject import Subject
from caseness.audit.terms import floored, share_quantity
from caseness.disclosure import Released
from caseness.published.names import column_key
from caseness.results import ANNUAL, Selection
from caseness.stats.bounds import Bounded, overlap, total

KIND = "Employment status at start of treatment"
EVERYONE, OUT_OF_WORK = "everyone", "out_of_work"
EMPLOYED, UNEMPLOYED, SICK, NOT_STATED = "employed", "unemployed", "long_term_sick", "not_stated"

# In the order of the metadata, which is that of the columns of the file.
STARTS = MappingProxyType(
    {
        EMPLOYED: "Employed",
        UNEMPLOYED: "Unemployed and seeking work",
        "student": "Students who are not working or actively seeking work",
        SICK: "Long term sick or disabled, or in receipt of benefit payments",
        "homemaker": "Homemaker who is not working or actively seeking work",
        "not_receiving_benefits": "Not receiving benefits and who are not working or actively seeking work",
        "unpaid_voluntary_work": "Unpaid voluntary work who are not working or actively seeking work",
        "retired": "Retired",
        NOT_STATED: "Not Stated/Not known/Invalid",
    }
)
_FINISHED = "employment_finished_course"
_ENDS = tuple(f"employment_end_{one}" for one in STARTS)
_ID_OF = MappingProxyType({column_key(label): one for one, label in STARTS.items()})
_NAMED = 10
_UNKNOWN = Bounded.of(np.nan, np.nan)

NOT_BENEFITS = (
    "Employment at the end is not what was promised: being employed is not coming off benefits, the end of treatment is not "
    "months later, and nobody like them who was not treated is beside them."
)
_EVERYONE, _OUT_OF_WORK = "Everyone", "Unemployed or long-term sick"

Row = dict[str, Bounded]


def list_doubts(employment: Employment) -> tuple[str, ...]:
    """What a reader of the table has to know of its labels and sums: nothing, where all are known and agree."""
    named = "; ".join(employment.unknown[:_NAMED])
    unknown = (f"Labels that the metadata of 2024-25 do not have, and that were not counted as any other: {named}.",)
    lacks_one = (f"Not printed under a label that is known, so not added up: {_OUT_OF_WORK.lower()}.",)
    return (
        *(unknown if employment.unknown else ()),
        *(() if employment.out_of_work else lacks_one),
        *employment.contradictions,
    )


def count_employment(released: Released, subject: Subject) -> Employment:
    """Employment at the start and the end of treatment in the financial year; without rows where it is not supplied."""
    year = subject.period if subject.period.kind == "year" else subject.period.financial_year()
    wanted = Selection(figures=(_FINISHED, *_ENDS), organisations=(subject.organisation,), bases=(ANNUAL,))
    listed = [one for one in released.select(wanted).table.to_pylist() if one["period_start"] == year.start]
    rows, unknown = _sort(listed)
    starts = tuple(_describe(_id_of(label), label or _EVERYONE, row) for label, row in rows.items())
    out_of_work = _add_out_of_work(rows)
    return Employment(
        ", ".join(sorted({one["source"] for one in listed})),
        year,
        starts,
        _describe(OUT_OF_WORK, _OUT_OF_WORK, out_of_work) if out_of_work else None,
        unknown,
        tuple(_contradictions(rows)),
    )


# By the label that is printed, the known in their order; None is everyone.
def _sort(listed: list[dict]) -> tuple[dict[str | None, Row], tuple[str, ...]]:
    rows: dict[str | None, Row] = {}
    unknown: list[str] = []
    for one in listed:
        if one["split_1"] not in (None, KIND):
            unknown.append(f"{one['split_1']}: {one['group_1']}")
        elif one["group_2"] is not None:
            unknown.append(f"{one['group_1']}: {one['group_2']}")
        else:
            rows.setdefault(one["group_1"], {})[one["figure_id"]] = _bounded(one)
    unknown += [label for label in rows if label is not None and _id_of(label) not in STARTS]
    order = {name: place for place, name in enumerate((EVERYONE, *STARTS))}
    in_order = sorted(rows, key=lambda label: (order.get(_id_of(label), len(order)), label or ""))
    return {label: rows[label] for label in in_order}, tuple(dict.fromkeys(unknown))


def _id_of(label: str | None) -> str:
    return EVERYONE if label is None else _ID_OF.get(column_key(label), "")


def _bounded(one: dict) -> Bounded:
    low, high, value = (np.nan if one[end] is None else one[end] for end in ("low", "high", "value"))
    return Bounded.of([low], [high], [value])


def _add_out_of_work(rows: dict[str | None, Row]) -> Row | None:
    parts = [row for label, row in rows.items() if _id_of(label) in (UNEMPLOYED, SICK)]
    if len(parts) < 2:
        return None
    return {figure: total([row.get(figure, _UNKNOWN) for row in parts]) for figure in (_FINISHED, *_ENDS)}


def _describe(start: str, label: str, row: Row) -> Start:
    finished, ends = row.get(_FINISHED, _UNKNOWN), [row.get(end, _UNKNOWN) for end in _ENDS]
    employed, not_stated = ends[0], ends[-1]
    stated = floored(finished - not_stated)
    # Whoever has no status at the end may have been in work, or not.
    at_most = employed + not_stated
    return Start(
        start,
        label,
        quantity_of(finished),
        tuple(quantity_of(one) for one in ends),
        quantity_of(stated),
        share_quantity(employed, stated),
        share_quantity(employed, finished),
        share_quantity(at_most, finished),
        share_quantity(total([ends[1], ends[3]]), stated),
    )


# What cannot be of one file: statuses at the end that do not make up the finished courses, or starts the total.
def _contradictions(rows: dict[str | None, Row]) -> Iterator[str]:
    for label, row in rows.items():
        ends = total([row.get(end, _UNKNOWN) for end in _ENDS])
        if _differ(ends, row.get(_FINISHED, _UNKNOWN)):
            yield f"{label or _EVERYONE}: the statuses at the end do not add up to the finished courses."
    starts = [row.get(_FINISHED, _UNKNOWN) for label, row in rows.items() if label is not None]
    if starts and None in rows and _differ(total(starts), rows[None].get(_FINISHED, _UNKNOWN)):
        yield "The statuses at the start do not add up to everyone."


def _differ(one: Bounded, other: Bounded) -> bool:
    return bool((one.is_known & other.is_known & ~overlap(one, other)).any())
