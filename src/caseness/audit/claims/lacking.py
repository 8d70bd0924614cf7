"""What would have to be published to check a claim, and a request for it."""

from __future__ import annotations

from caseness.audit.claims.assess import Assessment
from caseness.audit.claims.model import Claim, Request
from caseness.audit.claims.wording import BASIS_NAMES, label, listed, name_organisation
from caseness.audit.counts import COUNTS
from caseness.periods import Period
from caseness.results import ANNUAL, MONTHLY, PRESS, SUMMED

HOLDER = "NHS England"


def lacks(chosen: Assessment) -> tuple[tuple[str, Period], ...]:
    """The counts, each with its period, that are not published on the basis that was judged."""
    unknown = {year for year, rival in chosen.rivals if not rival.is_direct}
    scene = chosen.scene
    grounds = [scene.now, *([scene.since] if scene.since else [])]
    grounds += [ground for ground in scene.ranked if ground.period.label in unknown]
    return tuple(
        (name, ground.period) for ground in grounds for name in chosen.pairing.names if not ground.publishes(name)
    )


def say_lacking(chosen: Assessment, wanted: tuple[tuple[str, Period], ...]) -> str:
    """What is missing, in a sentence."""
    if not wanted:
        return ""
    names = listed(f"'{label(name)}' for {period.label}" for name, period in wanted)
    return f"Not published in {BASIS_NAMES[chosen.basis]}: {names}."


def request_counts(claim: Claim, wanted: tuple[tuple[str, Period], ...], organisation: str, basis: str) -> Request:
    """A request for counts that the programme collects and has not published on the basis that was judged."""
    place = name_organisation(claim, organisation)
    asked = "\n".join(f"- {_describe(name)} For {period.name}, {place}." for name, period in wanted)
    pronoun = "it" if len(wanted) == 1 else "them"
    why = f"{_WHY.get(basis, _NOT_IN_RECORD).format(pronoun)} Without {pronoun} a published claim cannot be checked."
    return _letter(HOLDER, f"NHS Talking Therapies: {_subject(wanted)}, {place}", asked, why)


_WHY = {
    ANNUAL: "The annual reports that I could read do not print {} for the period asked for.",
    MONTHLY: "The monthly activity and performance file of the period does not print {}.",
    SUMMED: (
        "The monthly activity and performance files that I could read do not print {} for every month of the period "
        "asked for. The annual report counts otherwise than the monthly files, so please count as they do."
    ),
    PRESS: "Only rounded figures of {} were printed.",
}


_NOT_IN_RECORD = "The record that I counted does not hold {}."


def request_figure(claim: Claim, figure: str, holder: str) -> Request:
    """A request for a figure that none of the published counts can stand for."""
    asked = f"- {figure} For {claim.period.name}, {name_organisation(claim)}."
    why = "None of the counts in the annual reports and monthly files gives it."
    return _letter(holder, f"NHS Talking Therapies: figures for {claim.period.label}", asked, why)


def _describe(name: str) -> str:
    definition = COUNTS[name]
    ids = " + ".join(definition.plus) + "".join(f" - {one}" for one in definition.minus)
    return f"{definition.label} (in the monthly files: {ids}). {definition.meaning}"


def _subject(wanted: tuple[tuple[str, Period], ...]) -> str:
    names = dict.fromkeys(label(name) for name, _ in wanted)
    periods = dict.fromkeys(period.label for _, period in wanted)
    return f"{listed(names)}, {listed(periods)}"


def _letter(holder: str, subject: str, asked: str, why: str) -> Request:
    body = (
        "Dear Sir or Madam,\n\n"
        "Under the Freedom of Information Act 2000, please send me the following about the NHS Talking Therapies "
        "for anxiety and depression programme (formerly IAPT):\n\n"
        f"{asked}\n\n"
        f"{why}\n\n"
        "A spreadsheet or CSV file would be best. If a number must be withheld because it is small, please say so "
        "and send the rest. If you do not hold this, please tell me who does.\n\n"
        "Yours faithfully,\n"
    )
    return Request(holder, subject, body)
