"""The finished courses of a record that was derived, with the programme's own flags and counts beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.audit.change.model import (
    Array,
    Bools,
    Courses,
    Lines,
    Names,
    Official,
    OfficialFigure,
    Outcome,
    Places,
    Scores,
    SessionScores,
)
from caseness.derive import Grains, Options
from caseness.derive.lists import ANXIETY_TOOLS, GAD7, PHQ9, TOOLS, Tool, cut_off, smallest_change, tool
from caseness.engine import fetch
from caseness.errors import UnknownName
from caseness.instruments import instrument
from caseness.measures import choose, compute
from caseness.measures.algebra import ended
from caseness.measures.clocks import number_of, placed
from caseness.periods import Period
from caseness.programme import load

PAIR = "pair"
# What NHS England publishes of the same courses, and the column that counts it course by course.
FIGURES: Mapping[str, tuple[str, str]] = {
    "M076": ("Finished a course", "completed_treatment"),
    "M179": ("Not at caseness", "not_at_caseness"),
    "M191": ("Recovery", "recovery"),
    "M193": ("Reliable recovery", "reliable_recovery"),
    "M185": ("Reliable improvement", "reliable_improvement"),
    "M187": ("No reliable change", "no_change"),
    "M189": ("Reliable deterioration", "reliable_deterioration"),
}
_FLAGS = tuple(column for _, column in FIGURES.values())
_ANXIETY = ("anxiety_scale", "anxiety_measure_first", "anxiety_measure_last")
_WHOLE = {one.instrument_id: one for one in TOOLS if not one.item}


def gather_courses(
    grains: Grains, name: str, period: Period | None = None, questionnaires: Sequence[str] = ()
) -> Courses:
    """The courses that were finished in a period.

    Parameters
    ----------
    grains : what `caseness.derive.derive` made of a checked record
    name : what the record is called
    period : a month, quarter or financial year; None means every month of the record, each course in the one in which it ended
    questionnaires : which are judged by themselves as well, by any of their names; none means PHQ-9 and GAD-7

    Raises
    ------
    UnknownName
        If a questionnaire is not known, or has no first and last scores in a record.
    """
    chosen = [_tool_of(one) for one in questionnaires] or [tool(PHQ9), tool(GAD7)]
    asked = _Asked(grains, (period,) if period else grains.periods)
    rows, options = _rows(asked, chosen), _options(grains)
    sessions = _Sessions(grains.score, np.asarray(rows["pathway"].to_numpy(), np.int64))
    outcomes = (_pair(rows, asked, sessions), *(_alone(one, rows, sessions) for one in chosen))
    return Courses(
        name=name,
        period=period.label if period else _span(grains.periods),
        programme=load("england").name,
        outcomes=outcomes,
        lines={
            one.instrument_id: Lines(cut_off(one.name, options), smallest_change(one.name, options)) for one in TOOLS
        },
        ended=_count_ended(asked),
        made_up=grains.made_up,
        notes=_notes(period),
    )


@dataclass(frozen=True, eq=False)
class _Asked:
    grains: Grains
    periods: tuple[Period, ...]

    @property
    def rows(self) -> ibis.Table:
        kind = self.periods[0].kind
        numbers = [number_of(one.start, kind) for one in self.periods]
        return placed(self.grains.referral, ended, numbers, kind)


def _tool_of(name: str) -> Tool:
    found = instrument(name)
    if found.id not in _WHOLE:
        raise UnknownName("questionnaire with first and last scores", name, _WHOLE, f"There are: {', '.join(_WHOLE)}.")
    return _WHOLE[found.id]


def _options(grains: Grains) -> Options:
    return Options(**{rule.replace("-", "_"): option for rule, option in grains.options.items()})


def _rows(asked: _Asked, chosen: Sequence[Tool]) -> pa.Table:
    names = {one.name for one in chosen} | {PHQ9}
    columns = sorted(f"{one}_{end}" for one in names for end in ("first", "last"))
    rows = asked.rows
    return fetch(rows.filter(rows.completed_treatment).select("pathway", *_FLAGS, *_ANXIETY, *columns))


def _count_ended(asked: _Asked) -> int:
    rows = asked.rows
    return fetch(rows.agg(rows=rows.count()))["rows"][0].as_py()


@dataclass(frozen=True, eq=False)
class _Sessions:
    """The grain of scores, where the record was derived with it, and the pathways of the courses in their order."""

    grain: ibis.Table | None
    pathways: Places

    def of(self, tools: Mapping[str, Bools]) -> SessionScores | None:
        """All scores of some score columns, each of the courses for which it counts."""
        if self.grain is None or not len(self.pathways):
            return None
        rows = self.grain.filter(self.grain.tool.isin(list(tools))).select("pathway", "tool", "score_session", "score")
        found = fetch(rows)
        order = np.argsort(self.pathways)
        place = order[np.searchsorted(self.pathways[order], found["pathway"].to_numpy()).clip(max=len(order) - 1)]
        tool_of = np.array(found["tool"].to_pylist(), np.str_)
        counts = self.pathways[place] == found["pathway"].to_numpy()
        counts &= np.logical_or.reduce([(tool_of == name) & whose[place] for name, whose in tools.items()])
        session, score = (np.asarray(found[name].to_numpy(), float)[counts] for name in ("score_session", "score"))
        return SessionScores(place[counts], session, score)


def _pair(rows: pa.Table, asked: _Asked, sessions: _Sessions) -> Outcome:
    phq9, scales = _scores_of(tool(PHQ9), rows, sessions), _scales(rows)
    whose = {name: scales == tool(name).instrument_id for name in ANXIETY_TOOLS.values()}
    first, last = (_numbers(rows[f"anxiety_measure_{end}"]) for end in ("first", "last"))
    anxiety = Scores(scales, first, last, sessions.of(whose))
    label = "PHQ-9 with the anxiety measure, as the programme judges"
    return Outcome(PAIR, label, (phq9, anxiety), _official(rows, asked))


def _alone(one: Tool, rows: pa.Table, sessions: _Sessions) -> Outcome:
    found = instrument(one.instrument_id)
    return Outcome(found.id, f"{found.short_name} alone", (_scores_of(one, rows, sessions),))


def _scores_of(one: Tool, rows: pa.Table, sessions: _Sessions) -> Scores:
    first, last = (_numbers(rows[f"{one.name}_{end}"]) for end in ("first", "last"))
    whose = ~np.isnan(first)
    return Scores(np.where(whose, one.instrument_id, ""), first, last, sessions.of({one.name: whose}))


def _scales(rows: pa.Table) -> Names:
    by_token = {token: tool(name).instrument_id for token, name in ANXIETY_TOOLS.items()}
    return np.array([by_token.get(one, "") for one in rows["anxiety_scale"].to_pylist()], np.str_)


def _numbers(column: pa.ChunkedArray) -> Array:
    return np.asarray(pc.fill_null(column, float("nan")).to_numpy(), float)  # type: ignore[attr-defined]


def _official(rows: pa.Table, asked: _Asked) -> Official:
    flags = {name: np.asarray(rows[name].to_numpy(), bool) for name in _FLAGS}
    published = _published(asked)
    figures = tuple(
        OfficialFigure(one, label, published.get(one, 0), int(flags[column].sum()))
        for one, (label, column) in FIGURES.items()
    )
    judged = {name: flags[name] for name in Official.__dataclass_fields__ if name in flags}
    return Official(**judged, figures=figures)


# Of every month, the sum: a course ends in one of them.
def _published(asked: _Asked) -> dict[str, int]:
    table = compute(asked.grains, asked.periods, choose(tuple(FIGURES))).table
    kept = table.filter(pc.is_in(table["period_start"], pa.array([one.start for one in asked.periods])))  # type: ignore[attr-defined]
    totals: dict[str, int] = {}
    for figure, value in zip(kept["figure_id"].to_pylist(), kept["value"].to_pylist(), strict=True):
        totals[figure] = totals.get(figure, 0) + round(value or 0)
    return totals


def _span(periods: Sequence[Period]) -> str:
    first, last = periods[0].label, periods[-1].label
    return first if first == last else f"{first} to {last}"


def _notes(period: Period | None) -> tuple[str, ...]:
    if period is not None:
        return ()
    return ("Every month of the record, each course in the month in which it ended. A year by itself: --period.",)
