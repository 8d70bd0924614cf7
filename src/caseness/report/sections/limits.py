"""What these data cannot show, and what the programme is due."""

from __future__ import annotations

from caseness.audit.run import Audit
from caseness.report.blocks import Block, Heading, Items, Section
from caseness.report.sections.arguments import paired_share
from caseness.report.sentence import Sentence, say

CANNOT_SHOW = (
    say(
        "Whether treatment caused a change. There is no comparison group, some people get better untreated, and scores that are high when people seek help tend to fall."
    ),
    say("Why anybody left. The end codes say how a service closed a referral, not what the client thought."),
    say("What became of those who left, or of anybody after the last recorded score."),
    say("The number of people. The counts are referrals, and one person can be referred more than once."),
)
_PUBLISHED_CANNOT = (
    say("One cohort from start to end. Each figure is counted in the period of its own event: those received, treated and ended in a year are different people."),
    say("Exact figures below England. Counts there are rounded to 5 and those under 5 are starred, so they are shown as intervals."),
    say("One figure across the two bases. The annual report and the sum of twelve monthly files differ, and not always in one direction. No ratio here mixes them."),
)  # fmt: skip

_DUE = (
    say("It publishes monthly, by provider, under an open licence, with numerators and denominators. That is why this audit could be made."),
    say("Its annual recovery rates can be recomputed from its own counts, and whether they were is shown above."),
    say("Being in the open invites criticism that services which publish nothing never meet."),
)  # fmt: skip


def tell_limits(audit: Audit) -> Section:
    """The section of the limits."""
    return Section(
        "limits",
        "Limits",
        (
            Heading("What these data cannot show", "cannot-show"),
            Items(_cannot_show(audit)),
            *_withheld(audit),
            *_due(audit),
        ),
    )


# What is due to a programme for publishing is not said of a record that was not published.
def _due(audit: Audit) -> tuple[Block, ...]:
    if audit.record.is_computed:
        return ()
    return Heading("What the programme is due", "due"), Items((*_classified(audit), *_DUE))


def _withheld(audit: Audit) -> tuple[Block, ...]:
    under = audit.disclosure
    if not under.withheld:
        return ()
    heading = Heading(f"What the policy '{under.policy}' does not let out", "withheld")
    return heading, Items(tuple(say(one.why) for one in under.withheld))


# With rows at hand, people are followed and nothing is rounded.
def _cannot_show(audit: Audit) -> tuple[Sentence, ...]:
    return CANNOT_SHOW if audit.record.is_computed else (*CANNOT_SHOW, *_PUBLISHED_CANNOT)


def _classified(audit: Audit) -> tuple[Sentence, ...]:
    share = paired_share(audit)
    if share is None:
        return ()
    return (
        say(
            "Of those who finished a course, ",
            share,
            f" have a classified outcome ({audit.subject.period.label}). Few health services come near that.",
        ),
    )
