"""The policies that come with the package."""

from __future__ import annotations

from types import MappingProxyType

from caseness.disclosure.cell_by_cell import CellByCell
from caseness.disclosure.linked import Linked
from caseness.disclosure.policy import Policy
from caseness.results import ANNUAL, COMPUTED, MONTHLY, PRESS, SUMMED

PUBLISHED = Policy(
    id="published",
    audience="public",
    says="Figures that an official publisher has released pass unchanged, and are never narrowed.",
    bases=(ANNUAL, MONTHLY, SUMMED, PRESS),
    marks=False,
)
OWN_USE = Policy(
    id="own-use",
    audience="service",
    says="Figures that a service computes from its own records, exact and unsuppressed. Not for publication.",
    bases=(COMPUTED,),
    notice="These figures are exact and unsuppressed: for the service's own use, and not for publication.",
)
DIRECT_CARE = Policy(
    id="direct-care",
    audience="direct care",
    says="Figures for those who treat the people that they are of, exact and unsuppressed. Not for publication.",
    bases=(COMPUTED,),
    notice="These figures are exact and unsuppressed: for those who treat the people they are of, and not for publication.",
)
NHS_ENGLAND = Policy(
    id="nhs-england",
    audience="public",
    says=(
        "England exact. Below England counts to the nearest 5, those under 5 a star; whole percentages of the exact counts, "
        "a star where either is under 5."
    ),
    bases=(COMPUTED,),
    rules=CellByCell(threshold=5, base=5, is_england_exact=True),
    notice=(
        "Rounded as NHS England rounds its monthly files. England's counts are exact, and nothing is suppressed for the sake "
        "of another figure: a small count can follow from others. To publish, --policy public protects more."
    ),
    source="NHS England, annual reports and monthly files as released, and the suppression in the code of its dashboards",
)
OPENSAFELY = Policy(
    id="opensafely",
    audience="public",
    says=(
        "Counts of 7 or fewer are redacted, and the others rounded to the nearest 5; percentages are worked out of rounded "
        "counts; the highest and the lowest of a number are redacted."
    ),
    bases=(COMPUTED,),
    rules=CellByCell(threshold=8, base=5, percentages_from_rounded=True, shows_extremes=False),
    notice=(
        "Rounded by the rules of OpenSAFELY for counts. Each figure was rounded by itself, so totals are not the sums of what "
        "is shown, and its checkers have not seen them."
    ),
    source="OpenSAFELY documentation, Applying statistical disclosure control, https://docs.opensafely.org/outputs/sdc",
)
PUBLIC = Policy(
    id="public",
    audience="public",
    says=(
        "Counts in bins of 5 or more, chosen so that no sum and no later month tells more of a small count than its own bin; "
        "counts that lie within others, and a month that is let out again with other counts, may narrow it to three values "
        "or fewer; percentages worked out of what is shown."
    ),
    bases=(COMPUTED,),
    rules=Linked(base=5),
    notice=(
        "For publication: each count lies between its low and its high. The value is the middle of the two, blank where it may "
        "be under 5 or where the two lie far apart. Do not add values up. What else you publish of the same people can still "
        "tell of them."
    ),
    source="Ours. docs/explanation/disclosure.md says what it protects against, and what it costs.",
)
# Of these everything of a record is exact, and nothing for publication.
EXACT = frozenset({OWN_USE.id, DIRECT_CARE.id})
AUDIENCES = (PUBLIC.audience, OWN_USE.audience, DIRECT_CARE.audience)
POLICIES = MappingProxyType({one.id: one for one in (OWN_USE, DIRECT_CARE, NHS_ENGLAND, OPENSAFELY, PUBLIC)})
