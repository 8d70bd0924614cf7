"""The journey drawn: at each stage who stays and who leaves, and every outcome in equal type."""

from __future__ import annotations

from caseness.audit.ledger import Ledger, Line
from caseness.audit.spelling import UNBROKEN, spell
from caseness.report.charts.bars import Bar, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import ROLES, Width

# What leaves a stage is drawn from where those who stay end. The four outcomes of those who
# finished are drawn end to end too, since together they are everyone who finished.
_BEGINS_AFTER = {
    "ended_before_treatment": ("ended_treated_once", "finished_course", "remainder"),
    "ended_treated_once": ("finished_course", "remainder"),
    "remainder": ("finished_course",),
    "not_at_caseness": ("judged_for_recovery",),
    "no_reliable_change": ("reliable_improvement",),
    "reliable_deterioration": ("reliable_improvement", "no_reliable_change"),
    "unpaired": ("reliable_improvement", "no_reliable_change", "reliable_deterioration"),
}
_NOT_DRAWN = ("neither",)


def draw_journey(ledger: Ledger, width: Width) -> Drawing:
    """Stepped bars of one ledger, every line that has a number."""
    shown = [line for line in ledger.lines if line.count.is_known and line.step.id not in _NOT_DRAWN]
    return draw_bars([_bar(line, ledger) for line in shown], width)


def _bar(line: Line, ledger: Ledger) -> Bar:
    start = sum(_point(ledger.line(step_id)) for step_id in _BEGINS_AFTER.get(line.step.id, ()))
    end = start + max(_point(line), 0.0)
    is_beside = line.step.role == "beside"
    ends = {} if line.count.is_exact else _ends(line, start)
    return Bar(line.step.label, start, end, _text(line), ROLES[line.step.role], **ends, is_outlined=is_beside)


def _ends(line: Line, start: float) -> dict[str, float]:
    low, high = line.count.low or 0.0, line.count.high or 0.0
    return {"low": start + max(low, 0.0), "high": start + max(high, 0.0)}


# A bar needs one end. A suppressed count has none, and its interval is drawn instead.
def _point(line: Line) -> float:
    count = line.count
    return next((end for end in (count.value, count.low) if end is not None), 0.0)


def _text(line: Line) -> str:
    is_whole = line.step.id == line.step.of
    share = f"{UNBROKEN}· {spell(line.of_ended)}" if line.of_ended.is_known and not is_whole else ""
    return spell(line.count) + share
