"""Price one organisation and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseness.audit.assumptions import Assumptions
from caseness.audit.cost.beside import compare_courses, lay_out_pathways, reprice
from caseness.audit.cost.earlier import PRICES_2013, add_up_at_study_prices
from caseness.audit.cost.model import Costs, TotalCost, UnitCost
from caseness.audit.cost.prices import Collection, choose_collection, is_of_year, list_unit_costs
from caseness.audit.cost.sensitivity import blow_tornadoes
from caseness.audit.cost.share_out import share_out
from caseness.audit.cost.spend import add_up_spending, lay_out_spending
from caseness.audit.natural import Natural
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.results import ENGLAND


def price(record: Record, subject: Subject, natural: Natural | None, assumptions: Assumptions) -> Costs:
    """Price what an organisation did in a period: in all, for each result, and how far each assumption moves it.

    Parameters
    ----------
    record, subject : the counts, and whom and when they are about
    natural : recovery that would have happened anyway; None leaves additional recovery without a price
    assumptions : prices and what is assumed beside them

    Examples
    --------
    >>> from caseness.audit.assumptions import read_shipped_assumptions
    >>> from caseness.audit.record import gather
    >>> from caseness.audit.subject import choose
    >>> from caseness.published import Embedded
    >>> record = gather(Embedded())
    >>> costs = price(record, choose(record, "2024-25"), None, read_shipped_assumptions())
    >>> round(costs.cost_per("recovery", "reported").cost.value)
    2682
    """
    unit_costs = list_unit_costs(assumptions)
    collection = choose_collection(unit_costs, subject.period, assumptions.choice("cost.collection"))
    spending = lay_out_spending(record, subject, collection)
    totals = (
        *add_up_spending(spending, subject, assumptions),
        *add_up_at_study_prices(record, subject, spending, unit_costs),
    )
    per = tuple(share_out(record, subject, spending, totals, natural, assumptions))
    repriced = reprice(per, totals, assumptions)
    return Costs(
        totals,
        per,
        unit_costs,
        blow_tornadoes(record, subject, spending, natural, assumptions),
        lay_out_pathways(unit_costs, per),
        compare_courses(unit_costs, per),
        repriced,
        (*_remarks(subject, totals, collection, bool(repriced)), *_remarks_on_unused(subject, unit_costs, collection)),
    )


def _remarks(
    subject: Subject, totals: tuple[TotalCost, ...], collection: Collection, is_repriced: bool
) -> Iterator[str]:
    if is_repriced:
        yield "Prices stand in the money of their own year, and by your price index also in that of another."
    else:
        yield "Prices stand in the money of their own year. None is adjusted for inflation."
    yield from _remarks_on_collection(subject, collection)
    if any(one.id == PRICES_2013 for one in totals):
        yield "One total takes the prices of a study of 2013. That they hold for this period is assumed."
    if not {one.id for one in totals} & {"all_contacts", "reported"}:
        yield "No attended contacts were published for this period, so the price of a collection gives no total."


def _remarks_on_collection(subject: Subject, collection: Collection) -> Iterator[str]:
    is_own_year = is_of_year(collection, subject.period)
    if not is_own_year:
        yield f"No cost collection of {subject.period.label} is at hand, so there is no reported total."
    if not collection.is_as_reported:
        yield f"Contacts have prices of your file ({collection.name}). No trust reported them, so there is no reported total."
    elif is_own_year and subject.period.kind == "month":
        yield f"The price is of the {collection.name}. It counts a whole year, so a month has no reported total."
    if subject.organisation != ENGLAND and collection.is_national:
        yield "The collection at hand does not show single providers: the national price is applied to this provider's own contacts."


# A price that is read and then prices nothing would be taken for one that counts.
def _remarks_on_unused(subject: Subject, unit_costs: Sequence[UnitCost], collection: Collection) -> Iterator[str]:
    own = {one.collection for one in unit_costs if one.is_from_reader and one.item == "contact"}
    unused = sorted(own - {collection.year})
    if unused:
        yield (
            f"Your file prices contacts of {', '.join(unused)}. {subject.period.label} takes the price of {collection.year}, which is "
            "nearer or was chosen, so those of your file change nothing here."
        )
