"""A record -> the grains that measures count: referral and month, contact, log of internet therapy, stages of a course."""

from caseness.derive.assumed import DEFAULT, Options, read_options
from caseness.derive.catalogue import NOT_DERIVABLE, derivations, find_derivation
from caseness.derive.deciles import read_deciles
from caseness.derive.derivation import Derivation, derivation
from caseness.derive.deriving import derive, require_room
from caseness.derive.grains import Grains
from caseness.derive.opening import holds_grains, open_grains
from caseness.derive.rules import ASSUMED, AssumedRule
from caseness.derive.shapes import COLUMNS

__all__ = [
    "ASSUMED",
    "COLUMNS",
    "DEFAULT",
    "NOT_DERIVABLE",
    "AssumedRule",
    "Derivation",
    "Grains",
    "Options",
    "derivation",
    "derivations",
    "derive",
    "find_derivation",
    "holds_grains",
    "open_grains",
    "read_deciles",
    "read_options",
    "require_room",
]
