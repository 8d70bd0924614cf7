"""The facts about England laid out as what the simulation draws from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from statistics import NormalDist
from types import MappingProxyType

import numpy as np

from caseness.codes import code_list
from caseness.synthetic.attendance import ATTEND_CODES
from caseness.synthetic.behaviour import Behaviour, lay_out, of_problem
from caseness.synthetic.facts import Facts, Group, load_facts
from caseness.synthetic.quantities import Shares
from caseness.synthetic.world import Choice, Groups, Problem, Spreads, World

# The anxiety measure of each problem that has one of its own (../shared/spec/record-and-measures.md, section 1.5).
MEASURES = MappingProxyType(
    {
        "F400": "mobility_inventory_alone",
        "F401": "spin",
        "F410": "pdss",
        "F42": "oci",
        "F431": "pcl5",
        "F452": "shai",
        "83482000": "biq",
        "G933": "cfq11",
        "K58": "ibs_sss",
    }
)
ICD_10, SNOMED_CT = "01", "04"
# A code that stands for any other recorded problem: it is in none of the official groups.
_OTHER_PROBLEM = "Z63"
_UNNAMED, _OTHER = "none", "other"
# What is no code of the record: it is planted, not drawn.
_NO_CODES = frozenset({"invalid", "none"})
# Of those who end before treatment, so many were seen (published: 19,624 of 576,224 in 2024-25).
_SEEN_BEFORE = 0.034
# Half of a group's log odds of finishing is in being taken on, and the other half in staying: assumed.
_HALF = 0.5
# So many courses of the average are added to those of a problem before shares are taken.
_FEW = 50
# The published spreads are of providers of which the tenth at either end was drawn in (caseness.stats.funnel). A normal
# spread shows 0.824 of itself then: the root of 0.8 - 2 c f(c) + 0.2 c^2, where c = 1.2816 and f is the normal density.
_SHOWN = 0.824
# So much of the difference between groups is put into each: assumed, as a decile and an ethnic group share some of theirs.
_DAMPED = 0.85
# Providers where people drop out also have more who are treated once. So much of the spread of that is its own: assumed.
_OWN_OF_ONCE = 0.8
_NORMAL = NormalDist()
_ENDS = ("before", "once", "finished")
# Our name of a choice, and that of the fact.
_CHOICES = MappingProxyType(
    {
        "medium": "medium",
        "medication": "medication",
        "mode": "therapy_mode",
        "source": "source",
        "employment": "employment",
    }
)


@cache
def england() -> World:
    """The world of the facts that ship with the package.

    Examples
    --------
    >>> max(england().problems, key=lambda one: one.chance).code
    'F32'
    """
    return make_world(load_facts())


def make_world(facts: Facts) -> World:
    """Lay out facts. Shares that are no codes of the record are left out, and the rest add up to 1 again."""
    before = facts.number("ended.before.share")
    behaviour = lay_out(facts)
    return World(
        behaviour=behaviour,
        problems=_problems(facts, behaviour),
        season=tuple(facts.shares_of("season.referrals").by_code[f"{month:02}"] for month in range(1, 13)),
        growth=facts.number("growth.referrals"),
        never_seen=before * (1 - _SEEN_BEFORE),
        assessed_only=before * _SEEN_BEFORE,
        treated_once=facts.number("treated.once.share"),
        first_wait=_curve(facts, "wait.first"),
        second_wait=_curve(facts, "wait.second"),
        age=_curve(facts, "age"),
        attendance=_in_order(facts.shares_of("attendance"), ATTEND_CODES),
        **{name: _choice(facts.shares_of(fact)) for name, fact in _CHOICES.items()},
        deprivation=_groups(facts, "deprivation", [str(decile) for decile in range(1, 11)]),
        ethnicity=_groups(facts, "ethnicity", _codes("EthnicCategory")),
        gender=_groups(facts, "gender", _codes("Gender")),
        end_codes={name: _choice(facts.shares_of(f"end_code.{name}")) for name in _ENDS},
        end_errors={name: _errors(facts.shares_of(f"end_code.{name}")) for name in _ENDS},
        unnamed_when_finished=facts.number("problem.unnamed.finished"),
        unnamed_otherwise=facts.number("problem.unnamed.referred"),
        spreads=_spreads(facts),
    )


def _codes(list_id: str) -> list[str]:
    return [each.code for each in code_list(list_id).codes]


def _choice(shares: Shares) -> Choice:
    return _made(shares.by_code, [code for code in shares.codes if code not in _NO_CODES])


def _errors(shares: Shares) -> dict[str, float]:
    return {code: shares.by_code[code] for code in sorted(_NO_CODES)}


def _in_order(shares: Shares, codes: Iterable[str]) -> Choice:
    return _made(shares.by_code, codes)


def _made(by_code: Mapping[str, float], codes: Iterable[str]) -> Choice:
    chosen = tuple(codes)
    chances = np.array([by_code.get(code, 0.0) for code in chosen])
    return Choice(chosen, chances / chances.sum())


def _curve(facts: Facts, name: str) -> tuple[np.ndarray, np.ndarray]:
    curve = facts.curve(name)
    return np.asarray(curve.shares), np.asarray(curve.values)


def _problems(facts: Facts, behaviour: Behaviour) -> tuple[Problem, ...]:
    named = [group for group in facts.groups_of("problem") if group.code != _UNNAMED]
    total = sum(group.finished for group in named)
    return tuple(_problem(facts, behaviour, group, group.finished / total) for group in named)


def _problem(facts: Facts, behaviour: Behaviour, group: Group, chance: float) -> Problem:
    code = _OTHER_PROBLEM if group.code == _OTHER else group.code
    cell, fitted = facts.course(group.code), of_problem(group.code)
    shift = _shift(facts, group.code)
    return Problem(
        code=code,
        scheme=SNOMED_CT if code.isdecimal() else ICD_10,
        chance=chance,
        phq9=_first(cell.phq9_start, cell.phq9_start_sd, shift, fitted, "phq9"),
        gad7=_first(cell.gad7_start, cell.gad7_start_sd, shift, fitted, "gad7"),
        wsas=(cell.wsas_start, cell.wsas_start_sd),
        measure=MEASURES.get(group.code, ""),
        low_only=_low_only(facts, behaviour, group.code),
        responds=fitted["responds"],
        effect=fitted["effect"],
        own_start=fitted["own_start"],
        own_spread=fitted["own_spread"],
        low_intensity=_therapies(facts, group.code, "therapy.low"),
        high_intensity=_therapies(facts, group.code, "therapy.high"),
    )


def _first(mean: float, deviation: float, shift: float, fitted: Mapping[str, float], name: str) -> tuple[float, float]:
    return mean + shift * deviation + fitted[name], deviation * fitted[f"{name}_spread"]


# Problems that get more of their courses in low intensity therapy also have more people with nothing else: half of the
# difference in log odds is taken, as a course is not a person.
def _low_only(facts: Facts, behaviour: Behaviour, problem: str) -> float:
    usual = behaviour.low_only_share
    log_odds = np.log(usual / (1 - usual)) + _HALF * (_low_log_odds(facts, problem) - _low_log_odds(facts, "all"))
    return float(1 / (1 + np.exp(-log_odds)))


def _low_log_odds(facts: Facts, problem: str) -> float:
    courses = {one.therapy: one.courses for one in facts.courses if one.problem == problem and one.therapy != "all"}
    low = sum(courses.get(code, 0) for code in facts.shares_of("therapy.low").codes)
    high = sum(courses.values()) - low
    # A few more of both, so that a problem of a handful of courses is near the average.
    share = facts.number("therapy.low.share")
    return float(np.log((low + _FEW * share) / (high + _FEW * (1 - share))))


# Finished courses begin higher than courses of one therapy, of which the means are published.
def _shift(facts: Facts, problem: str) -> float:
    known = {one.name for one in facts.numbers}
    name = f"intake.{problem}.shift"
    return facts.number(name if name in known else "intake.all.shift")


# Courses of "other" therapies are not published by problem: they have their share of all contacts for every problem.
def _therapies(facts: Facts, problem: str, name: str) -> Choice:
    usual = {code: share for code, share in facts.shares_of(name).by_code.items() if share > 0}
    courses = {one.therapy: float(one.courses) for one in facts.courses if one.problem == problem}
    told = {one.therapy for one in facts.courses}
    rest = sum(share for code, share in usual.items() if code in told)
    found = {code: courses[code] for code in usual if code in courses}
    whole = sum(found.values())
    shares = {
        code: share if code not in told else rest * found.get(code, 0.0) / whole if whole else share
        for code, share in usual.items()
    }
    return _made(shares, shares)


# In standard deviations of outcome, as a latent normal variable would have it, damped a little as groups overlap.
def _points(rate: float, facts: Facts) -> float:
    overall = facts.groups_of("all")[0].recovery_rate
    return _DAMPED * (_NORMAL.inv_cdf(rate) - _NORMAL.inv_cdf(overall))


def _groups(facts: Facts, split: str, codes: list[str]) -> Groups:
    found = {group.code: group for group in facts.groups_of(split)}
    overall = facts.groups_of("all")[0]
    choice = _made({code: float(group.referrals) for code, group in found.items()}, codes)
    stays = [_HALF * (_logit(found[code]) - _logit(overall)) if code in found else 0.0 for code in codes]
    effect = [6.0 * _points(found[code].recovery_rate, facts) if code in found else 0.0 for code in codes]
    return Groups(choice, _centred(stays, choice), _centred(effect, choice))


def _logit(group: Group) -> float:
    share = group.finished_per_referral
    return float(np.log(share / (1 - share)))


def _centred(values: list[float], choice: Choice) -> np.ndarray:
    array = np.array(values)
    return array - array @ choice.chances


def _spreads(facts: Facts) -> Spreads:
    return Spreads(
        taken_on=_log_odds(facts, "ended_before"),
        ending=_log_odds(facts, "ended_earlier_than_planned"),
        once=_log_odds(facts, "treated_once") * _OWN_OF_ONCE,
        first_wait=_normal_spread(facts, "within_six_weeks"),
        second_wait=_normal_spread(facts, "second_over_90_days"),
        outcome=_normal_spread(facts, "recovery"),
        size=_curve(facts, "provider.size"),
    )


# A spread is told on the scale of the arcsine of the root. The derivative at the centre carries it to another scale.
def _log_odds(facts: Facts, name: str) -> float:
    spread = facts.spread(name)
    return 2 * spread.between / _SHOWN / (spread.centre * (1 - spread.centre)) ** 0.5


def _normal_spread(facts: Facts, name: str) -> float:
    spread = facts.spread(name)
    density = _NORMAL.pdf(_NORMAL.inv_cdf(spread.centre))
    return 2 * spread.between / _SHOWN * (spread.centre * (1 - spread.centre)) ** 0.5 / density
