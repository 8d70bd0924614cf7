"""Which figures may be shown to whom. Stands before the audit, so that nothing unreleased is audited.

Published releases pass unchanged. Their publisher has already rounded and suppressed them,
and we neither undo nor narrow what it did. Figures that are computed from records pass
unchanged to the service that holds the records, for its own use, and to nobody else: there is
no policy yet under which they may be published.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow.compute as pc

from caseness.errors import CasenessError
from caseness.provenance import Provenance
from caseness.results import ANNUAL, COMPUTED, MONTHLY, PRESS, SUMMED, FigureSource, Results, Selection

# Figures in an answer that may be kept: a few megabytes.
_SHORT = 50_000


class NotReleased(CasenessError):
    """A figure was asked for that no disclosure policy lets out."""

    exit_code = 16


@dataclass(frozen=True)
class Policy:
    """Which figures an audience may see, and what has to be done to them first."""

    id: str
    audience: str
    says: str
    bases: tuple[str, ...]


PUBLISHED = Policy(
    id="published",
    audience="public",
    says="Figures that an official publisher has released pass unchanged, and are never narrowed.",
    bases=(ANNUAL, MONTHLY, SUMMED, PRESS),
)
OWN_USE = Policy(
    id="own-use",
    audience="service",
    says="Figures that a service computes from its own records, exact and unsuppressed. Not for publication.",
    bases=(COMPUTED,),
)


@dataclass(frozen=True, eq=False)
class Released:
    """A source of figures that has passed a policy. The only kind that an audit accepts."""

    source: FigureSource
    policy: Policy
    remembered: dict[Selection, Results] = field(default_factory=dict, repr=False)

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted, if the policy lets every one of them out.

        A short answer is remembered: parts of an audit ask for the same breakdowns, and files do not change.

        Raises
        ------
        NotReleased
            If any figure rests on a basis that the policy does not cover.
        """
        if wanted in self.remembered:
            return self.remembered[wanted]
        results = self.source.select(wanted)
        _refuse_others(results, self.policy)
        if len(results) <= _SHORT:
            self.remembered[wanted] = results
        return results

    def provenance(self) -> Provenance:
        """What the figures rest on."""
        return self.source.provenance() if hasattr(self.source, "provenance") else Provenance(sources=())  # type: ignore[attr-defined]


def release(source: FigureSource, policy: Policy = PUBLISHED) -> Released:
    """Put a source of figures under a policy. What is released once is not released again."""
    return source if isinstance(source, Released) else Released(source, policy)


def _refuse_others(results: Results, policy: Policy) -> None:
    bases = pc.unique(results.table["basis"]).to_pylist()  # type: ignore[attr-defined]
    refused = sorted(str(basis) for basis in bases if basis not in policy.bases)
    if refused:
        raise NotReleased(
            f"{len(results):,} figures were asked for and some rest on {', '.join(refused)}. The policy "
            f"'{policy.id}' lets out only: {', '.join(policy.bases)}. Nothing is shown."
        )
