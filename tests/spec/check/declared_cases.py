"""What breaks each rule that follows from the declarations: made from the rule itself, one case each."""

from built_records import sound_submission
from caseness.check import RULES
from caseness.check.rules.declared import declared_rules
from caseness.record import table
from spec.check.cases import Case

# What makes a row of each parent table unsound, and nothing of its children.
_BREAKS_PARENT = {
    "IDS001MPI": {"OrgIDLocalPatientId": None},
    "IDS101Referral": {"OrgIDComm": None},
    "IDS201CareContact": {"AppType": None},
    "IDS202CareActivity": {"ClinContactDurOfCareAct": None, "CodeProcAndProcStatus": "none"},
}


def declared_cases():
    """A case that breaks each declared rule."""
    assert {each.id for each in declared_rules()} < {each.id for each in RULES}
    return [_KINDS[each.id.rpartition("-")[2]](each) for each in declared_rules()]


def blank_cases():
    """A blank in each column that a rule of lengths or codes judges: no fault of that rule."""
    judged = [each for each in declared_rules() if each.id.endswith(("-long", "-code"))]
    return [Case(each.id, False, "blank", _with(each, None)) for each in judged]


def _with(rule, value):
    submission = sound_submission()
    cells = submission[rule.table][0]
    cells[rule.columns[0]] = value
    if rule.versions == ("2.0",):
        submission["IDS000Header"][0]["DatSetVer"] = "2.0"
    return submission


def _blank(rule):
    return Case(rule.id, True, "blank", _with(rule, None))


def _long(rule):
    column = table(rule.table).column(rule.columns[0])
    return Case(rule.id, True, "one character too many", _with(rule, "9" * (column.max_length + 1)))


def _code(rule):
    return Case(rule.id, True, "no code", _with(rule, "\N{SECTION SIGN}"))


def _form(rule):
    reasons = [f"{rule.columns[0]}: not of its type"] if rule.columns else ["3 cells, where the heading has 4"]
    submission = sound_submission()
    cells = dict(submission[rule.table][0])
    return Case(rule.id, True, reasons[0], submission, (rule.table, cells, reasons))


def _repeated(rule):
    submission = sound_submission()
    first = submission[rule.table][0]
    for column in rule.columns:
        if first.get(column) is None and column != "AssToolCompTime":
            first[column] = _SOME[table(rule.table).column(column).type]
    submission[rule.table].append(dict(first))
    return Case(rule.id, True, "the same row twice", submission)


_SOME = {"text": "X", "date": "2025-04-03", "time": "10:00:00", "integer": "1"}


def _absent(rule):
    return Case(rule.id, True, "names no parent", _with(rule, "elsewhere"))


def _rejected(rule):
    submission = sound_submission()
    if rule.table == "EXT04AllianceAndExperience":
        submission[rule.table][0]["CareContactId"] = "C1"
    parent = next(one for one in table(rule.table).parents if one.table.startswith(rule.id.split("-")[1]))
    submission[parent.table][0].update(_BREAKS_PARENT[parent.table])
    return Case(rule.id, True, "its parent is unsound", submission)


_KINDS = {
    "blank": _blank,
    "long": _long,
    "code": _code,
    "form": _form,
    "repeated": _repeated,
    "absent": _absent,
    "rejected": _rejected,
}
