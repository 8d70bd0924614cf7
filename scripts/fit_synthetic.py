"""Write src/caseness/synthetic/england_published.toml from the official releases.

    python scripts/fit_synthetic.py ../shared/data/published

What no release gives stands in england_assumed.toml, which is written by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from synthetic_change import shifts
from synthetic_curves import curves
from synthetic_derived import courses, divisions, groups, months, single_not_cases
from synthetic_labels import YEAR
from synthetic_numbers import numbers, spreads
from synthetic_published import FEWEST, MONTHLY, PROMS, STABLE, Published
from synthetic_rows import Row, annual

TO = Path(__file__).resolve().parent.parent / "src" / "caseness" / "synthetic" / "england_published.toml"

HEAD = f"""# What NHS England's releases say of talking therapies in {YEAR}, as far as made-up records need it.
# Written by scripts/fit_synthetic.py from NHS England's official statistics (Open Government Licence v3.0): change that, not this.

year = "{YEAR}"
month_source = "{MONTHLY}, England: M001, M031, M184, M056, M153, M075, M076, M082"
group_source = "{annual(f"breakdowns; groups in which fewer than {FEWEST} people did any one thing are left out")}"
course_source = "{PROMS}, England, {YEAR}: courses of one therapy for one problem; cells of fewer than {STABLE} courses only enter the pooled rows, of fewer than {FEWEST} none; standard deviations are of the population"
"""


def facts_text(folder: Path) -> str:
    """The whole file, from the releases in a folder."""
    published = Published(folder)
    parts: Mapping[str, Iterable[Row]] = {
        "months": months(published),
        "numbers": [*numbers(published), *shifts(groups(published), courses(published), single_not_cases(published))],
        "shares": divisions(published),
        "curves": curves(published),
        "spreads": spreads(published),
        "groups": groups(published),
        "courses": courses(published),
    }
    return HEAD + "".join(line for kind, rows in parts.items() for row in rows for line in _entry(kind, row))


def _entry(kind: str, row: Row) -> Iterator[str]:
    """One table of TOML. Months, groups and courses are many and short, so each is one line of an array."""
    yield f"\n[[{kind}]]\n"
    for key, value in row.items():
        if key != "reason" or value:
            yield f"{key} = {_value(value)}\n"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{float(f'{value:.9g}')!r}"
    if isinstance(value, list):
        return f"[{', '.join(_exact(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _exact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(folder: Path) -> None:
    TO.write_text(facts_text(folder), encoding="utf-8")
    print(f"Wrote {TO.name}: {TO.stat().st_size:,} bytes.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
