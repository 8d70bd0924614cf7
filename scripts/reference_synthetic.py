"""The reference page of synthetic records: the numbers of behaviour, the shapes, and the errors that are planted."""

from __future__ import annotations

from reference_pages import code, table

from caseness.synthetic.appointments import REASONS
from caseness.synthetic.behaviour import numbers
from caseness.synthetic.beside_treatment import Division, beside_numbers, divisions
from caseness.synthetic.planting import KINDS
from caseness.synthetic.writing import SAYS

_INTRODUCTION = f"""# Synthetic records

What `caseness synthesise` draws from beside the published figures, and which errors it plants. Each file says:

> {SAYS}

## Behaviour

A number has a source, or the reason why it is assumed. What is fitted names the margin that it is fitted to.
"""
_BESIDE = """
## Beside treatment

What a service records beside the data set, follow-up, changes of therapist and conditions. The tables of our own are filled with
`--shape service` alone.
"""
_PLANTED = """
## Errors that are planted

Each kind gets the share of eligible rows that `--errors` says; blank and unlisted end codes get at least their published share, unless
`--errors` is 0. No row gets two. *Rule* is the rule of a check that finds it.
An error may set off other rules as well: an activity that names no contact leaves its contact without one, and takes its scores
with it.
"""
_TRUTH = """
## Reasons for leaving

The truth tells one for each referral. The end code of the record is drawn from it, and is not always right.
"""


def synthetic_page() -> str:
    """The numbers, the planted errors and the true reasons."""
    behaviour = table(
        ("name", "value", "what", "source", "assumed because"),
        ((code(one.name), f"{one.value:g}", one.about, one.source, one.reason) for one in numbers()),
    )
    beside = table(
        ("name", "value", "what", "source", "assumed because"),
        ((code(one.name), f"{one.value:g}", one.about, one.source, one.reason) for one in beside_numbers()),
    )
    divided = table(
        ("name", "shares", "what", "assumed because"),
        ((code(one.name), _shares(one), one.about, one.reason) for one in divisions().values()),
    )
    planted = table(
        ("kind", "table and column", "what is wrong", "rule"),
        ((code(kind.name), code(f"{kind.table_id}.{kind.column}"), kind.says, code(kind.rule)) for kind in KINDS),
    )
    reasons = "".join(f"- {code(reason)}\n" for reason in REASONS)
    return f"{_INTRODUCTION}\n{behaviour}{_BESIDE}\n{beside}\n{divided}{_PLANTED}\n{planted}{_TRUTH}\n{reasons}"


def _shares(division: Division) -> str:
    return ", ".join(f"{name} {share:g}" for name, share in zip(division.codes, division.shares, strict=True))
