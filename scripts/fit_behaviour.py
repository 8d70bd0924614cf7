"""Write src/caseness/synthetic/behaviour_fitted.toml: make records, set them beside the published figures, and move each number.

    python scripts/fit_behaviour.py --rounds 10 --referrals 200000

Each number is fitted to one margin, which the file names. A round makes a record with another seed and moves every number by
what its margin is off; later rounds move less, so that what chance does to one record averages out. It begins with what the
file holds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from synthetic_fitted import FITTED, PROBLEMS, REST, WITH_OWN_MEASURE, Fitted, all_fitted

from caseness.synthetic import behaviour, england
from caseness.synthetic.facts import load_facts
from caseness.synthetic.margin import Margin
from caseness.synthetic.margins import compare_margins
from caseness.synthetic.request import Request
from caseness.synthetic.synthesis import synthesise

TO = Path(behaviour.__file__).with_name("behaviour_fitted.toml")
HEAD = """# Numbers of behaviour that are fitted to margins, each to one that it names.
# Written by scripts/fit_behaviour.py: change that, not this.
"""
MONTHS, LEAD_IN = 24, 12
# Who responds changes by less than the mean severity, or levels below nothing would be told as an effect.
MOST_RESPONSE = 13.0
# Rounds after which moves begin to shrink.
_FULL_ROUNDS = 3


def fitted_text(values: Mapping[str, float]) -> str:
    """The whole file, from the values by name."""
    return HEAD + "".join(_entry(one, values[one.name]) for one in all_fitted())


def _entry(one: Fitted, value: float) -> str:
    source = f"Fitted by scripts/fit_behaviour.py to {one.told}"
    return f'\n[[number]]\nname = "{one.name}"\nvalue = {float(f"{value:.4g}")}\nabout = "{one.about}"\nsource = "{source}"\n'


def held_values() -> dict[str, float]:
    """What the file holds now, and where each number that it does not hold begins."""
    held = {one.name: one.value for one in behaviour.numbers()} if TO.exists() else {}
    return {one.name: held.get(one.name, one.start) for one in all_fitted()}


def write_values(values: Mapping[str, float]) -> None:
    """Write the file, and forget what was read from the one before."""
    TO.write_text(fitted_text(values), encoding="utf-8")
    for cached in (behaviour.numbers, england.england):
        cached.cache_clear()


def margins_of(referrals: int, seed: int, workers: int) -> dict[str, Margin]:
    """The margins of one record, by name."""
    with tempfile.TemporaryDirectory() as folder:
        request = Request(referrals, MONTHS, seed, lead_in=LEAD_IN)
        synthesise(request, Path(folder) / "record", workers=workers)
        return {margin.name: margin for margin in compare_margins(Path(folder) / "record")}


def moved(values: Mapping[str, float], margins: Mapping[str, Margin], pace: float) -> dict[str, float]:
    """Every number moved by what its margin is off."""
    found = {one.name: one.moved(values[one.name], margins, pace) for one in FITTED}
    return _centred({**values, **found})


# The average problem responds as everybody does: what all of them have in common goes into the number of all.
def _centred(values: dict[str, float]) -> dict[str, float]:
    for name in ("phq9", "gad7", "phq9_spread", "gad7_spread"):
        values[f"{REST}.{name}"] = _mean(values, name, PROBLEMS)
    log_odds, share = _mean(values, "responds", PROBLEMS), values["responds_share"]
    values["responds_share"] = float(1 / (1 + (1 - share) / share * np.exp(-log_odds)))
    for code in PROBLEMS:
        values[f"{code}.responds"] -= log_odds
    judged = [code for code in PROBLEMS if code not in WITH_OWN_MEASURE]
    # What the response of all may not take up stays with the problems.
    factor = min(_mean(values, "effect", judged), MOST_RESPONSE / values["response"])
    values["response"] *= factor
    for code in judged:
        values[f"{code}.effect"] /= factor
    return values


def _mean(values: Mapping[str, float], name: str, problems: Sequence[str]) -> float:
    finished = {group.code: group.finished for group in load_facts().groups_of("problem")}
    weights = np.array([finished[code] for code in problems], float)
    return float(weights @ np.array([values[f"{code}.{name}"] for code in problems]) / weights.sum())


def main() -> None:
    """Fit, and say after each round how many margins are off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--referrals", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--settled", action="store_true", help="Begin with the small moves of later rounds.")
    asked = parser.parse_args()
    values = held_values()
    for turn in range(asked.rounds):
        write_values(values)
        margins = margins_of(asked.referrals, asked.seed + turn, asked.workers)
        off = [
            f"{one.name} {(one.distance or 0) / one.tolerance:.1f}"
            for one in margins.values()
            if one.is_within is False
        ]
        print(f"Round {turn + 1}: {len(off)} off. {', '.join(off)}", flush=True)
        since = turn + (_FULL_ROUNDS if asked.settled else 0) - _FULL_ROUNDS
        values = moved(values, margins, 1 if since < 0 else 1 / (since + 2))
    write_values(values)


if __name__ == "__main__":
    main()
