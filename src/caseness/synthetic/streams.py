"""Random numbers: one stream for each purpose and chunk, so that nothing depends on order or on how many work."""

from __future__ import annotations

import numpy as np

# The purposes that have streams of their own. A new one goes to the end, or every record changes.
PURPOSES = (
    "providers",
    "people",
    "journeys",
    "scores",
    "tables",
    "planting",
    "submissions",
    "received",
    "beside",
    "own tables",
)


def stream(seed: int, purpose: str, chunk: int = 0, turn: int = 0) -> np.random.Generator:
    """The generator of one purpose. `turn` tells first referrals (0) from later ones (1).

    Examples
    --------
    >>> bool(stream(1, "people", 3).random() == stream(1, "people", 3).random())
    True
    >>> bool(stream(1, "people", 3).random() == stream(1, "people", 4).random())
    False
    """
    key = (PURPOSES.index(purpose), chunk, turn)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
