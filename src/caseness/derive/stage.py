"""Stages of care: runs of sessions of one intensity, and the days between them."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.assumed import Options
from caseness.derive.contact import HIGH, HIGH_IN_STAGES, LOW
from caseness.derive.derivation import STAGE, declared_in, derivation

_SPEC = "specification of record and measures, section 5.2 E; M347 to M350 and M352 to M367"
_NONE = "Null where there is no such stage."
HIGH_STAGE, LOW_STAGE = "high", "low"
# A stage is a run of so many.
_STAGE, _SEVERAL = 2, 2
_ASSUMED = ("stage-intensity",)


def runs_of(sessions: ibis.Table, options: Options) -> ibis.Table:
    """Sessions to runs of one intensity: `row_id`, `run` from 1, `is_high`, `sessions`, `first_on` and `last_on`.

    `sessions` has for each session `row_id` of its referral row, `contact_date`, `is_log`, `tie` and `therapies`. A
    contact of both intensities is two, the low one first; a log is of high intensity; any other is left out.
    """
    marked = _marked(sessions, options)
    order = ["contact_date", "is_log", "tie", "is_high"]
    of_row = ibis.window(group_by="row_id", order_by=order)
    so_far = ibis.cumulative_window(group_by="row_id", order_by=order)
    before = marked.mutate(changed=(marked.is_high != marked.is_high.lag().over(of_row)).fill_null(True))
    counted = before.mutate(run=before.changed.cast("int64").sum().over(so_far))
    return counted.group_by("row_id", "run").agg(
        is_high=counted.is_high.max(),
        sessions=counted.count(),
        first_on=counted.contact_date.min(),
        last_on=counted.contact_date.max(),
    )


def _marked(sessions: ibis.Table, options: Options) -> ibis.Table:
    listed = HIGH if options.stage_intensity == "all" else HIGH_IN_STAGES
    kept = sessions.select("row_id", "contact_date", "is_log", "tie", "therapies")
    low = kept.filter((kept.therapies & LOW) > 0).mutate(is_high=ibis.literal(False))
    high = kept.filter(kept.is_log | ((kept.therapies & listed) > 0)).mutate(is_high=ibis.literal(True))
    return low.union(high)


def stages_of(runs: ibis.Table) -> ibis.Table:
    """Runs to one row a referral row: the run, intensity and days of its first stage and of its second."""
    stages = runs.filter(runs.sessions >= _STAGE)
    places = stages.mutate(place=ibis.row_number().over(group_by="row_id", order_by="run"))
    first, second = places.place == 0, places.place == 1
    return places.group_by("row_id").agg(
        first_run=_only(first, places.run).min(),
        first_is_high=_only(first, places.is_high).max(),
        first_last_on=_only(first, places.last_on).min(),
        second_run=_only(second, places.run).min(),
        second_is_high=_only(second, places.is_high).max(),
        second_first_on=_only(second, places.first_on).min(),
    )


@derivation(STAGE, when_null=_NONE, source=_SPEC, assumed=_ASSUMED)
def first_stage(first_is_high: Any) -> Any:
    """The intensity of the first stage: high or low."""
    return _name(first_is_high)


@derivation(STAGE, when_null=_NONE, source=_SPEC, assumed=_ASSUMED)
def second_stage(second_is_high: Any) -> Any:
    """The intensity of the second stage: high or low."""
    return _name(second_is_high)


@derivation(STAGE, when_null="Null where there is no stage, or no assessment.", source=_SPEC, assumed=_ASSUMED)
def days_to_first_stage(
    first_is_high: Any, high_intensity_first_date: Any, low_intensity_first_date: Any, assessment_first_date: Any
) -> Any:
    """Days from the first assessment to the first session of the intensity of the first stage."""
    began = ibis.cases(
        (first_is_high, high_intensity_first_date), (~first_is_high, low_intensity_first_date), else_=None
    )
    return began.delta(assessment_first_date, unit="day")


@derivation(
    STAGE, when_null="Null where there is no second stage.", source=f"{_SPEC}; section 5.3, item 16", assumed=_ASSUMED
)
def days_between_stages(first_last_on: Any, second_first_on: Any) -> Any:
    """Days from the last session of the first stage to the first session of the second."""
    return second_first_on.delta(first_last_on, unit="day")


@derivation(STAGE, when_null="False where there is no stage.", source=_SPEC, assumed=_ASSUMED)
def excluded_before_first_stage(first_run: Any) -> Any:
    """Several sessions of changing intensity came before the first stage. A single one is ignored."""
    return (first_run > _SEVERAL).fill_null(False)


@derivation(STAGE, when_null="False where there is no second stage.", source=_SPEC, assumed=_ASSUMED)
def excluded_between_stages(first_run: Any, second_run: Any) -> Any:
    """Several sessions of changing intensity came between the first stage and the second."""
    return (second_run - first_run > _SEVERAL).fill_null(False)


def _name(is_high: Any) -> Any:
    return ibis.cases((is_high, HIGH_STAGE), (~is_high, LOW_STAGE), else_=ibis.null("string"))


def _only(flag: Any, value: Any) -> Any:
    return ibis.ifelse(flag, value, None)


DERIVATIONS = declared_in(globals())
