"""What the audit says of recovery that would have happened anyway."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate, Quantity


@dataclass(frozen=True)
class Band:
    """What remains of recovery on one basis, when each applicable estimate of natural recovery is taken away.

    `judged` and `recovered` are the counts on this basis and `observed` their rate. `natural` runs
    from the lowest to the highest end of the applicable estimates (percent of those judged),
    `specific` is what remains (percentage points, and may be below 0), and `additional` what remains
    as people (never below 0). `verdict` says "no additional recovery" where that is what is found.
    """

    basis: str
    recovered: Quantity
    judged: Quantity
    observed: Quantity
    natural: Estimate
    specific: Estimate
    additional: Estimate
    verdict: str


@dataclass(frozen=True)
class Natural:
    """Natural recovery, several estimates side by side, and the band of what remains."""

    bands: tuple[Band, ...]

    def band(self, basis: str) -> Band | None:
        """The band on one basis, where there is one."""
        return next((one for one in self.bands if one.basis == basis), None)
