"""The code under which a score stands in a record: SNOMED where there is one, and else one of our own.

A code of our own begins with `caseness:`. It is never official: no SNOMED code has a colon, so the
official list of assessment tools refuses it, and no official measure counts it.
"""

from __future__ import annotations

from caseness.errors import UnknownName
from caseness.instruments.model import Instrument
from caseness.instruments.parts import Item
from caseness.instruments.registry import by_snomed, instrument

OWN = "caseness:"


def tool_code(one: Instrument) -> str:
    """The code for the total of a questionnaire.

    Examples
    --------
    >>> tool_code(instrument("phq9")), tool_code(instrument("core10"))
    ('720433000', 'caseness:core10')
    """
    return one.snomed or f"{OWN}{one.id}"


def is_official(code: str) -> bool:
    """Whether a code may stand in an official submission, as far as its form goes.

    >>> is_official("720433000"), is_official("caseness:core10")
    (True, False)
    """
    return not code.startswith(OWN)


def by_tool_code(code: str) -> tuple[Instrument, Item | None] | None:
    """The questionnaire that a code scores, SNOMED or our own, with the item where it is the code of one item.

    >>> by_tool_code("caseness:core10")[0].id, by_tool_code("720433000")[0].id, by_tool_code("caseness:x")
    ('core10', 'phq9', None)
    """
    if is_official(code):
        return by_snomed(code)
    try:
        return instrument(code.removeprefix(OWN)), None
    except UnknownName:
        return None
