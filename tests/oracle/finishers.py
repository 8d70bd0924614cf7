"""Measures over those who finished a course in the period: outcomes, scores, numbers of sessions, waits."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from oracle import outcomes
from oracle.cells import days
from oracle.figure import Figure, count, extreme, mean, median, ratio
from oracle.lists import ETHNIC_GROUPS, HIGH_INTENSITY, LOW_INTENSITY, WASAS
from oracle.outcomes import Change
from oracle.pathway import Pathway
from oracle.stages import HIGH, LOW, Course, course

Claim = Callable[[Pathway], bool]


def _changed(change: Change) -> Claim:
    return lambda pathway: outcomes.change(pathway) is change


def _one_anxiety_score(pathway: Pathway) -> bool:
    pairs = outcomes.anxiety_pairs(pathway)
    return any(pair.first is not None for pair in pairs) and all(pair.last is None for pair in pairs)


def _no_anxiety_score(pathway: Pathway) -> bool:
    return all(pair.first is None for pair in outcomes.anxiety_pairs(pathway))


def _paired_anxiety(pathway: Pathway) -> bool:
    return any(pair.last is not None for pair in outcomes.anxiety_pairs(pathway))


def _phq_once(pathway: Pathway) -> bool:
    return pathway.scores["PHQ9"].first is not None and pathway.scores["PHQ9"].last is None


CLAIMS: dict[str, Claim] = {
    "M179": outcomes.not_at_caseness,
    "M185": _changed(Change.IMPROVED),
    "M187": _changed(Change.UNCHANGED),
    "M189": _changed(Change.DETERIORATED),
    "M191": outcomes.recovered,
    "M193": outcomes.reliably_recovered,
    "M196": _one_anxiety_score,
    "M197": _no_anxiety_score,
    "M198": _paired_anxiety,
    "M199": _phq_once,
    "M200": lambda pathway: pathway.scores["PHQ9"].first is None,
    "M201": lambda pathway: pathway.scores["PHQ9"].last is not None,
    "M202": outcomes.paired,
    "M203": lambda pathway: pathway.specific is not None,
    "M204": outcomes.appropriate,
    "M237": lambda pathway: pathway.sick_pay == ("Y", "N"),
}

SINGLE_THERAPIES = {
    "M113": "CognitiveBehaviourTherapy",
    "M114": "BriefPsychodynamicPsychotherapy",
    "M115": "CounsellingDepression",
    "M116": "InterpersonalPsychotherapy",
    "M117": "CouplesTherapyDepression",
    "M119": "OtherHighIntensity",
}
MEAN_THERAPIES = {measure: (therapy,) for measure, therapy in SINGLE_THERAPIES.items()} | {
    "M112": tuple(HIGH_INTENSITY),
    "M120": tuple(LOW_INTENSITY),
}


def figures(finished: list[Pathway]) -> dict[str, Figure]:
    """Every measure whose pathways are those that finished a course in the period."""
    claims = {measure: count(sum(map(claim, finished))) for measure, claim in CLAIMS.items()}
    return (
        claims | _ethnic(finished) | _numbers(finished) | _therapies(finished) | _social(finished) | _staged(finished)
    )


def _ethnic(finished: list[Pathway]) -> dict[str, Figure]:
    return {
        measure: recovery_rate([pathway for pathway in finished if pathway.ethnicity in tuple(group)])
        for measure, group in ETHNIC_GROUPS.items()
    }


def recovery_rate(finished: list[Pathway]) -> Figure:
    """Reliable recovery among those who did not begin below caseness."""
    recovered = sum(map(outcomes.reliably_recovered, finished))
    return ratio(recovered, len(finished) - sum(map(outcomes.not_at_caseness, finished)), 100)


def _numbers(finished: list[Pathway]) -> dict[str, Figure]:
    waits = [pathway.wait for pathway in finished if pathway.wait is not None]
    counts = [pathway.treatment_count for pathway in finished]
    spans = [days(pathway.first_session, pathway.last_session) or 0 for pathway in finished]
    return {
        "M050": mean(waits),
        "M051": median(waits),
        "M089": count(sum(counts)),
        "M141": mean(counts),
        "M142": median(counts),
        "M143": extreme(counts, max),
        "M144": extreme(counts, min),
        "M351": ratio(sum(spans), sum(number - 1 for number in counts)),
        "M1012": ratio(sum(pathway.integrated_contact is not None for pathway in finished), len(finished), 100),
        "M1013": mean(_minutes(finished)),
    }


# A pathway without a log, or whose logs give no duration, has no total to go into the mean.
def _minutes(finished: list[Pathway]) -> Iterator[int]:
    for pathway in finished:
        minutes = [log.minutes for log in pathway.logs if log.minutes is not None]
        if minutes:
            yield sum(minutes)


def _therapies(finished: list[Pathway]) -> dict[str, Figure]:
    totals = {
        measure: [sum(map(pathway.therapy_count, therapies)) for pathway in finished]
        for measure, therapies in MEAN_THERAPIES.items()
    }
    return {measure: mean(filter(None, numbers)) for measure, numbers in totals.items()}


def _social(finished: list[Pathway]) -> dict[str, Figure]:
    """The five questions of the Work and Social Adjustment Scale, each over those who answered it twice."""
    found: dict[str, Figure] = {}
    for pairs_measure, tool in WASAS.items():
        pairs = [pathway.scores[tool] for pathway in finished if pathway.scores[tool].last is not None]
        firsts = [pair.first or Fraction(0) for pair in pairs]
        lasts = [pair.last or Fraction(0) for pair in pairs]
        values = [count(len(pairs)), mean(firsts), median(firsts), mean(lasts), median(lasts)]
        found |= {f"M{int(pairs_measure[1:]) + step}": value for step, value in enumerate(values)}
    return found


def _staged(finished: list[Pathway]) -> dict[str, Figure]:
    courses = [(pathway, course(pathway)) for pathway in finished if _assessed_first(pathway)]
    high = [days(pathway.assessment, pathway.high_intensity) for pathway, found in courses if _begins(found, HIGH)]
    low = [days(pathway.assessment, pathway.low_intensity) for pathway, found in courses if _begins(found, LOW)]
    down = [found.gap for _, found in courses if found.goes(HIGH, LOW)]
    up = [found.gap for _, found in courses if found.goes(LOW, HIGH)]
    return {
        **_waits(high, "M347", "M352", {28: ("M356", "M362"), 90: ("M358", "M364")}),
        **_waits(low, "M348", "M353", {28: ("M357", "M363"), 90: ("M359", "M365")}),
        **_waits(down, "M349", "M354", {}),
        **_waits(up, "M350", "M355", {28: ("M360", "M366"), 90: ("M361", "M367")}),
    }


def _assessed_first(pathway: Pathway) -> bool:
    assessment, session = pathway.assessment, pathway.first_session
    return assessment is not None and session is not None and assessment <= session


def _begins(found: Course, intensity: str) -> bool:
    return found.first is not None and found.first.intensity == intensity


def _waits(gaps: list[int | None], average: str, total: str, limits: dict[int, tuple[str, str]]) -> dict[str, Figure]:
    known = [gap for gap in gaps if gap is not None]
    found = {average: mean(known), total: count(len(known))}
    for limit, (number, percentage) in limits.items():
        within = sum(gap <= limit for gap in known)
        found |= {number: count(within), percentage: ratio(within, len(known), 100)}
    return found
