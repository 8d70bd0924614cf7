"""Where each field of the annual report stands: exact, resting on what is assumed, or not to be told from a record."""

from __future__ import annotations

from caseness.measures.algebra import Measure
from caseness.measures.annual.files import SHARED, Field, all_files
from caseness.measures.assumed import assumptions_of

# How the columns that hold no figure are filled.
_KEYS = {
    "OrgType": "exact",
    "OrgCode": "exact; a board or region is that of the provider as it is today, or of the commissioner with --places",
    "OrgName": "exact, as the reference tables have it; the code where they have none",
    "VariableType": "exact",
    "VariableA": "exact; deprivation needs a file of deciles by postcode (--deprivation)",
    "VariableB": "exact",
    "Measure": "exact",
    "InitialCaseness": "exact",
    "TherapyType": "exact",
}


def measures_of(field: Field) -> tuple[Measure, ...]:
    """The measures that stand in a field, of whatever line.

    >>> from caseness.measures.annual.files import fields_of
    >>> [one.id for one in measures_of(fields_of("main")[6])]
    ['M001']
    """
    if field.file == SHARED:
        return ()
    lines = all_files()[field.file].lines
    return tuple(dict.fromkeys(line.cells[field.printed] for line in lines if field.printed in line.cells))


def status_of_field(field: Field) -> str:
    """Whether a field is exact, or on which assumed rules and readings it rests.

    >>> from caseness.measures.annual.files import fields_of
    >>> status_of_field(fields_of("main")[6])
    'exact'
    """
    measures = measures_of(field)
    if not measures:
        return _KEYS[field.printed]
    rules = dict.fromkeys(rule for one in measures for rule in assumptions_of(one))
    told = (*rules, *field.readings)
    return f"rests on {', '.join(told)}" if told else "exact"
