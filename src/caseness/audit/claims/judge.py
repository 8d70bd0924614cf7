"""Judge claims: take each basis by itself, and say which makes the claim true, if any."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.claims.assess import Assessment, assess, choose
from caseness.audit.claims.explain import explain, say_basis
from caseness.audit.claims.ground import (
    BASES_OF,
    Ground,
    add_months,
    covers,
    months_published,
    stand_on,
    stand_on_group,
)
from caseness.audit.claims.implied import imply
from caseness.audit.claims.lacking import lacks, request_counts, request_figure, say_lacking
from caseness.audit.claims.measure import Pairing, Scene
from caseness.audit.claims.model import (
    CANNOT_BE_CHECKED,
    CONSISTENT,
    CONTRADICTED,
    OTHER_DENOMINATOR,
    OTHER_NUMERATOR,
    REPRODUCED,
    Claim,
    Judgement,
    Reading,
    Request,
)
from caseness.audit.claims.nearest import usual_denominator
from caseness.audit.claims.part_year import look_at_months, say_part_year
from caseness.audit.claims.places import settle
from caseness.audit.claims.search import NOTHING_TRIED, Search, search, search_denominators, sensible_denominators
from caseness.audit.quantity import nothing
from caseness.audit.record import Record
from caseness.periods import MONTHS_IN, Period
from caseness.results import ANNUAL, PRESS, FigureSource

_MONTHS_IN_A_YEAR = 12


def judge(record: Record, claims: Sequence[Claim], source: FigureSource | None = None) -> tuple[Judgement, ...]:
    """Judge claims against the published record.

    Parameters
    ----------
    record : Record
        What `gather` made of the releases.
    claims : sequence of Claim
    source : releases, or None
        Where breakdowns are read, if any claim has one: the record holds totals alone.

    Returns
    -------
    tuple of Judgement, in the order of `claims`

    Raises
    ------
    BadClaims
        If a claim names an organisation, breakdown or group that is not in the releases.

    Examples
    --------
    >>> from caseness.audit.claims.read import read_shipped_claims
    >>> from caseness.audit.record import gather
    >>> from caseness.published import Embedded
    >>> claims = read_shipped_claims()
    >>> verdicts = {one.claim.id: (one.verdict, one.basis) for one in judge(gather(Embedded()), claims)}
    >>> verdicts["two-or-more-2021-22"]
    ('reproduced', 'sum of monthly files')
    """
    return tuple(_judge_one(record, claim, source) for claim in settle(record, claims, source))


def _judge_one(record: Record, claim: Claim, source: FigureSource | None) -> Judgement:
    if claim.needs is not None:
        return _beyond_counts(claim)
    scenes = _scenes(record, claim, source)
    assert claim.numerator is not None
    if claim.kind in ("share", "ratio") and claim.denominator is None:
        return _judge_open(record, claim, claim.numerator, scenes)
    stated = Pairing(claim.numerator, claim.denominator)
    assessments = [assess(claim, stated, scene) for scene in scenes]
    chosen = choose(assessments)
    if chosen.verdict != CONTRADICTED or claim.kind == "rank":
        return _conclude(record, claim, chosen.verdict, chosen, assessments)
    searched = search(claim, stated, scenes)
    return _conclude(record, claim, _verdict_of_search(searched, stated), chosen, assessments, searched)


def _verdict_of_search(searched: Search, stated: Pairing) -> str:
    if not searched.says_something:
        return CONTRADICTED
    if stated.denominator is None:
        return OTHER_NUMERATOR
    keeps_numerator = any(pair.numerator == stated.numerator for pair in searched.found)
    return OTHER_DENOMINATOR if keeps_numerator else OTHER_NUMERATOR


def _judge_open(record: Record, claim: Claim, numerator: str, scenes: Sequence[Scene]) -> Judgement:
    """A claim that names no denominator is judged by the denominator that favours it most."""
    usual = Pairing(numerator, usual_denominator(numerator))
    searched = search_denominators(claim, usual, scenes)
    if searched.found:
        first = searched.assessments[0]
        own = [assess(claim, first.pairing, scene) for scene in scenes if scene.basis != first.basis]
        return _conclude(record, claim, REPRODUCED, first, [first, *own], searched)
    pairings = [usual, *(Pairing(numerator, one) for one in sensible_denominators(claim, numerator))]
    by_pairing = {one: [assess(claim, one, scene) for scene in scenes] for one in dict.fromkeys(pairings)}
    chosen = {one: choose(found) for one, found in by_pairing.items()}
    verdict = _open_verdict([one.verdict for one in chosen.values()])
    shown = next((one for one in chosen.values() if one.verdict == verdict), chosen[usual])
    return _conclude(record, claim, verdict, shown, by_pairing[shown.pairing], searched)


def _open_verdict(verdicts: Sequence[str]) -> str:
    by_favour = (REPRODUCED, CONSISTENT, CONTRADICTED, CANNOT_BE_CHECKED)
    return next(one for one in by_favour if one in verdicts)


def _conclude(
    record: Record,
    claim: Claim,
    verdict: str,
    chosen: Assessment,
    assessments: Sequence[Assessment],
    searched: Search = NOTHING_TRIED,
) -> Judgement:
    others = [one for one in assessments if one is not chosen]
    implied = imply(claim, chosen) if verdict in (CONSISTENT, CANNOT_BE_CHECKED) and chosen.measured.span else ()
    wanted = lacks(chosen) if verdict in (CONSISTENT, CANNOT_BE_CHECKED) else ()
    missing = _missing(record, claim, chosen, wanted)
    told = _of_months(record, claim, chosen) if wanted else ()
    basis = chosen.basis if chosen.figure.is_known else None
    explanation = " ".join([explain(claim, verdict, chosen, others, searched, implied, missing), *told])
    return Judgement(
        *(claim, verdict, chosen.figure, basis, explanation),
        readings=tuple(_reading(claim, one) for one in (chosen, *others)),
        pairs=searched.found,
        pairs_tried=searched.tried,
        matches_by_chance=searched.by_chance,
        implied=implied,
        missing=missing,
        request=_request(record, claim, wanted, chosen.basis),
    )


def _of_months(record: Record, claim: Claim, chosen: Assessment) -> tuple[str, ...]:
    part = look_at_months(record, claim, chosen.pairing)
    return (say_part_year(claim, part, chosen.unit),) if part else ()


def _reading(claim: Claim, one: Assessment) -> Reading:
    return Reading(one.basis, one.verdict, one.figure, say_basis(claim, one))


def _beyond_counts(claim: Claim) -> Judgement:
    need = claim.needs
    assert need is not None
    request = request_figure(claim, need.figure, need.held_by) if need.held_by else None
    nobody = "" if request else " No public body is known to hold it, so there is nobody to ask."
    missing = f"Needed: {need.figure}{nobody}"
    explanation = f"Counts of referrals, people and appointments cannot settle this. {missing}"
    return Judgement(claim, CANNOT_BE_CHECKED, nothing(), None, explanation, missing=missing, request=request)


def _missing(record: Record, claim: Claim, chosen: Assessment, wanted: tuple[tuple[str, Period], ...]) -> str:
    if claim.breakdown is not None and wanted and not chosen.scene.now.figures:
        return (
            f"The annual figures for {claim.breakdown.type}: {claim.breakdown.group} in {claim.period.label} are not "
            "in what was read: give the annual releases."
        )
    if not _is_covered(record, claim):
        place = record.names.get(claim.organisation, claim.organisation)
        return f"The releases that were read do not cover {claim.period.label} for {place}: give those that do."
    return say_lacking(chosen, wanted)


def _request(record: Record, claim: Claim, wanted: tuple[tuple[str, Period], ...], basis: str) -> Request | None:
    """No request for what may be published in releases that were not read."""
    if not wanted or claim.breakdown is not None or not _is_covered(record, claim):
        return None
    return request_counts(claim, wanted, record.names.get(claim.organisation, ""), basis)


def _is_covered(record: Record, claim: Claim) -> bool:
    periods = [period for period in (claim.period, claim.since) if period is not None]
    return all(covers(record, period, claim.organisation) for period in periods)


def _scenes(record: Record, claim: Claim, source: FigureSource | None) -> list[Scene]:
    """One scene a basis; those that print nothing at all are left out, unless all do."""
    bases = (claim.basis,) if claim.basis else BASES_OF[claim.period.kind]
    if claim.breakdown is not None:
        bases = (ANNUAL,)
    scenes = [_scene(record, claim, basis, source) for basis in bases]
    return [scene for scene in scenes if _prints_something(claim, scene)] or scenes[:1]


def _prints_something(claim: Claim, scene: Scene) -> bool:
    """Press figures bound nothing: they are used only where they hold every count."""
    names = [name for name in (claim.numerator, claim.denominator) if name]
    grounds = [scene.now, *([scene.since] if scene.since else [])]
    published = [ground.publishes(name) for ground in grounds for name in names]
    if scene.basis == PRESS:
        return all(published)
    return any(published) or (claim.denominator is None and any(ground.figures for ground in grounds))


def _scene(record: Record, claim: Claim, basis: str, source: FigureSource | None) -> Scene:
    def stand(period: Period) -> Ground:
        if claim.breakdown is None:
            return stand_on(record, basis, period, claim.organisation)
        if source is None:
            return Ground(basis, period, {})
        return stand_on_group(source, claim.breakdown, period, claim.organisation)

    since = stand(claim.since) if claim.since else None
    ranked = tuple(stand(one) for one in _ranked(claim))
    return Scene(record.cube(basis).basis, stand(claim.period), since, ranked, _months_of(record, claim))


def _months_of(record: Record, claim: Claim) -> Ground | None:
    months = months_published(record, claim.period, claim.organisation)
    if claim.breakdown is not None or not months:
        return None
    return add_months(record, months, claim.organisation, claim.period)


def _ranked(claim: Claim) -> list[Period]:
    """The periods that a ranking compares with: those of the last `within` years, this one left out."""
    if claim.within is None:
        return []
    number = claim.within * _MONTHS_IN_A_YEAR // MONTHS_IN[claim.period.kind]
    return [claim.period.shift(-steps) for steps in range(number - 1, 0, -1)]
