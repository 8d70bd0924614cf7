"""Ways to come from grains to measures, each run in a process of its own. See README.md.

Usage: python benchmarks/measure_contestants.py NAME FOLDER
"""

import sys
from pathlib import Path
from types import SimpleNamespace

from caseness.engine import fetch, scan_parquet
from caseness.measures import LEVELS, columns_read, compute, core_measures, find_measure
from caseness.periods import financial_year

YEAR = financial_year(2024)
PERIODS = (*YEAR.months(), *YEAR.quarters(), YEAR)
NAMES = ("referral", "contact", "internet_log", "stage")
# Of each kind some: they are asked for one by one, and by pandas.
TEN = ("M001", "M023", "M031", "M056", "M075", "M076", "M185", "M191", "M192", "M195")


def grains_in(folder: Path) -> SimpleNamespace:
    """The four grains of a folder."""
    return SimpleNamespace(**{name: scan_parquet(folder / f"{name}.parquet") for name in NAMES})


def all_core(folder: Path) -> None:
    """All core measures, months, quarters and the year, five levels."""
    print(len(compute(grains_in(folder), PERIODS, None, LEVELS[:5])))


def ten_core(folder: Path) -> None:
    """Ten of them, in one go."""
    print(len(compute(grains_in(folder), YEAR.months(), list(map(find_measure, TEN)), LEVELS[:5])))


def one_query_each(folder: Path) -> None:
    """The same ten, each by itself."""
    grains = grains_in(folder)
    print(sum(len(compute(grains, YEAR.months(), [find_measure(one)], LEVELS[:5])) for one in TEN))


def bare_scan(folder: Path) -> None:
    """Every column that a measure reads, read once and counted."""
    grains = grains_in(folder)
    read = {name for one in core_measures().values() for name in columns_read(one)} | {"referral.month"}
    for grain in NAMES:
        table = getattr(grains, grain)
        columns = [name.split(".")[1] for name in sorted(read) if name.startswith(f"{grain}.")]
        held = [name for name in columns if name in table.columns]
        fetch(table.agg(**{name: table[name].count() for name in held}))


def pandas_ten(folder: Path) -> None:
    """The same ten in pandas: only the columns that are read, keys as categories, flags summed once and rolled up."""
    import pandas as pd

    dates = ["referral_date", "assessment_first_date", "first_session_date", "discharge_date"]
    flags = ["completed_treatment", "not_at_caseness", "recovery", "reliable_improvement"]
    keys = ["month", "provider", "commissioner"]
    frame = pd.read_parquet(folder / "referral.parquet", columns=[*keys, *dates, *flags, "treatment_contacts"])
    frame = frame.astype({"provider": "category", "commissioner": "category"})
    month = pd.to_datetime(frame["month"]).dt.to_period("M")
    inside = {name: pd.to_datetime(frame[name]).dt.to_period("M") == month for name in dates}
    done = inside["discharge_date"] & frame["completed_treatment"]
    counted = frame[keys].assign(
        M001=inside["referral_date"],
        M023=inside["assessment_first_date"],
        M031=inside["first_session_date"],
        M056=inside["discharge_date"],
        M075=inside["discharge_date"] & (frame["treatment_contacts"] == 1),
        M076=done,
        M179=done & frame["not_at_caseness"],
        M185=done & frame["reliable_improvement"],
        M191=done & frame["recovery"],
        M193=done & frame["recovery"] & frame["reliable_improvement"],
    )
    finest = counted.groupby(keys, observed=True).sum(numeric_only=False)
    levels = [
        finest.groupby(level=by, observed=True).sum()
        for by in (["month"], ["month", "provider"], ["month", "commissioner"])
    ]
    for level in levels:
        judged = level["M076"] - level["M179"]
        level["M192"], level["M195"] = 100 * level["M191"] / judged, 100 * level["M193"] / judged
    print(sum(map(len, levels)))


CONTESTANTS = {one.__name__: one for one in (all_core, ten_core, one_query_each, bare_scan, pandas_ten)}

if __name__ == "__main__":
    CONTESTANTS[sys.argv[1]](Path(sys.argv[2]))
