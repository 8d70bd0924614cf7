"""Missing outcomes: how far each rate could move, had those without scores fared worst or best."""

from __future__ import annotations

from caseness.audit.missing import BoundedRate, LevelBounds, MissingBasis
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.missing import draw_missing
from caseness.report.sections.story import SLUGS
from caseness.report.sentence import Part, Sentence, say
from caseness.report.table import Cell, Table, files_only, numbers, words

_HEADING = "Outcomes that nobody knows"
_DRAWN = "recovery"
_REMARKS = (
    "Had none of them had it: the rate if everyone of unknown outcome is counted as not having it, as in “not recovered if missing”.",
    "Of a good outcome that is the worst case. Of deterioration it is the best.",
    "Recovery is of those at caseness. Of those without scores nobody knows who was: both ends count all of them as cases, "
    "and leaving some out as not at caseness lies between.",
)


def tell_missing(audit: Audit) -> Section:
    """The section of missing outcomes."""
    missing = audit.missing
    if missing is None or not missing.bases:
        why = (
            f"How many had paired scores was not published for {audit.subject.name} in {audit.subject.period.label}, "
            "so it cannot be told how many outcomes are missing."
        )
        return Section("missing", _HEADING, (absent(why),))
    fullest = max(missing.bases, key=_count_levels)
    blocks: list[Block] = [Paragraph(_introduction()), Items(tuple(_findings(fullest))), _figure(audit, fullest)]
    blocks += [Heading("Every rate at every level", "missing-levels")]
    blocks += [Grid(_levels_table(audit, one), one.basis) for one in missing.bases]
    blocks += [Heading("Who has no outcome", "missing-people"), Items(tuple(_who(fullest)))]
    blocks += [Grid(_strata_table(audit, one), one.basis) for one in missing.bases]
    return Section("missing", _HEADING, tuple(blocks))


def _count_levels(basis: MissingBasis) -> int:
    return len(_bounded(basis.rate(_DRAWN)))


def _bounded(rate: BoundedRate) -> list[LevelBounds]:
    return [one for one in rate.levels if one.span.is_known]


def _introduction() -> Sentence:
    return say(
        "An outcome is known only of those with a first and a last score. What became of the others is not known, and "
        "nothing is put in its place here. For each rate there are two ends: had none of them had the outcome, and had "
        "all of them had it. The truth can lie anywhere between. How far apart the ends are is the message."
    )


def _findings(basis: MissingBasis) -> list[Sentence]:
    recovery, worse = basis.rate(_DRAWN), basis.rate("reliable_deterioration")
    told = [_official(recovery), _official_deterioration(worse)]
    return [one for one in [*told, *(_wide(recovery, name) for name in ("starter", "referral"))] if one is not None]


def _official(rate: BoundedRate) -> Sentence | None:
    finisher = rate.level("finisher")
    if not finisher.span.is_known:
        return None
    return say(
        "The official recovery rate is ", rate.official, ". It counts the ", finisher.unknown, " who finished without paired "
        "scores (", finisher.missing, ") as not recovered, unless they are known not to have been at caseness. So it is the "
        "worst case among those who finished. The best is ", finisher.if_all, ".",
    )  # fmt: skip


def _official_deterioration(rate: BoundedRate) -> Sentence | None:
    finisher = rate.level("finisher")
    if not finisher.span.is_known:
        return None
    return say(
        "The official rate of deterioration is ", rate.official, ". It counts the same people as not deteriorated, so it "
        "is the best case. The worst is ", finisher.if_all, ".",
    )  # fmt: skip


def _wide(rate: BoundedRate, level_id: str) -> Sentence | None:
    one = rate.level(level_id)
    if not one.span.is_known:
        return None
    parts: list[Part] = [f"{_OF[level_id]}: from ", one.span, ", since the outcome of ", one.missing, " is not known. "]
    return say(*parts, _SAYS[level_id])


_OF = {
    "starter": "Recovered, of all who were treated at least once (less those known not to be at caseness)",
    "referral": "Recovered, set against the referrals received (less those known not to be at caseness)",
}
_SAYS = {
    "starter": "Neither end is likely, and nothing here says where between them the truth lies.",
    "referral": "That says next to nothing, and this is what the record allows to be said of everyone referred.",
}


def _figure(audit: Audit, basis: MissingBasis) -> Figure:
    rate = basis.rate(_DRAWN)
    levels = _bounded(rate)
    cited = ([one for one in levels if not one.level.is_ratio_of_flows] or levels)[-1]
    place = f"{audit.subject.name}, {audit.subject.period.label}"
    return Figure(
        id="fig-missing",
        heading=f"Recovery from the worst to the best case, {place}, {basis.basis}",
        alternative=_alternative(rate, levels),
        describe=lambda width: draw_missing(rate, levels, width),
        table=_drawn_table(rate, levels, f"{place}, {basis.basis}"),
        citation=say(
            f"{place}: recovered, ", rate.official, " by the official count, and ", cited.span,
            f" of “{cited.level.label.lower()}” once those of unknown outcome may have fared either way.",
        ),
        basis=basis.basis,
        notes=(
            "The upright mark is the official rate, over its own denominator.",
            "Outlined: other people, not those whose referral ended in the period.",
        ),
    )  # fmt: skip


def _alternative(rate: BoundedRate, levels: list[LevelBounds]) -> Sentence:
    parts = [part for one in levels for part in (f"{one.level.label}: ", one.span, ", ", one.width, " wide; ")]
    return say(
        "Bars from the worst to the best case, one for each level. Official: ",
        rate.official,
        ". ",
        *parts[:-1],
        " wide.",
    )


def _drawn_table(rate: BoundedRate, levels: list[LevelBounds], title: str) -> Table:
    columns = (words("level", "Of whom"), numbers("span", "Worst to best case"), numbers("width", "Apart"))
    rows = tuple((one.level.label, one.span, one.width) for one in levels)
    return Table("missing-recovery", f"{rate.label} from the worst to the best case, {title}", columns, rows)


def _levels_table(audit: Audit, basis: MissingBasis) -> Table:
    columns = (
        words("rate", "Rate"), words("level", "Of whom"), numbers("official", "Official"), numbers("everyone", "Out of"),
        numbers("unknown", "Outcome unknown"), numbers("missing", "Share unknown"), numbers("if_none", "Had none had it"),
        numbers("if_all", "Had all had it"), numbers("width", "Apart"), files_only("remark", "Remark"),
    )  # fmt: skip
    rows = tuple(_row(rate, one) for rate in basis.rates for one in rate.levels if one.span.is_known)
    caption = f"Worst and best case, {audit.subject.name}, {audit.subject.period.label}, {basis.basis}"
    notes = (*_REMARKS, *_blanks(basis))
    return Table(f"missing-levels-{SLUGS[basis.basis]}", caption, columns, rows, notes)


def _row(rate: BoundedRate, one: LevelBounds) -> tuple[Cell, ...]:
    official: Cell = rate.official if one.level.id == "finisher" else ""
    remark = "A ratio of two flows: other people." if one.level.is_ratio_of_flows else ""
    ends = (one.everyone, one.unknown, one.missing, one.if_none, one.if_all, one.width)
    return (rate.label, one.level.label, official, *ends, remark)


def _blanks(basis: MissingBasis) -> tuple[str, ...]:
    blank = [one for one in basis.rates[0].levels if not one.span.is_known]
    return tuple(f"{one.level.label}: {one.why_blank}" for one in blank)


def _who(basis: MissingBasis) -> list[Sentence]:
    return [say(f"{one.level.label}: {one.level.who_is_unknown}") for one in basis.rates[0].levels if one.span.is_known]


def _strata_table(audit: Audit, basis: MissingBasis) -> Table:
    columns = (words("group", "Group"), numbers("count", "Count"), words("why", "Why no outcome is known"))
    rows = tuple((one.label, one.count, one.why) for one in basis.strata)
    caption = f"People without an outcome, {audit.subject.name}, {audit.subject.period.label}, {basis.basis}"
    return Table(f"missing-people-{SLUGS[basis.basis]}", caption, columns, rows)
