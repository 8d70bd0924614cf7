"""The controls of the report: which assumptions may be moved, and what follows from them."""

from __future__ import annotations

from caseness.audit.natural import Band, Natural
from caseness.audit.run import Audit
from caseness.report.blocks import Block
from caseness.report.controls import Controls, Outcome, Slider

# Days in a month of a year of 365.25 days.
_DAYS = 365.25 / 12
_NOTE = "Worked out in your browser from the figures of this page. Nothing is sent or fetched."


def move_natural(audit: Audit) -> list[Block]:
    """A control of the time at risk, along the curve of untreated depression, for each basis."""
    natural = audit.natural
    if natural is None or not natural.curves or natural.time_at_risk.days.value is None:
        return []
    known = [band for band in natural.bands if band.observed.value is not None and band.judged.value is not None]
    return [block for band in known[:1] for block in _natural(natural, band)]


def _natural(natural: Natural, band: Band) -> list[Block]:
    curve = natural.curves[0]
    line = tuple((one.months * _DAYS, one.recovered.value or 0.0) for one in curve.line)
    remainder = next((r for r in natural.remainders if (r.basis, r.estimator_id) == (band.basis, curve.id)), None)
    if remainder is None:
        return []
    slider = Slider("days", "Mean days from referral to the last treatment", natural.time_at_risk.days, 0, 365, 1)
    return [
        Controls(
            id="move-natural",
            heading=f"Move the time at risk along “{curve.label}” ({band.basis})",
            model="natural",
            sliders=(slider,),
            fixed=(("observed", band.observed), ("judged", band.judged)),
            outcomes=(
                Outcome("natural", "Would have recovered anyway", remainder.natural),
                Outcome("specific", "What remains", remainder.specific),
                Outcome("additional", "What remains, as people", remainder.additional),
            ),
            note=f"One estimate of several, along its middle line. {_NOTE}",
            curves=(("curve", line),),
        )
    ]
