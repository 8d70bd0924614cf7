"""Single numbers, and how far rates differ between providers."""

from __future__ import annotations

from collections.abc import Iterator

from synthetic_curves import second_wait_mean
from synthetic_labels import HIGH_THERAPY, LOW_THERAPY, SESSIONS, YEAR
from synthetic_published import ANNUAL, MONTHLY, Published
from synthetic_rows import Row, annual, monthly, number

from caseness.stats.funnel import fit_funnel

# A provider with fewer than this in the denominator says little about the spread.
SMALLEST_PROVIDER = 500
# Name: measures above the line, measures below it. Monthly.
MONTHLY_RATES = {
    "ended_before": (("M153",), ("M056",)),
    "treated_once": (("M075",), ("M075", "M076")),
    "not_attended": (("M084",), ("M082",)),
    "cancelled_by_client": (("M083",), ("M082",)),
    "within_six_weeks": (("M052",), ("M076",)),
    "second_over_90_days": (("M047",), ("M184",)),
    "agreed_ending": (("M066",), ("M075", "M076")),
    "ended_earlier_than_planned": (("M344",), ("M075", "M076")),
}
ANNUAL_RATES = {
    "recovery": ("recovery", ("finished_course_treatment", "not_at_caseness")),
    "reliable_recovery": ("reliable_recovery", ("finished_course_treatment", "not_at_caseness")),
    "improvement": ("improvement", ("finished_course_treatment",)),
    "deterioration": ("deterioration", ("finished_course_treatment",)),
}


def numbers(published: Published) -> Iterator[Row]:
    yield from _volumes(published)
    yield from _stages(published)
    yield from _contacts(published)
    yield from _scores(published)
    yield from _other(published)


def _ratio(published: Published, name: str, above: str, below: str) -> Row:
    value = published.total(above) / published.total(below)
    return number(name, value, "share", monthly((above, below)))


def _volumes(published: Published) -> Iterator[Row]:
    for name, measure in (("referrals", "M001"), ("accessing", "M031"), ("ended", "M056"), ("finished", "M076")):
        first, last = (sum(row[measure] for row in published.months[part]) for part in (slice(0, 12), slice(-12, None)))
        source = f"{MONTHLY}, England, {measure}: financial years 2021-22 to 2025-26, (last / first) ^ (1 / 4) - 1"
        yield number(f"growth.{name}", (last / first) ** 0.25 - 1, "share a year", source)
        yield number(f"year.{name}", published.total(measure), "referrals", monthly((measure,)))


def _stages(published: Published) -> Iterator[Row]:
    yield _ratio(published, "ended.before.share", "M153", "M056")
    yield _ratio(published, "ended.once.share", "M075", "M056")
    yield _ratio(published, "ended.finished.share", "M076", "M056")
    once = published.total("M075") / (published.total("M075") + published.total("M076"))
    yield number("treated.once.share", once, "share of those treated", monthly(("M075", "M076")))
    yield _ratio(published, "ended.before_assessment.share", "M028", "M056")
    yield _ratio(published, "accessing.per_referral", "M031", "M001")
    yield _ratio(published, "assessed.per_referral", "M023", "M001")


def _contacts(published: Published) -> Iterator[Row]:
    mean = published.total("M089") / published.total("M076")
    yield number("finished.contacts.mean", mean, "treatment contacts", monthly(("M089", "M076")))
    for name, measure, statistic in (("median", "M142", "median"), ("min", "M144", "min"), ("max", "M143", "max")):
        source = f"{monthly((measure,))}, mean of the monthly values"
        yield number(f"finished.contacts.{name}", published.mean(measure, statistic), "treatment contacts", source)
    for name, measure in (("low", "M120"), ("high", "M112")):
        source = f"{monthly((measure,))}, mean of the monthly values; of finished courses with any"
        yield number(f"contacts.{name}.mean", published.mean(measure), "contacts", source)
    for measure, code in SESSIONS.items():
        source = f"{monthly((measure,))}, mean of the monthly values; of finished courses with any"
        yield number(f"contacts.{code}.mean", published.mean(measure), "contacts", source)
    yield _ratio(published, "appointments.per_ended", "M082", "M056")
    low, high = (sum(published.total(measure) for measure in codes) for codes in (LOW_THERAPY, HIGH_THERAPY))
    source = monthly([*LOW_THERAPY, *HIGH_THERAPY])
    yield number("therapy.low.share", low / (low + high), "share of appointments with a therapy", source)
    yield number("internet.logs", published.total("M343"), "logs", monthly(("M343",)))
    yield number("gap.mean", published.mean("M351"), "days between treatments", monthly(("M351",)))
    yield number(
        "gap.later",
        _later_gap(published, mean),
        "days",
        f"{monthly(('M351', 'M089', 'M076'))}; wait.second",
        "Mean days between treatments after the second: what is left of the published mean gap once the fitted mean of the second wait is taken off.",
    )
    for name, measure in (
        ("assessment_to_high", "M347"),
        ("assessment_to_low", "M348"),
        ("step_down", "M349"),
        ("step_up", "M350"),
    ):
        yield number(f"wait.{name}", published.mean(measure), "days, mean", monthly((measure,)))


def _later_gap(published: Published, contacts: float) -> float:
    return (published.mean("M351") * (contacts - 1) - second_wait_mean(published)) / (contacts - 2)


def _scores(published: Published) -> Iterator[Row]:
    yield _ratio(published, "paired.share", "M202", "M076")
    yield _ratio(published, "first_score_only.share", "M199", "M076")
    yield _ratio(published, "no_score.share", "M200", "M076")
    yield _ratio(published, "specific_measure.paired.share", "M204", "M203")
    yield _ratio(published, "not_at_caseness.share", "M179", "M076")
    for item, first, last, pairs in (
        ("work", "M213", "M215", "M212"),
        ("home", "M218", "M220", "M217"),
        ("social", "M223", "M225", "M222"),
        ("private", "M228", "M230", "M227"),
        ("relationships", "M233", "M235", "M232"),
    ):
        yield number(f"wsas.{item}.start", published.mean(first), "points of 8, mean", monthly((first,)))
        yield number(f"wsas.{item}.end", published.mean(last), "points of 8, mean", monthly((last,)))
        yield _ratio(published, f"wsas.{item}.paired.share", pairs, "M076")


def _other(published: Published) -> Iterator[Row]:
    known = sum(
        published.total(measure)
        for measure in ("M1001", "M1002", "M1004", "M1005", "M1006", "M1007", "M1008", "M1018", "M1019", "M1020")
    )
    unknown = published.total("M1009")
    yield number("medium.unknown.share", unknown / (known + unknown), "share of attended contacts", monthly(("M1009",)))
    yield _ratio(published, "attendance.unknown.share", "M082", "M082") | {
        "value": 1 - sum(published.total(f"M{code:03d}") for code in range(83, 89)) / published.total("M082"),
        "source": monthly(("M082", "M083", "M084", "M085", "M086", "M087", "M088")),
    }
    staff = [published.total(f"M{code}") for code in range(1014, 1018)]
    for name, count in zip(("qualified", "in_training", "neither", "missing"), staff, strict=True):
        source = monthly(("M1014", "M1015", "M1016", "M1017"))
        yield number(f"staff.{name}.share", count / sum(staff), "share of attended contacts", source)
    yield _ratio(published, "integrated.finished.share", "M273", "M076")
    recovered = published.total("M277") / (published.total("M273") - published.total("M276"))
    yield number("integrated.recovery", recovered, "share", monthly(("M273", "M276", "M277")))
    rows = published.groups("Presenting Complaint")
    unnamed = rows["Not stated/Not known/Invalid", "Not stated/Not known/Invalid"]
    whole = published.groups("Total")["NULL", "NULL"]
    for name, measure in (("referred", "referrals_received"), ("finished", "finished_course_treatment")):
        source = annual(f"Presenting Complaint, Not stated/Not known/Invalid of Total, {measure}")
        yield number(f"problem.unnamed.{name}", unnamed[measure] / whole[measure], "share", source)


def spreads(published: Published) -> Iterator[Row]:
    for name, (above, below) in MONTHLY_RATES.items():
        held = published.providers(above, below)
        counts = [(part, whole) for _, part, whole in held if whole >= SMALLEST_PROVIDER and part <= whole]
        source = f"{MONTHLY}, providers, {YEAR}: {' + '.join(above)} of {' + '.join(below)}, months without a star"
        yield _spread(name, counts, source)
    for name, (above, below) in ANNUAL_RATES.items():
        source = f"{ANNUAL}, providers, {YEAR}: {above} of {' less '.join(below)}"
        yield _spread(name, list(_annual_counts(published, above, below)), source)


def _annual_counts(published: Published, above: str, below: tuple[str, ...]) -> Iterator[tuple[float, float]]:
    for counts in published.annual_providers.values():
        held = [counts.get(name) for name in (above, *below)]
        if any(count is None for count in held) or (counts["finished_course_treatment"] or 0) < SMALLEST_PROVIDER:
            continue
        part, whole, *less = (float(count or 0) for count in held)
        yield part, whole - sum(less)


def _spread(name: str, counts: list[tuple[float, float]], source: str) -> Row:
    funnel = fit_funnel([part for part, _ in counts], [whole for _, whole in counts])
    rule = f"; {len(counts)} providers of {SMALLEST_PROVIDER} or more; method of Spiegelhalter 2005 (caseness.stats.funnel)"
    return {
        "name": name,
        "centre": round(funnel.centre, 6),
        "between": round(funnel.between**0.5, 6),
        "providers": len(counts),
        "basis": "published",
        "source": source + rule,
        "reason": "",
    }
