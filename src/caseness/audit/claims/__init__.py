"""Claims of any side, filed in one form and judged against the published counts."""

from caseness.audit.claims.explain import MEANINGS
from caseness.audit.claims.judge import judge
from caseness.audit.claims.model import (
    CANNOT_BE_CHECKED,
    CONSISTENT,
    CONTRADICTED,
    OTHER_DENOMINATOR,
    OTHER_NUMERATOR,
    REPRODUCED,
    VERDICTS,
    Breakdown,
    Claim,
    Implied,
    Judgement,
    Need,
    Pair,
    Reading,
    Request,
)
from caseness.audit.claims.read import parse_claims, read_claims, read_shipped_claims

__all__ = [
    "CANNOT_BE_CHECKED",
    "CONSISTENT",
    "CONTRADICTED",
    "MEANINGS",
    "OTHER_DENOMINATOR",
    "OTHER_NUMERATOR",
    "REPRODUCED",
    "VERDICTS",
    "Breakdown",
    "Claim",
    "Implied",
    "Judgement",
    "Need",
    "Pair",
    "Reading",
    "Request",
    "judge",
    "parse_claims",
    "read_claims",
    "read_shipped_claims",
]
