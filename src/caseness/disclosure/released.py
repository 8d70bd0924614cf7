"""Figures that a policy has let out. The only ones that an audit, a report or a file takes."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow.compute as pc

from caseness.disclosure.figures import marked
from caseness.disclosure.linkage import Linkage
from caseness.disclosure.policies import PUBLISHED
from caseness.disclosure.policy import Policy
from caseness.disclosure.refusals import NotReleased
from caseness.provenance import Provenance
from caseness.results import FigureSource, Results, Selection

# Figures in an answer that may be kept: a few megabytes.
_SHORT = 50_000


@dataclass(frozen=True, eq=False)
class Released:
    """A source of figures that has passed a policy. The only kind that an audit accepts.

    `rests_on` is what its figures were made of, where `source` no longer says so.
    """

    source: FigureSource
    policy: Policy
    rests_on: FigureSource | None = None
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
        results = _as_shown(results, self.policy)
        if len(results) <= _SHORT:
            self.remembered[wanted] = results
        return results

    def provenance(self) -> Provenance:
        """What the figures rest on."""
        source = self.rests_on or self.source
        return source.provenance() if hasattr(source, "provenance") else Provenance(sources=())  # type: ignore[attr-defined]


def release(source: FigureSource, policy: Policy = PUBLISHED, linkage: Linkage | None = None) -> Released:
    """Put a source of figures under a policy. What is released once is not released again.

    Parameters
    ----------
    linkage : how the figures hang together, for a policy that lets all figures of a publication out together

    Raises
    ------
    CannotProtect
        If such a policy cannot protect the figures together.
    """
    if isinstance(source, Released):
        return source
    if not policy.rules.needs_all:
        return Released(source, policy)
    everything = source.select(Selection())
    _refuse_others(everything, policy)
    return Released(policy.rules.protect(everything, linkage), policy, source)


def _refuse_others(results: Results, policy: Policy) -> None:
    bases = pc.unique(results.table["basis"]).to_pylist()  # type: ignore[attr-defined]
    refused = sorted(str(basis) for basis in bases if basis not in policy.bases)
    if refused:
        raise NotReleased(
            f"{len(results):,} figures were asked for and some rest on {', '.join(refused)}. The policy "
            f"'{policy.id}' lets out only: {', '.join(policy.bases)}. Nothing is shown."
        )


# Rules that look at all figures together were applied when the figures were put under the policy.
def _as_shown(results: Results, policy: Policy) -> Results:
    shown = results if policy.rules.needs_all else policy.rules.protect(results, None)
    return marked(shown, policy.id) if policy.marks else shown
