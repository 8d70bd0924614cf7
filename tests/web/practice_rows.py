"""What a practice sheet says, as `caseness.read` reads it, and what the application holds of it, as the same rows."""

from caseness.engine import fetch
from caseness.read.practice import read_practice
from caseness.record import table
from caseness.web.caseload import models
from caseness.web.exchange.cells import from_field, from_plain
from caseness.web.exchange.ledger import plain
from caseness.web.exchange.looking_through import practice_of
from caseness.web.exchange.shapes import ACTIVITY_SCORE, HEADER, LEDGERED, REFERRAL_SCORE, SHAPES

_TO_SERVICE = {
    "Client": "service", "Referral": "service", "Problem": "referral__service", "Contact": "referral__service",
    "Activity": "contact__referral__service", "Score": "referral__service",
    "GoalRating": "goal__referral__service", "Circumstance": "referral__service",
}  # fmt: skip


def rows_read(sheet, to, service):
    """Each table with its rows, blanks left out, but the header: a sheet of many months has none to give back."""
    record, _ = read_practice(sheet, to, practice_of(service))
    names = [name for name in record.rows if name != HEADER]
    return {name: told for name in names if (told := _sorted(_without_places(record, name)))}


def rows_held(service):
    """The same of a service."""
    held = {name: _sorted(_rows_of(name, service)) for name in SHAPES}
    kept = models.KeptRow.objects.filter(service=service).exclude(table__in=LEDGERED)
    for name in kept.values_list("table", flat=True).distinct():
        held[name] = _sorted(one.columns for one in kept.filter(table=name))
    return {name: rows for name, rows in held.items() if rows}


def _without_places(record, name):
    for row in fetch(record.table(name)).to_pylist():
        yield plain({column: value for column, value in row.items() if column not in ("row_id", "submission")})


def _rows_of(name, service):
    shape = SHAPES[name]
    model = getattr(models, shape.model)
    rows = model.objects.filter(**{_TO_SERVICE[shape.model]: service})
    if name in (REFERRAL_SCORE, ACTIVITY_SCORE):
        rows = rows.filter(is_current=True, activity__isnull=name == REFERRAL_SCORE)
    return [_row(name, shape, one) for one in rows]


def _row(name, shape, one):
    cells = {column: _follow(one, way) for column, way in {**shape.fields, **shape.links}.items()}
    others = {
        key: from_plain(value, table(name).column(key)) for key, value in getattr(one, "other_columns", {}).items()
    }
    if name == ACTIVITY_SCORE:
        cells.pop("AssToolCompDate", None)
    return plain({**cells, **others})


def _follow(one, way):
    for step in way.split("."):
        one = getattr(one, step)
    return from_field(one)


def _sorted(rows):
    return sorted((tuple(sorted(row.items(), key=str)) for row in rows), key=str)
