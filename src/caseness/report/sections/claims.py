"""Claims of any side, the verdict on each, and both sides' best argument."""

from __future__ import annotations

from collections import Counter

from caseness.audit.claims import VERDICTS, Implied, Judgement
from caseness.audit.counts import COUNTS
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Grid, Judged, Paragraph, Section, absent
from caseness.report.pointers import Held
from caseness.report.sections.arguments import argue
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, files_only, numbers, words

_IMPLIED_ENDS = (
    ("low", "At least, by the claim"),
    ("high", "At most, by the claim"),
    ("floor", "At least, by published figures"),
    ("ceiling", "At most, by published figures"),
)


def tell_claims(audit: Audit) -> Section:
    """The section of the claims."""
    if not audit.claims:
        return Section("claims", "Claims", (absent("No claims were filed."), *argue(audit)))
    blocks: list[Block] = [Paragraph(_introduction(audit)), Grid(_table(audit))]
    blocks += [_judged(one, i) for i, one in enumerate(audit.claims)]
    return Section("claims", "Claims, and what the figures make of them", (*blocks, *argue(audit)))


def _introduction(audit: Audit) -> Sentence:
    verdicts = Counter(one.verdict for one in audit.claims)
    counted = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in VERDICTS if verdicts[verdict])
    return say(
        f"{len(audit.claims)} claims were judged against published figures: {counted}. The same test is put to a claim "
        "that flatters the programme and to one that damns it. What a claim says is our paraphrase."
    )


def _table(audit: Audit) -> Table:
    columns = (
        words("claim", "Claim"), files_only("period", "Period"), words("verdict", "Verdict"), numbers("figure", "Our figure"),
        words("basis", "Basis"), files_only("source", "Source of the claim"), files_only("id", "Id"),
    )  # fmt: skip
    rows = tuple(_row(one) for one in audit.claims)
    return Table("claims", "The claims and the verdicts", columns, rows)


def _row(one: Judgement) -> tuple:
    claim = one.claim
    return (claim.says, claim.period.label, one.verdict, one.figure, one.basis or "", claim.source, claim.id)


def _judged(one: Judgement, i: int) -> Judged:
    return Judged(
        one, _readings(one, i), _pairs(one, i) if one.pairs else None, _implied(one, i) if one.implied else None
    )


def _readings(one: Judgement, i: int) -> Table:
    columns = (words("basis", "Basis"), words("verdict", "Verdict"), numbers("figure", "Figure"), words("note", "Note"))
    rows = tuple((reading.basis, reading.verdict, reading.figure, reading.note) for reading in one.readings)
    return Table(f"claim-{i + 1}-readings", f"What each basis gives for “{one.claim.says}”", columns, rows)


def _pairs(one: Judgement, i: int) -> Table:
    columns = (
        words("numerator", "Numerator"), words("denominator", "Denominator"), words("basis", "Basis"), numbers("figure", "Figure"),
    )  # fmt: skip
    rows = tuple((_label(pair.numerator), _label(pair.denominator), pair.basis, pair.figure) for pair in one.pairs)
    caption = f"Pairs of counts that print the figure of “{one.claim.says}”, nearest meaning first"
    return Table(f"claim-{i + 1}-pairs", caption, columns, rows)


def _label(name: str) -> str:
    return COUNTS[name].label if name in COUNTS else name


def _implied(one: Judgement, i: int) -> Table:
    columns = (
        words("figure", "Figure that is not published"), words("period", "Period"), words("basis", "Basis"),
        *(numbers(name, heading) for name, heading in _IMPLIED_ENDS),
    )  # fmt: skip
    rows = tuple((each.label, each.period.label, each.basis, *_ends(each)) for each in one.implied)
    return Table(f"claim-{i + 1}-implied", f"What “{one.claim.says}” would mean", columns, rows)


def _ends(each: Implied) -> tuple[Held | str, ...]:
    return tuple("" if getattr(each, name) is None else Held(each, name, each.unit) for name, _ in _IMPLIED_ENDS)
