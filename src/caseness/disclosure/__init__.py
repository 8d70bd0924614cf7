"""Which figures may be shown to whom. Stands before the audit, so that nothing unreleased is audited.

A policy is an object with an audience. Published releases pass unchanged, as their publisher rounded them. Figures that are
computed from records pass exact for the service's own use, and otherwise rounded and suppressed: figure by figure by the rules
of NHS England, of OpenSAFELY or of a file, or all figures of a publication together by our own rules for the public.
"""

from caseness.disclosure.linkage import LEAF_LEVEL, Linkage, link
from caseness.disclosure.own_policy import choose_policy, read_policy
from caseness.disclosure.policies import (
    DIRECT_CARE,
    EXACT,
    NHS_ENGLAND,
    OPENSAFELY,
    OWN_USE,
    POLICIES,
    PUBLIC,
    PUBLISHED,
)
from caseness.disclosure.policy import Policy
from caseness.disclosure.refusals import BadPolicy, CannotProtect, NotReleased
from caseness.disclosure.released import Released, release

__all__ = [
    "DIRECT_CARE",
    "EXACT",
    "LEAF_LEVEL",
    "NHS_ENGLAND",
    "OPENSAFELY",
    "OWN_USE",
    "POLICIES",
    "PUBLIC",
    "PUBLISHED",
    "BadPolicy",
    "CannotProtect",
    "Linkage",
    "NotReleased",
    "Policy",
    "Released",
    "choose_policy",
    "link",
    "read_policy",
    "release",
]
