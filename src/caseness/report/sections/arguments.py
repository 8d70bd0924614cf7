"""The best argument of each side, with the numbers that it rests on. Neither is ours."""

from __future__ import annotations

from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Heading, Items
from caseness.report.sections.story import find_share, main_ledger
from caseness.report.sentence import Sentence, say


def argue(audit: Audit) -> tuple[Block, ...]:
    """What each side would say to the other's claims."""
    return (
        Heading("The best argument for the programme", "for-the-programme"),
        Items((*_known_outcomes(audit), *(_FOR if not audit.record.is_computed else _FOR[:-2]))),
        Heading("The best argument of its critics", "for-the-critics"),
        Items((*_who_is_left_out(audit), *_AGAINST)),
    )


_FOR = (
    say("A change score needs two scores. Someone who never began, or came once, has one at most: to count them as failures would be as wrong as to count them as successes."),
    say("Leaving early is not always a bad end. People are signposted, feel better, or find that one contact was enough; the end codes cannot tell these apart."),
    say("The official denominator has been the same since 2012-13, is printed with its definition, and is applied to every provider alike."),
    say("Few health services publish outcomes of nearly all whom they treat, or let a stranger recompute them. This report could not be written about most of them."),
)  # fmt: skip

_AGAINST = (
    say("“Finished a course” means two contacts. A rate among those who stayed says little of those who did not, and staying may itself depend on getting better."),
    say("There is no comparison group. Untreated depression in primary care remits in 23 % at three months (Whiteford 2013, Psychological Medicine 43:1569; mild to moderate cases, depression only)."),
    say("Scores are highest when people seek help, so some fall would follow without any treatment (regression to the mean)."),
    say("Outcomes are questionnaires collected by the service that is judged by them, and the last paired score stands for the outcome. Nothing in these data was checked by somebody outside."),
)  # fmt: skip


def _known_outcomes(audit: Audit) -> tuple[Sentence, ...]:
    share = paired_share(audit)
    if share is None:
        return ()
    return (
        (say("Of those who finished a course, ", share, " have paired scores, so nearly every outcome is known."),)
        if (share.low or 0) >= 95
        else (say("Of those who finished a course, ", share, " have paired scores."),)
    )


def paired_share(audit: Audit) -> Quantity | None:
    """The share of those who finished a course whose outcome is known, on the first basis that has it."""
    bases = [ledger.basis for ledger in audit.ledgers]
    found = [find_share(audit, basis, "paired", "finished_course") for basis in bases]
    return next((one.share for one in found if one is not None), None)


def _who_is_left_out(audit: Audit) -> tuple[Sentence, ...]:
    ledger = main_ledger(audit)
    if ledger is None or not ledger.line("ended_before_treatment").of_ended.is_known:
        return ()
    before, once, recovered = (
        ledger.line(step).of_ended for step in ("ended_before_treatment", "ended_treated_once", "recovery")
    )
    return (
        say(
            "Of all referrals that ended, ",
            before,
            " ended before treatment and ",
            once,
            " after one contact. All of them are outside the recovery rate; with them inside, it is ",
            recovered,
            ".",
        ),
    )
