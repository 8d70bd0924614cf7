"""What is chosen for each rule that no public document gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from caseness.derive.rules import ASSUMED, AssumedRule
from caseness.errors import UnknownName


@dataclass(frozen=True)
class Options:
    """What is chosen for each assumed rule.

    Raises
    ------
    UnknownName
        If a rule has no such option.

    Examples
    --------
    >>> Options().submissions, Options(submissions="primary").changed
    ('latest', {'submissions': 'primary'})
    """

    submissions: str = "latest"
    person: str = "nhs-number"
    pathway: str = "person-and-referral"
    support_in_sessions: str = "left-out"
    second_session: str = "any"
    log_inside: str = "start"
    high_intensity: str = "all"
    stage_intensity: str = "as-stages"
    scores_of_support: str = "dropped"
    scores_of_missed_contacts: str = "dropped"
    scores_of_follow_up: str = "dropped"
    scores_after_discharge: str = "dropped"
    score_ties: str = "time-and-row"
    problem_ties: str = "latest"
    problem_rows: str = "all-months"
    reliable_change: str = "at or above"
    unverified_cut_offs: str = "off"
    unverified_reliable_change: str = "off"
    in_training: str = "any-planned-date"
    record_start: str = "every-month"
    employment_rows: str = "own-submission"
    employment_groups: str = "not-employed-first"
    blank_sickness: str = "as-written"
    support_ended: str = "any-row"
    team_of_referral: str = "latest-therapist"
    several_teams: str = "last-joined"
    breakdown_age: str = "period-end"
    circumstances: str = "any"
    programmes: str = "any"
    media: str = "attended"
    care_cluster: str = "latest"
    follow_up_contacts: str = "as-written"
    employment_answers: str = "listed"
    experience_day: str = "last"

    def __post_init__(self) -> None:
        for rule in ASSUMED:
            if self.of(rule.id) not in rule.options:
                raise UnknownName(f"option of {rule.id}", str(self.of(rule.id)), rule.options, _listed(rule))

    def of(self, rule_id: str) -> str:
        """What is chosen for a rule."""
        return getattr(self, _field(rule_id))

    @property
    def changed(self) -> dict[str, str]:
        """What is not as assumed."""
        return {rule.id: self.of(rule.id) for rule in ASSUMED if self.of(rule.id) != rule.default}

    @property
    def all(self) -> dict[str, str]:
        """What is chosen, by rule."""
        return {rule.id: self.of(rule.id) for rule in ASSUMED}


def read_options(chosen: Iterable[str]) -> Options:
    """Options from texts such as `submissions=primary`.

    Raises
    ------
    UnknownName
        If there is no such rule, or it has no such option.

    Examples
    --------
    >>> read_options(["second-session=another-day"]).second_session
    'another-day'
    """
    given: dict[str, str] = {}
    for text in chosen:
        rule_id, equals, option = text.partition("=")
        if not equals:
            raise UnknownName(
                "choice of a rule", text, (), "Write RULE=OPTION, such as submissions=primary. Nothing was derived."
            )
        if _field(rule_id) not in {each.name for each in fields(Options)}:
            known = [rule.id for rule in ASSUMED]
            raise UnknownName("assumed rule", rule_id, known, "`caseness assumptions` lists them. Nothing was derived.")
        given[_field(rule_id)] = option.strip()
    return Options(**given)


def _field(rule_id: str) -> str:
    return rule_id.strip().replace("-", "_")


def _listed(rule: AssumedRule) -> str:
    return f"It can be {', '.join(map(repr, rule.options))}. Nothing was derived."


DEFAULT = Options()
