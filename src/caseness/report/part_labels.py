"""What the parts of a margin mean: the codes of the record in words, and problems by their published names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.codes import code_list
from caseness.synthetic.facts import Facts
from caseness.synthetic.margin import Margin

# Parts that are words of our own, by what stands for them.
OWN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "stage.at_end:before": "No treatment contact",
        "stage.at_end:once": "One treatment contact",
        "stage.at_end:finished": "Two or more: finished",
        "pathway:low": "Low intensity only",
        "pathway:high": "High intensity only",
        "pathway:both": "Both",
        "pathway:none": "Neither is told",
        "end_code:none": "No code",
        "end_code:invalid": "A code that is not valid",
        "problem:none": "Not stated, or not valid",
        "problem:other": "Another recorded problem",
        "season:01": "January", "season:02": "February", "season:03": "March", "season:04": "April", "season:05": "May",
        "season:06": "June", "season:07": "July", "season:08": "August", "season:09": "September", "season:10": "October",
        "season:11": "November", "season:12": "December",
        "deprivation:1": "Decile 1, the most deprived",
        "deprivation:10": "Decile 10, the least deprived",
    }
)  # fmt: skip
# Published problems that have no code.
_OWN_PROBLEMS = ("none", "other")
# The code list of margins whose shares are not facts with a column of their own.
_LISTS: Mapping[str, str] = MappingProxyType({"gender": "Gender"})


def meaning_of(margin: Margin, label: str, facts: Facts) -> str:
    """A part in words, or its label where that is words already. A code that no list explains stays as it is.

    Parameters
    ----------
    margin : whose part it is
    label : the label of the part
    facts : what the record is compared with; they name the column of each division and the published problems
    """
    root = margin.name.split(".")[0]
    own = OWN_WORDS.get(f"{margin.name}:{label}") or OWN_WORDS.get(f"{root}:{label}")
    if own:
        return own
    if root == "deprivation":
        return f"Decile {label}"
    return _codes_of(margin.name, facts).get(label, label)


def is_code(margin: Margin, label: str, facts: Facts) -> bool:
    """Whether a part is a code of the record, which a reader may look for in it, and not a word of ours."""
    return label not in _OWN_PROBLEMS and label in _codes_of(margin.name, facts)


@cache
def _meanings(list_id: str) -> Mapping[str, str]:
    return {code.code: code.meaning for code in code_list(list_id).codes}


def _codes_of(name: str, facts: Facts) -> Mapping[str, str]:
    root = name.split(".")[0]
    if root == "problem":
        return {group.code: group.label for group in facts.groups_of("problem")}
    columns = {shares.name: shares.field for shares in facts.shares if shares.field}
    column = columns.get(name) or _LISTS.get(root)
    return _meanings(column) if column else {}
