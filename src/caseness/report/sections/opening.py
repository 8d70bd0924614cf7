"""The first page: what was found, in plain sentences, with the numbers and what cannot be said."""

from __future__ import annotations

from caseness.audit.ledger import Ledger
from caseness.audit.rates import Reproduction
from caseness.audit.run import Audit
from caseness.audit.waits import WaitShare
from caseness.report.blocks import Block, Heading, Highlights, Items, Section, absent
from caseness.report.pointers import Held
from caseness.report.sections.story import find_share, main_ledger
from caseness.report.sentence import Sentence, say
from caseness.results import ANNUAL

_NOT_SAID = say(
    "What cannot be said: why anybody left, whether treatment caused the change, or what became of those who left. "
    "These figures have no comparison group and follow nobody after the last recorded score."
)


def tell_opening(audit: Audit) -> Section:
    """The first page."""
    ledger = main_ledger(audit)
    if ledger is None:
        words = f"Nothing was published about {audit.subject.name} for {audit.subject.period.label}."
        return Section("summary", "In short", (absent(words), Items((_NOT_SAID,))))
    sentences = (
        *_whole_journey(ledger),
        *_headline(audit, ledger),
        *_outcomes(ledger),
        *_waits(audit),
        *_reproduced(audit),
        _NOT_SAID,
    )
    blocks: tuple[Block, ...] = (
        _highlights(ledger),
        Items(sentences),
        Heading("What this report rests on", "rests-on"),
        Items((_basis(audit, ledger),)),
    )
    return Section("summary", "In short", blocks)


def _highlights(ledger: Ledger) -> Highlights:
    recovery, ended = ledger.line("recovery"), ledger.line("ended_referrals")
    finished = ledger.line("finished_course")
    candidates = (
        (ended.count, "referrals ended"),
        (finished.of_ended, "of them had two or more treatment contacts"),
        (recovery.of_stage, "recovered, of those judged for recovery: the headline"),
        (recovery.of_ended, "recovered, of all referrals that ended"),
    )
    return Highlights(tuple((quantity, label) for quantity, label in candidates if quantity.is_known))


def _whole_journey(ledger: Ledger) -> tuple[Sentence, ...]:
    ended = ledger.line("ended_referrals").count
    before, once, more = (
        ledger.line(step).of_ended for step in ("ended_before_treatment", "ended_treated_once", "finished_course")
    )
    if not (before.is_known and once.is_known and more.is_known):
        return (
            say(
                f"How many referrals ended in {ledger.period.label}, and how many of them before treatment or after one contact, was not published on this basis."
            ),
        )
    return (
        say("Of the ", ended, f" referrals that ended in {ledger.period.label}, ", before, " ended before any treatment, ", once,
            " after one treatment contact, and ", more, " after two or more. The programme calls the last group “finished a course”, however the course ended."),
    )  # fmt: skip


def _headline(audit: Audit, ledger: Ledger) -> tuple[Sentence, ...]:
    recovery = ledger.line("recovery")
    if not recovery.of_stage.is_known:
        return ()
    told = say(
        "The headline is that ", recovery.of_stage, " recovered. That is the share of the ", ledger.line("judged_for_recovery").count,
        " who finished a course and did not begin below both thresholds.",
    )  # fmt: skip
    return (told + _wider(audit, ledger),) if recovery.of_ended.is_known else (told,)


def _wider(audit: Audit, ledger: Ledger) -> Sentence:
    of_all = ledger.line("recovery").of_ended
    treated = find_share(audit, ledger.basis, "recovery", "ended_after_treatment")
    if treated is None:
        return say("Of all referrals that ended it is ", of_all, ".")
    return say(
        "Of all who were treated at least once it is ",
        treated.share,
        "; of all referrals that ended it is ",
        of_all,
        ".",
    )


def _outcomes(ledger: Ledger) -> tuple[Sentence, ...]:
    steps = ("reliable_improvement", "no_reliable_change", "reliable_deterioration", "unpaired")
    shares = [ledger.line(step).of_stage for step in steps]
    if not all(share.is_known for share in shares):
        return ()
    better, same, worse, unknown = shares
    return (
        say("Of those who finished, ", better, " reliably improved, ", same, " showed no reliable change, ", worse,
            " reliably deteriorated, and ", unknown, " have no paired scores, so that no outcome is known."),
    )  # fmt: skip


def _waits(audit: Audit) -> tuple[Sentence, ...]:
    if not audit.waits.hidden:
        return ()
    hidden = audit.waits.hidden[0]
    return (
        say("Waits: of ", hidden.first.of, ", ", hidden.first.share, *_target(hidden.first), " had a first treatment within 6 weeks. Of ", hidden.second.of, ", ",
            hidden.second.share, " came more than 90 days after the first: no target counts that wait."),
    )  # fmt: skip


def _target(share: WaitShare) -> tuple:
    return (" (target ", Held(share.target, "value", "percentage"), ")") if share.target else ()


def _reproduced(audit: Audit) -> tuple[Sentence, ...]:
    found = [one for one in audit.rates.reproduction if one.figure_id == "M192" and one.printed]
    chosen = next(iter([*[one for one in found if one.basis == ANNUAL], *found]), None)
    return (_tell(chosen),) if chosen else ()


def _tell(one: Reproduction) -> Sentence:
    unclear = ("; ", Held(one, "cannot_be_told"), " cannot be told, because their counts are starred or rounded")
    return say(
        "First reproduce, then criticise: of the ", Held(one, "printed"), f" recovery rates printed in this record ({one.basis}), ",
        Held(one, "reproduced"), " follow from their own counts", *(unclear if one.cannot_be_told else ()), "; ",
        Held(one, "impossible"), " are ruled out by them.",
    )  # fmt: skip


def _basis(audit: Audit, ledger: Ledger) -> Sentence:
    if audit.record.is_computed:
        return say(
            f"This page rests on {audit.provenance.statistics}, each referral counted by the official definitions ({ledger.basis}). "
            f"{_let_out(audit)} {audit.provenance.made_up}"
        )
    return say(
        f"This page rests on the {ledger.basis}. Where the annual report and the monthly files both print a count, this report shows both, "
        "side by side, and never divides one by the other. A number that was rounded or suppressed is shown as an interval. "
        "All statistics: NHS England, Open Government Licence v3.0."
    )


def _let_out(audit: Audit) -> str:
    under = audit.disclosure
    if under.is_own_use:
        return "Nothing is rounded or suppressed, so it is not for publication."
    return (
        f"They were let out under the disclosure policy '{under.policy}': {under.says} A number that was rounded or suppressed "
        "is shown as an interval."
    )
