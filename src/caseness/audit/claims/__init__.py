"""Claims of any side, filed in one form and judged against the published counts."""

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

__all__ = [
    "CANNOT_BE_CHECKED",
    "CONSISTENT",
    "CONTRADICTED",
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
]
