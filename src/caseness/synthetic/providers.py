"""The made-up providers, their commissioners and their therapists, and the effect that each has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.synthetic.request import NATIONAL, Request
from caseness.synthetic.streams import stream
from caseness.synthetic.world import World

# A latent logistic variable has this variance within a group.
_LOGISTIC_VARIANCE = np.pi**2 / 3
_REFERRALS_FOR_A_PROVIDER = 100
# Providers of the annual figures of 2024-25 (../shared/spec/record-and-measures.md, section 4).
MOST_PROVIDERS = 147
# Referrals in a year for each therapist of a step: assumed, so that a therapist has some sixty courses.
_REFERRALS_FOR_A_THERAPIST = 100
TEAMS = ("TEAM-1", "TEAM-2", "TEAM-3")
LOW, HIGH, EMPLOYMENT = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Therapists:
    """One row for each therapist. `provider` is the place of the provider, `step` LOW, HIGH or EMPLOYMENT.

    `outcome` is in standard deviations of outcome, `ending` in log odds of dropping out. `qualified` is how many
    days before the record begins the qualification was awarded; where it is negative, how many days after it is due.
    """

    provider: np.ndarray
    step: np.ndarray
    outcome: np.ndarray
    ending: np.ndarray
    qualification: np.ndarray
    qualified: np.ndarray
    team: np.ndarray


@dataclass(frozen=True, eq=False)
class Providers:
    """One row for each provider. `first` and `size` say which therapists of each step are its own."""

    codes: tuple[str, ...]
    commissioners: tuple[str, ...]
    weights: np.ndarray
    outcome: np.ndarray
    ending: np.ndarray
    taken_on: np.ndarray
    once: np.ndarray
    first_wait: np.ndarray
    second_wait: np.ndarray
    deprivation: np.ndarray
    therapists: Therapists
    first: np.ndarray
    size: np.ndarray

    def draw_therapists(self, provider: np.ndarray, step: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """A therapist of the right step for each row."""
        first, size = self.first[provider, step], self.size[provider, step]
        return (first + (rng.random(len(provider)) * size).astype(np.int32)).astype(np.int32)


def make_providers(request: Request, world: World) -> Providers:
    """Draw the providers of a record. A service or a practice is one."""
    rng = stream(request.seed, "providers")
    count = _count(request)
    weights = np.interp(rng.random(count), *world.spreads.size)
    weights = weights / weights.sum()
    spreads = world.spreads
    size = _therapist_counts(request, weights)
    therapists = _therapists(size, world, rng)
    first = np.concatenate([[0], np.cumsum(size.ravel())[:-1]]).reshape(size.shape)
    return Providers(
        codes=tuple(f"ZX{place:03}" for place in range(1, count + 1)),
        commissioners=tuple(f"ZY{place:02}Q" for place in range(1, min(99, count) + 1)),
        weights=weights,
        outcome=rng.normal(0, spreads.outcome, count),
        ending=rng.normal(0, spreads.ending, count),
        taken_on=rng.normal(0, spreads.taken_on, count),
        first_wait=_factors(spreads.first_wait, weights, rng),
        second_wait=_factors(spreads.second_wait, weights, rng),
        deprivation=rng.normal(0, 0.45, count),
        once=rng.normal(0, spreads.once, count),
        therapists=therapists,
        first=first,
        size=size,
    )


# The mean over all referrals is 1, so that together they wait as published.
def _factors(spread: float, weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    factors = np.exp(rng.normal(0, spread, len(weights)))
    return factors / (weights @ factors) if len(weights) > 1 else factors


def _count(request: Request) -> int:
    if request.shape != NATIONAL:
        return 1
    return int(np.clip(request.referrals // _REFERRALS_FOR_A_PROVIDER, 2, MOST_PROVIDERS))


def _therapist_counts(request: Request, weights: np.ndarray) -> np.ndarray:
    yearly = request.referrals * weights * 12 / request.months
    each = np.maximum(2, np.ceil(yearly / _REFERRALS_FOR_A_THERAPIST / 2)).astype(np.int32)
    advisers = np.maximum(1, each // 10)
    return np.stack([each, each, advisers], axis=1)


def _therapists(size: np.ndarray, world: World, rng: np.random.Generator) -> Therapists:
    provider = np.repeat(np.arange(len(size)), size.sum(axis=1))
    step = np.concatenate([np.repeat((LOW, HIGH, EMPLOYMENT), row) for row in size])
    behaviour = world.behaviour
    shared = behaviour.effects_correlation
    one, other = rng.normal(size=(2, len(step)))
    other = shared * one + np.sqrt(1 - shared**2) * other
    return Therapists(
        provider=provider,
        step=step,
        outcome=one * np.sqrt(behaviour.therapist_share_of_outcome),
        ending=other * _latent_spread(behaviour.therapist_share_of_endings),
        qualification=_qualifications(step, rng),
        qualified=np.where(
            rng.random(len(step)) < 0.12, -rng.integers(30, 500, len(step)), rng.integers(60, 4000, len(step))
        ),
        team=rng.integers(0, len(TEAMS), len(step)),
    )


# The places of these in the list of qualifications: see `tables_staff`.
def _qualifications(step: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    high = rng.choice((1, 2, 3, 4, 5, 6, 7), len(step), p=(0.62, 0.2, 0.03, 0.04, 0.04, 0.03, 0.04))
    adviser = rng.choice((8, 9), len(step), p=(0.8, 0.2))
    return np.choose(step, (np.zeros(len(step), int), high, adviser))


def _latent_spread(share: float) -> float:
    return float(np.sqrt(share / (1 - share) * _LOGISTIC_VARIANCE))
