"""The five domains that are gone through after a signal, and what may have become of it, as data in plain words.

The domains are those of the clinical problem-solving tools of the Trier Treatment Navigator: Lutz and others 2019,
doi 10.1159/000501026. The questions under each are ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Domain:
    """Something to talk over after a signal, and questions to begin with."""

    id: str
    title: str
    prompts: tuple[str, ...]


DOMAINS = (
    Domain(
        "risk",
        "Risk",
        (
            "Has the client thought of death, or of hurting themselves or others? What keeps them safe?",
            "Does anything in the service's risk policy have to be done today?",
        ),
    ),
    Domain(
        "motivation",
        "Motivation and goals",
        (
            "Are these still the client's own goals? What would make the next weeks worth the effort?",
            "What speaks against change just now?",
        ),
    ),
    Domain(
        "alliance",
        "Working together",
        (
            "How does the client find working with you? Is there something that neither of you has said?",
            "Do you agree on what to do in sessions, and why?",
        ),
    ),
    Domain(
        "support",
        "Support and life events",
        (
            "Has something happened: money, work, housing, a loss, a quarrel?",
            "Who could help, and who makes it harder?",
        ),
    ),
    Domain(
        "emotions",
        "Handling feelings",
        (
            "Which feelings are hardest to bear, and what does the client do about them?",
            "Is there one small thing that helped, even once?",
        ),
    ),
)

# What happened next, so that signals can be audited. The list is ours.
IMPROVED, WORSE = "improved", "worse"
OUTCOMES = (
    (IMPROVED, "It got better"),
    ("no_change", "No change so far"),
    (WORSE, "It got worse"),
    ("plan_changed", "The plan or the kind of help was changed"),
    ("ended_together", "Therapy ended, and both agreed"),
    ("left", "The client stopped coming"),
    ("not_so", "The signal was wrong: there was nothing in it"),
)
