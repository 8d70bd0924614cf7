"""What became of a finished course: caseness, recovery and reliable change (section 3.1)."""

from enum import Enum
from fractions import Fraction

from oracle.lists import TOOLS
from oracle.pathway import Pathway
from oracle.scores import Pair

DEPRESSION = "PHQ9"


class Change(Enum):
    """Which way the two scores went, where both are paired."""

    IMPROVED = 1
    UNCHANGED = 0
    DETERIORATED = -1


def is_case(tool: str, score: Fraction | None) -> bool | None:
    """Whether a score is at caseness; null without one."""
    limits = TOOLS[tool]
    if score is None or limits.cutoff is None:
        return None
    return score > limits.cutoff if limits.above else score >= limits.cutoff


def movement(tool: str, pair: Pair) -> int:
    """1 for a reliable fall, -1 for a reliable rise, 0 for neither."""
    threshold = TOOLS[tool].reliable
    if threshold is None or pair.first is None or pair.last is None:
        return 0
    fall = pair.first - pair.last
    return (fall >= threshold) - (-fall >= threshold)


def measures(pathway: Pathway) -> tuple[tuple[str, Pair], tuple[str, Pair]]:
    """The tool and scores for depression, and those for anxiety."""
    anxiety = pathway.anxiety
    return (DEPRESSION, pathway.scores[DEPRESSION]), (anxiety, pathway.scores[anxiety])


def starts(pathway: Pathway) -> list[bool | None]:
    return [is_case(tool, pair.first) for tool, pair in measures(pathway)]


def at_caseness(pathway: Pathway) -> bool:
    return True in starts(pathway)


def not_at_caseness(pathway: Pathway) -> bool:
    return pathway.completed and starts(pathway) == [False, False]


def paired(pathway: Pathway) -> bool:
    return all(pair.last is not None for _, pair in measures(pathway))


def recovered(pathway: Pathway) -> bool:
    ends = [is_case(tool, pair.last) for tool, pair in measures(pathway)]
    return pathway.completed and at_caseness(pathway) and ends == [False, False]


def change(pathway: Pathway) -> Change | None:
    """A fall on one measure and a rise on the other is no change."""
    if not (pathway.completed and paired(pathway)):
        return None
    # Of two different movements the sum is the one that is not 0, and a fall and a rise cancel.
    return Change(sum({movement(tool, pair) for tool, pair in measures(pathway)}))


def reliably_recovered(pathway: Pathway) -> bool:
    return recovered(pathway) and change(pathway) is Change.IMPROVED


def appropriate(pathway: Pathway) -> bool:
    """Judged by two scores on the measure made for its problem."""
    return pathway.specific is not None and pathway.scores[pathway.specific].last is not None


def anxiety_pairs(pathway: Pathway) -> list[Pair]:
    """GAD-7, and the measure made for the problem where there is one."""
    return [pathway.scores[tool] for tool in {"GAD7", pathway.specific or "GAD7"}]
