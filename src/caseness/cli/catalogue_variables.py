"""What `caseness catalogue` says of the variables that figures can be broken down by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseness.cli.show import Table
from caseness.derive.catalogue import find_derivation, submitted_by
from caseness.derive.sets import MEDIA
from caseness.derive.submitted import SUBMITTED
from caseness.errors import UnknownName
from caseness.measures import Variable, all_variables, find_variable
from caseness.measures.assumed import EVERYWHERE, status_of_variable
from caseness.measures.breakdown import DECILE, ENDED_IN_PERIOD
from caseness.measures.errata import errata_of
from caseness.measures.lineage import uids_of_variable
from caseness.measures.variables import broken_down_officially

# Columns that a variable reads and that are no derivation by that name.
_READ = {
    DECILE: ("IDS001MPI.Postcode",),
    ENDED_IN_PERIOD: ("IDS101Referral.ServDischDate",),
    MEDIA.name: (
        SUBMITTED["medium"],
        *submitted_by(find_derivation("attended")),
        *submitted_by(find_derivation("inside")),
    ),
}


@dataclass(frozen=True)
class ValueEntry:
    """What the catalogue says of one value: its main group, its label, and its condition in words."""

    within: str
    label: str
    condition: str


@dataclass(frozen=True)
class VariableEntry:
    """What the catalogue says of one variable."""

    id: str
    title: str
    official: bool
    called: str
    overlaps: bool
    wholes: bool
    values: tuple[ValueEntry, ...]
    why_it_matters: str
    status: str
    assumptions: tuple[str, ...]
    reads: tuple[str, ...]
    submitted: tuple[str, ...]
    official_items: tuple[str, ...]
    official_measures: tuple[str, ...]
    errata: tuple[str, ...]


def names_a_variable(name: str) -> bool:
    """Whether a text names a variable, and not a measure. One that begins like an id of theirs is meant to."""
    if re.match(r"\s*(V\d|annual-)", name, re.IGNORECASE):
        return True
    try:
        find_variable(name)
    except UnknownName:
        return False
    return True


def variable_entries() -> tuple[VariableEntry, ...]:
    """The entries of all variables."""
    return tuple(map(variable_entry, all_variables().values()))


def variable_entry(variable: Variable) -> VariableEntry:
    """The entry of a variable."""
    return VariableEntry(
        id=variable.id,
        title=variable.title,
        official=variable.is_official,
        called=variable.called,
        overlaps=variable.overlaps,
        wholes=bool(variable.wholes),
        values=tuple(ValueEntry(value.within, value.label, value.says) for value in variable.values),
        why_it_matters=variable.why,
        status=status_of_variable(variable),
        assumptions=(*EVERYWHERE, *variable.assumed),
        reads=tuple(f"attributes.{name}" for name in variable.columns),
        submitted=tuple(sorted({each for name in variable.columns for each in _submitted(name)})),
        official_items=tuple(sorted(uids_of_variable(variable))),
        official_measures=broken_down_officially() if variable.is_official else (),
        errata=tuple(f"{one.number}: {one.says} {one.resolved}" for one in errata_of(variable.id)),
    )


def _submitted(name: str) -> tuple[str, ...]:
    if name in _READ:
        return _READ[name]
    return (SUBMITTED[name],) if name in SUBMITTED else submitted_by(find_derivation(name))


def variables_table(entries: tuple[VariableEntry, ...]) -> Table:
    """All variables."""
    rows = tuple(
        (
            one.id,
            one.title,
            str(len(one.values)),
            "overlap" if one.overlaps or one.wholes else "add up",
            one.status.partition(":")[0],
        )
        for one in entries
    )
    official = sum(one.official for one in entries)
    values = sum(len(one.values) for one in entries if one.official)
    notes = (
        f"{official} are official, with {values} values, and are published by quarter. `caseness catalogue V007` says more of one.",
        "`caseness measures compute DIR --breakdown V007` breaks figures down.",
    )
    columns = ("Id", "Title", "Values", "They", "Status")
    return Table("breakdowns", f"{len(rows)} variables to break figures down by", columns, rows, notes)


def variable_tables(entry: VariableEntry) -> list[Table]:
    """One variable: what it is, and its values."""
    rows = (
        ("Official", "yes: by quarter" if entry.official else "no: of the annual report"),
        ("Called in figures", entry.called),
        ("Values", _how_values_hold(entry)),
        ("Why it matters", entry.why_it_matters),
        ("Status", entry.status),
        ("Reads", ", ".join(entry.reads)),
        ("Submitted as", ", ".join(entry.submitted)),
        ("Official items", ", ".join(entry.official_items)),
        ("Official measures", ", ".join(entry.official_measures)),
        *(("Erratum", text) for text in entry.errata),
    )
    note = f"Every figure also rests on: {', '.join(EVERYWHERE)}. `caseness assumptions` lists what is assumed."
    values = tuple((one.within, one.label or "as a whole", one.condition) for one in entry.values)
    return [
        Table(entry.id, f"{entry.id}: {entry.title}", ("", ""), rows, (note,)),
        Table("values", f"{len(values)} values", ("Main group", "Value", "Condition"), values, ()),
    ]


def _how_values_hold(entry: VariableEntry) -> str:
    if entry.overlaps:
        return "overlap: a row is in each that fits"
    return "the first that fits, and its main group as a whole" if entry.wholes else "the first that fits"
