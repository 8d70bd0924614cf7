"""A record -> the grains that measures count: referral and month, contact, log of internet therapy, stages of a course."""

from caseness.derive.assumed import ASSUMED, DEFAULT, AssumedRule, Options, read_options
from caseness.derive.derivation import Derivation, derivation
from caseness.derive.deriving import derive
from caseness.derive.grains import COLUMNS, Grains, open_grains

__all__ = [
    "ASSUMED",
    "COLUMNS",
    "DEFAULT",
    "AssumedRule",
    "Derivation",
    "Grains",
    "Options",
    "derivation",
    "derive",
    "open_grains",
    "read_options",
]
