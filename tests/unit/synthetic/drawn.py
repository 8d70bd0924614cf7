"""A chunk of made-up referrals, followed until all have ended, for tests of what people do."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from caseness.synthetic.chunk import Chunk, Plan, make_chunk
from caseness.synthetic.england import england
from caseness.synthetic.months import Months
from caseness.synthetic.providers import Providers, make_providers
from caseness.synthetic.request import Request
from caseness.synthetic.world import World


@dataclass(frozen=True)
class Drawn:
    """A chunk with what it was drawn from."""

    world: World
    providers: Providers
    chunk: Chunk

    @property
    def finished(self):
        """Which referrals had two treatments or more."""
        return self.chunk.endings.sessions >= 2


def draw(referrals=20_000, seed=11, returns=0.0, months=60, **behaviour):
    """Referrals over five years, of which those of the first month are all over. Nobody comes back unless asked for."""
    world = england()
    world = replace(world, behaviour=replace(world.behaviour, returns_share=returns, **behaviour))
    request = Request(referrals, months, seed)
    providers = make_providers(request, world)
    return Drawn(world, providers, make_chunk(Plan(request, world, providers, Months(date(2023, 4, 1), months)), 0))


def share(chosen):
    """The share that is true."""
    return float(np.mean(chosen))
