"""Norms fitted from the made-up record, for the bands of the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from json import loads
from pathlib import Path

from caseness import __version__
from caseness.check import Checked
from caseness.derive import derive
from caseness.feedback.fitting import About, TooFewCourses, fit_norms
from caseness.feedback.norms_file import write_norms
from caseness.feedback.reading import choose_tools, cohorts, providers_of
from caseness.feedback.rules import Rules, read_rules
from caseness.web.accounts.models import User
from caseness.web.attention.models import ServiceNorms
from caseness.web.services.models import Service

_TOOLS = ("phq9", "gad7")
# A demonstration has few courses, and nobody is judged by its bands. The least of a service are in `feedback/rules.toml`.
_LEAST = {"fitted_least": 30, "cell_least": 8, "judged_least": 20, "group_least": 10}
_WHY = "Few courses are made up."


def add_norms(service: Service, checked: Checked, folder: Path, by: User, now: datetime) -> None:
    """Fit norms and give them to the service. Where the record holds too few courses it has none."""
    grains = derive(checked, folder / "grains", scores=True)
    months = tuple(period.label for period in grains.periods)
    about = About("demonstration", providers_of(grains), months, grains.made_up, __version__, grains.options)
    rules = _lenient(read_rules())
    try:
        norms = fit_norms(cohorts(grains, rules, choose_tools(_TOOLS)), rules, about)
    except TooFewCourses:
        return
    write_norms(norms, folder / "norms.json")
    file = loads((folder / "norms.json").read_text(encoding="utf-8"))
    ServiceNorms.objects.create(service=service, file=file, added=now, added_by=by)


def _lenient(rules: Rules) -> Rules:
    fewer = {
        name: replace(rules.numbers[name], value=least, verified=False, reason=_WHY) for name, least in _LEAST.items()
    }
    return replace(rules, numbers={**rules.numbers, **fewer})
