"""The reference page of breakdowns: every variable, with its values, their conditions, its errata and the rows that are tested."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from reference_pages import code, names, table

from caseness.cli.catalogue_variables import variable_entry
from caseness.measures import Variable, all_variables
from caseness.measures.assumed import status_of_variable
from caseness.measures.errata import errata_of
from caseness.measures.variables import ANNUAL, OFFICIAL, broken_down_officially

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from variable_cases import PATH

_OPENING = f"""# Breakdowns

Figures can be broken down by {len(all_variables())} variables. {len(OFFICIAL)} are those of NHS England's catalogue, with
{sum(len(one.values) for one in OFFICIAL)} values: it publishes {len(broken_down_officially())} measures by them, for quarters. Any other
measure can be broken down too, and is no official figure then. {len(ANNUAL)} are those of the main data of the annual report, and are
for financial years. `caseness catalogue V007` prints one, and
[how to](../how-to/compute-the-official-measures.md#break-figures-down) says how they are used.

"""


def breakdowns_page() -> str:
    """All variables, and each with its values."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _OPENING
    rows = (
        (f"[{one.id}](#{one.id.lower()})", one.title, f"{len(one.values)}", "yes" if one.overlaps or one.wholes else "no", status_of_variable(one))
        for one in all_variables().values()
    )  # fmt: skip
    yield table(("id", "title", "values", "overlap", "status"), rows)
    yield f"\nPublished by quarter, and so by V001 to V015: {', '.join(map(code, broken_down_officially()))}.\n"
    for variable in all_variables().values():
        yield from _entry(variable)


def _entry(variable: Variable) -> Iterator[str]:
    entry = variable_entry(variable)
    yield f"\n## {variable.id}\n\n**{variable.title}.** {variable.why}\n\n"
    yield f"- Called in figures: {code(variable.called)}. "
    also = ", and in its main group as a whole" if variable.wholes else ""
    yield (
        "A row is in each value that fits.\n"
        if variable.overlaps
        else f"A row is in the first value that fits{also}.\n"
    )
    yield f"- Reads: {names(entry.submitted)}"
    yield f"; official items {', '.join(entry.official_items)}.\n" if entry.official_items else ".\n"
    yield f"- Status: {entry.status}.\n"
    for one in errata_of(variable.id):
        yield f"- Erratum {one.number}: {one.says} *{one.resolved}*\n"
    rows = ((value.within, value.label or "as a whole", value.condition) for value in entry.values)
    yield "\n" + table(("main group", "value", "condition"), rows)
    yield from _cases(variable)


def _cases(variable: Variable) -> Iterator[str]:
    for part in PATH.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, said = part.partition(" ")
        if name == variable.id:
            says, _, rows = said.partition("\n")
            yield f"\n{says}\n\n```text\n{rows.strip()}\n```\n"
