"""Laws of outcomes, on made-up scores"""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.derive import DEFAULT, Options
from caseness.derive.derivation import lay_on
from caseness.derive.lists import ANXIETY_TOOLS, tool
from caseness.derive.outcome import CHOICE, FLAGS
from caseness.engine import fetch, load
from caseness.instruments import instrument

_PROBLEMS = (
    None,
    "F411",
    "F400",
    "F401",
    "F410",
    "F42",
    "F429",
    "F431",
    "F452",
    "G933",
    "K58",
    "83482000",
    "723916001",
    "-3",
)
_NAMES = ("phq9", *ANXIETY_TOOLS.values())


@st.composite
def _scores(draw, name):
    found = instrument(tool(name).instrument_id)
    step = 10**found.decimals
    score = st.integers(int(found.low * step), int(found.high * step)).map(lambda whole: whole / step)
    first = draw(st.none() | score)
    return {f"{name}_first": first, f"{name}_last": None if first is None else draw(st.none() | score)}


@st.composite
def _person(draw):
    row = {"completed_treatment": draw(st.booleans() | st.just(True)), "problem": draw(st.sampled_from(_PROBLEMS))}
    for name in _NAMES:
        row |= draw(_scores(name))
    return row


_SCHEMA = pa.schema(
    [("completed_treatment", pa.bool_()), ("problem", pa.string()),
     *((f"{name}_{end}", pa.float64()) for name in _NAMES for end in ("first", "last"))]
)  # fmt: skip
# Each example is a query, so that many people are judged at once, in fewer examples.
_PEOPLE = st.lists(_person(), min_size=10, max_size=40)
_FEW = settings(max_examples=50)
_OPTIONS = st.sampled_from((DEFAULT, Options(reliable_change="above"), Options(unverified_cut_offs="on")))


def _judged(people, options):
    table = load(pa.Table.from_pylist(people, schema=_SCHEMA))
    return fetch(lay_on(table, (*CHOICE, *FLAGS), options)).to_pylist()


@_FEW
@given(_PEOPLE, _OPTIONS)
def test_flags_hold_together_whatever_the_scores(people, options):
    """Change is exclusive, and exhaustive over paired completed courses; recovery begins at caseness; nothing is null."""
    for row in _judged(people, options):
        flags = {one.name: row[one.name] for one in FLAGS}
        assert None not in flags.values()
        changed = row["reliable_improvement"] + row["no_change"] + row["reliable_deterioration"]
        is_paired = (
            row["completed_treatment"] and row["phq9_last"] is not None and row["anxiety_measure_last"] is not None
        )
        assert changed == is_paired
        assert row["at_caseness"] or not row["recovery"]
        assert not (row["at_caseness"] and row["not_at_caseness"])
        assert row["reliable_recovery"] == (row["recovery"] and row["reliable_improvement"])
        assert row["completed_treatment"] or not any(
            flags[name] for name in ("at_caseness", "not_at_caseness", "recovery")
        )


@_FEW
@given(_PEOPLE)
def test_a_named_specific_measure_is_paired_and_belongs_to_the_problem(people):
    """M204 counts on it."""
    for row in _judged(people, DEFAULT):
        if row["anxiety_measure"] not in (None, "GAD7"):
            assert row["anxiety_measure"] == row["anxiety_problem"]
            assert row["anxiety_measure_last"] is not None
