"""Whether a therapist was qualified, in training, or neither, as far as was known in a month."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.codes import code_list
from caseness.derive.derivation import CONTACT, declared_in, derivation

_SPEC = "specification of record and measures, section 5.3, item 15; M1014 to M1017"
QUALIFIED, IN_TRAINING, NEITHER, MISSING = "qualified", "in training", "neither", "missing"
# The higher counts where a contact has several therapists.
_RANKS = (MISSING, NEITHER, IN_TRAINING, QUALIFIED)


def known_staff(rows: ibis.Table, months: ibis.Table) -> ibis.Table:
    """What is known of each therapist in each month: `staff_provider`, `staff`, `staff_month`, and three columns.

    `rows` are those of IDS902 with `provider` and `month_index`, `months` the `provider` and `month_index` of every
    submission. A row counts in its own month and in all later ones.
    """
    levels = code_list("QualAttainLevelIAPT").known
    told = rows.mutate(listed=rows.qualification.isin(sorted(levels)))
    of_provider = months.select(known_provider="provider", known_month="month_index").distinct()
    joined = told.inner_join(
        of_provider, [told.provider == of_provider.known_provider, told.month_index <= of_provider.known_month]
    )
    return joined.group_by(
        staff_provider=joined.provider, staff=joined.care_professional, staff_month=joined.known_month
    ).agg(
        is_known=joined.care_professional.notnull().max(),
        qualified_on=ibis.ifelse(joined.listed, joined.qualification_awarded, None).min(),
        planned_until=ibis.ifelse(joined.listed, joined.qualification_planned, None).max(),
    )


@derivation(
    CONTACT,
    when_null="Without a therapist, or a row of the therapist: missing. A blank day is none.",
    source=_SPEC,
    assumed=("in-training",),
)
def staff_rank(is_known: Any, qualified_on: Any, planned_until: Any, contact_date: Any, options: Any) -> Any:
    """Whether the therapist of an activity was qualified (3), in training (2), known to be neither (1), or not known (0)."""
    planned = planned_until.notnull()
    if options.in_training == "not-yet-completed":
        planned = (planned_until >= contact_date).fill_null(False)
    return ibis.cases((qualified_on <= contact_date, 3), (planned, 2), (is_known, 1), else_=0)


@derivation(CONTACT, when_null="Without an activity: missing.", source=_SPEC, assumed=("in-training",))
def staff_standing(best_rank: Any) -> Any:
    """The best standing of the therapists of the contact: qualified, in training, neither, or missing."""
    return ibis.cases(*((best_rank == rank, name) for rank, name in enumerate(_RANKS) if rank), else_=MISSING)


DERIVATIONS = declared_in(globals())
