"""Therapists who change in the middle of a step. The record tells it by the therapist of each activity."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseness.synthetic.appointments import Appointments
from caseness.synthetic.attendance import is_attended
from caseness.synthetic.beside_treatment import beside
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import BLANK
from caseness.synthetic.providers import LOW

# A change comes after the second session of a step at the earliest, and before its last.
_FEWEST_SESSIONS = 4


def change_therapists(chunk: Chunk, rng: np.random.Generator) -> Chunk:
    """The same chunk, where some people have another therapist of the same step from some session on."""
    rows, size = chunk.appointments, chunk.cohort.size
    sessions = np.bincount(_step_of(rows)[is_attended(rows.attendance)], minlength=2 * size)
    chosen = (sessions >= _FEWEST_SESSIONS) & (rng.random(2 * size) < beside()["therapist_changes_share"])
    first = np.where(chosen, 2 + (rng.random(2 * size) * (sessions - 3)).astype(int), np.iinfo(np.int32).max)
    provider, step = np.repeat(chunk.provider, 2), np.tile([0, 1], size)
    new = chunk.plan.providers.draw_therapists(provider, step, rng)
    moved = _attended_before(rows) >= first[_step_of(rows)]
    therapist = np.where(moved, new[_step_of(rows)], rows.therapist)
    return replace(chunk, appointments=replace(rows, therapist=therapist.astype(rows.therapist.dtype)))


def days_of_change(chunk: Chunk) -> np.ndarray:
    """The day of the first appointment of each referral with a therapist who was not the first of its step, or BLANK."""
    rows, cohort = chunk.appointments, chunk.cohort
    first = np.where(rows.step == LOW, cohort.therapist_low[rows.who], cohort.therapist_high[rows.who])
    other = np.flatnonzero(rows.therapist != first)
    who, place = np.unique(rows.who[other], return_index=True)
    found = np.full(cohort.size, BLANK, np.int32)
    found[who] = rows.day[other][place]
    return found


# One place for each referral and step.
def _step_of(rows: Appointments) -> np.ndarray:
    return rows.who * 2 + rows.step


def _attended_before(rows: Appointments) -> np.ndarray:
    """How many sessions of the same referral and step were held before each appointment."""
    order = np.argsort(_step_of(rows), kind="stable")
    step, held = _step_of(rows)[order], is_attended(rows.attendance)[order]
    before = np.cumsum(held) - held
    starts = np.append(True, step[1:] != step[:-1])[: len(step)]
    found = np.empty(len(step), np.int64)
    found[order] = before - np.maximum.accumulate(np.where(starts, before, 0))
    return found
