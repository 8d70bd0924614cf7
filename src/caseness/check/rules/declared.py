"""The rules that follow from the declared tables: what must be filled, listed, short enough, unique and attached.

They are not written out: a column that is declared is checked. What the published validations treat otherwise
than the rest stands in the tables below.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from caseness.check.legality import is_illegal
from caseness.check.model import FILE, GROUP, RECORD, WARNING, OfRejected, Row, Rule, Unreadable
from caseness.check.relations import absent, repeated
from caseness.check.rules.wording import (
    CORRECT_CELL,
    FILL_CELL,
    LIBRARY,
    LOSES_ALL,
    OURS,
    REMOVE_DUPLICATE,
    effect_on,
)
from caseness.codes import code_list
from caseness.record import EXTENSION, TABLES, Column, Reference, Table

# A list with this pattern allows every text, so no cell can break it.
_ANYTHING = ".+"
_HEADER, _PERSON = "IDS000Header", "IDS001MPI"
# A blank birth date is treated by version: see the rules of the person.
_BLANKS_ELSEWHERE = frozenset({(_PERSON, "PersonBirthDate")})
# Codes that are refused. All others that are not in their list are warned of.
_REFUSED_CODES = MappingProxyType(
    {
        (_HEADER, "DatSetVer"): FILE,
        ("IDS011SocPerCircumstances", "SocPerCircumstance"): RECORD,
        ("IDS201CareContact", "AttendOrDNACode"): RECORD,
        ("IDS201CareContact", "AppType"): RECORD,
        ("IDS202CareActivity", "CodeProcAndProcStatus"): RECORD,
        ("IDS202CareActivity", "CodeObs"): RECORD,
        ("IDS606CodedScoreAssessmentRefer", "CodedAssToolType"): RECORD,
        ("IDS607CodedScoreAssessmentAct", "CodedAssToolType"): RECORD,
    }
)
# Cells that take the whole submission with them when they cannot be read.
_FATAL_FORMS = frozenset({(_PERSON, "PersonBirthDate")})
# What may be there once only, where the published validations name other columns than the declared key.
_ONCE = MappingProxyType(
    {
        "IDS105OnwardReferral": (
            "ServiceRequestId",
            "OnwardReferDate",
            "OnwardReferTime",
            "OnwardReferReason",
            "OrgIDReceiving",
        ),
        "IDS205InternetTherLog": (
            "ServiceRequestId",
            "StartDateIntEnabledTherLog",
            "EndDateIntEnabledTherLog",
            "IntEnabledTherProg",
            "DurationIntEnabledTher",
            "CarePersLocalId",
        ),
        "IDS602LongTermCondition": ("ServiceRequestId", "LongTermCondition"),
        "IDS803CareCluster": ("LocalPatientId", "StartDateCareClust"),
    }
)
_REPEAT_SEVERITY = MappingProxyType({_PERSON: FILE, "IDS205InternetTherLog": WARNING})
_REPEAT_EFFECTS = MappingProxyType(
    {
        _PERSON: LOSES_ALL,
        "IDS205InternetTherLog": "A log may be counted twice: the number of treatments becomes too high.",
    }
)
# Two scores of a day without a time are the same score twice.
_BLANKS_ALIKE = frozenset({"IDS606CodedScoreAssessmentRefer"})
_REPEAT_NUMBERS = MappingProxyType(
    {
        "IDS001MPI": "IDSREJ010",
        "IDS002GP": "IDS00221",
        "IDS004EmpStatus": "IDS00402",
        "IDS007DisabilityType": "IDS00702",
        "IDS011SocPerCircumstances": "IDS01102",
        "IDS012OverseasVisitorChargCat": "IDS01202",
        "IDS101Referral": "IDS10103",
        "IDS105OnwardReferral": "IDS10520",
        "IDS108WaitingTimePauses": "IDS10802",
        "IDS201CareContact": "IDS20143",
        "IDS202CareActivity": "IDS20225",
        "IDS205InternetTherLog": "IDS20519",
        "IDS602LongTermCondition": "IDS60210",
        "IDS603PresentingComplaints": "IDS60302",
        "IDS606CodedScoreAssessmentRefer": "IDS60616",
        "IDS607CodedScoreAssessmentAct": "IDS60709",
        "IDS803CareCluster": "IDS80320",
        "IDS902CarePersQual": "IDS90210",
    }
)
_PARENT_NUMBERS = MappingProxyType(
    {
        "IDS002GP": "IDS00220",
        "IDS004EmpStatus": "IDS00401",
        "IDS007DisabilityType": "IDS00701",
        "IDS011SocPerCircumstances": "IDS01101",
        "IDS012OverseasVisitorChargCat": "IDS01201",
        "IDS101Referral": "IDS10101",
        "IDS105OnwardReferral": "IDS10510",
        "IDS108WaitingTimePauses": "IDS10801",
        "IDS201CareContact": "IDS20142",
        "IDS202CareActivity": "IDS20224",
        "IDS205InternetTherLog": "IDS20501",
        "IDS602LongTermCondition": "IDS60201",
        "IDS603PresentingComplaints": "IDS60301",
        "IDS606CodedScoreAssessmentRefer": "IDS60612",
        "IDS607CodedScoreAssessmentAct": "IDS60708",
        "IDS803CareCluster": "IDS80301",
    }
)


def rules_of(table: Table) -> tuple[Rule, ...]:
    """Every rule that follows from the declaration of one table.

    Examples
    --------
    >>> from caseness.record import table
    >>> [rule.id for rule in rules_of(table("IDS007"))][:3]
    ['C007-LocalPatientId-blank', 'C007-LocalPatientId-long', 'C007-DisabCode-blank']
    """
    return (*_of_columns(table), _of_rows(table), *_of_key(table), *_of_parents(table))


def declared_rules() -> tuple[Rule, ...]:
    """Every rule that follows from the declarations."""
    return tuple(rule for table in TABLES for rule in rules_of(table))


def stem(table_id: str) -> str:
    """How the ids of a table's rules begin."""
    return f"C{table_id[3:6]}" if table_id.startswith("IDS") else f"CX{table_id[3:5]}"


def _of_columns(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        if column.need == "mandatory" and (table.id, column.name) not in _BLANKS_ELSEWHERE:
            yield _blank(table, column)
        if column.max_length:
            yield _long(table, column)
        if column.codes and code_list(column.codes).pattern != _ANYTHING:
            yield _unlisted(table, column)
        if column.type != "text":
            yield _unreadable(table, column)


def _blank(table: Table, column: Column) -> Rule:
    says = f"{column.name} is not blank."
    test = Row(lambda rows: rows[column.name].isnull())
    return _rule(table, column, "blank", _reject(table), says, FILL_CELL, test)


def _long(table: Table, column: Column) -> Rule:
    says = f"{column.name} has at most {column.max_length} characters."
    test = Row(lambda rows: rows[column.name].cast(str).length() > column.max_length)
    return _rule(table, column, "long", _reject(table), says, CORRECT_CELL, test)


def _unlisted(table: Table, column: Column) -> Rule:
    codes = code_list(column.codes or "")
    severity = _REFUSED_CODES.get((table.id, column.name), WARNING)
    says = f"{column.name} holds a code that its list allows in the version of the submission."
    test = Row(lambda rows: is_illegal(rows[column.name], codes, rows.data_set_version))
    return _rule(table, column, "code", severity, says, f"{CORRECT_CELL} `caseness codes {codes.id}` lists them.", test)


def _unreadable(table: Table, column: Column) -> Rule:
    severity = FILE if (table.id, column.name) in _FATAL_FORMS else _reject(table)
    says = f"{column.name} can be read as {_article(column.type)}."
    return _rule(table, column, "form", severity, says, CORRECT_CELL, Unreadable(column.name))


def _rule(
    table: Table, column: Column, kind: str, severity: str, says: str, remedy: str, test: Row | Unreadable
) -> Rule:
    warned = "The cell tells nothing, and counts as not known." if severity == WARNING else effect_on(table.id)
    effect = LOSES_ALL if severity == FILE else warned
    return Rule(
        f"{stem(table.id)}-{column.name}-{kind}",
        table.id,
        (column.name,),
        severity,
        says,
        effect,
        remedy,
        _source(table),
        test,
        versions=column.versions,
    )


def _of_rows(table: Table) -> Rule:
    return Rule(
        f"{stem(table.id)}-row-form",
        table.id,
        (),
        _reject(table),
        "A row has the cells that its heading announces, and none beyond the limits of reading.",
        effect_on(table.id),
        "Look at the rejected row: it is written out with the reason.",
        OURS,
        Unreadable(),
    )


def _of_key(table: Table) -> Iterator[Rule]:
    if table.id == _HEADER:
        return
    columns = _ONCE.get(table.id, table.key)
    yield Rule(
        f"{stem(table.id)}-key-repeated",
        table.id,
        columns,
        _REPEAT_SEVERITY.get(table.id, GROUP),
        f"No two rows of a submission share {' and '.join(columns)}.",
        _REPEAT_EFFECTS.get(table.id, effect_on(table.id)),
        REMOVE_DUPLICATE,
        _source(table),
        repeated(table.id, columns, blank=table.id in _BLANKS_ALIKE),
        official=_numbers(_REPEAT_NUMBERS, table),
    )


def _of_parents(table: Table) -> Iterator[Rule]:
    for parent in table.parents:
        named = f"The row of {parent.table} that {parent.column} names"
        yield _parent_rule(table, parent, "absent", f"{named} is there.")
        yield _parent_rule(table, parent, "rejected", f"{named} is sound.")


def _parent_rule(table: Table, parent: Reference, kind: str, says: str) -> Rule:
    is_absent = kind == "absent"
    return Rule(
        f"{stem(table.id)}-{parent.table[:6]}-{kind}",
        table.id,
        (parent.column,),
        GROUP,
        says,
        effect_on(table.id),
        f"Submit the row of {parent.table} too." if is_absent else f"Mend the findings of {parent.table} first.",
        _source(table),
        absent(table.id, parent) if is_absent else OfRejected(parent),
        official=_numbers(_PARENT_NUMBERS, table),
    )


def _numbers(numbers: MappingProxyType[str, str], table: Table) -> tuple[str, ...]:
    return (numbers[table.id],) if table.id in numbers else ()


def _reject(table: Table) -> str:
    return FILE if table.id == _HEADER else RECORD


# Tables that came with version 2.1 are not in the published validations: their rules follow from the declaration.
def _source(table: Table) -> str:
    return table.source if table.origin == EXTENSION or "2.0" not in table.versions else LIBRARY


def _article(kind: str) -> str:
    return {"integer": "a whole number", "month": "a month, such as 2025-04"}.get(kind, f"a {kind}")
