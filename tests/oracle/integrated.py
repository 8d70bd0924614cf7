"""Measures of services that are integrated with the care of long-term conditions."""

from oracle import outcomes
from oracle.figure import Figure, Period, count
from oracle.pathway import Pathway


def figures(pathways: list[Pathway], finished: list[Pathway], period: Period) -> dict[str, Figure]:
    """First contacts and treatments of the period; finished courses with an integrated contact, and those without."""
    integrated = [pathway for pathway in finished if pathway.integrated_contact is not None]
    core_only = [pathway for pathway in finished if pathway.integrated_contact is None]
    return {
        "M271": count(sum(period.holds(pathway.integrated_contact) for pathway in pathways)),
        "M272": count(sum(period.holds(pathway.integrated_treatment) for pathway in pathways)),
        "M273": count(len(integrated)),
        "M274": count(len(core_only)),
        **_outcomes(integrated, ("M275", "M276", "M277")),
        **_outcomes(core_only, ("M283", "M284", "M285")),
    }


def _outcomes(finished: list[Pathway], measures: tuple[str, str, str]) -> dict[str, Figure]:
    claims = (outcomes.at_caseness, outcomes.not_at_caseness, outcomes.recovered)
    return {measure: count(sum(map(claim, finished))) for measure, claim in zip(measures, claims, strict=True)}
