"""Write spc_rules.csv: which rule fires at which point, by an independent implementation.

    pip install abspc==1.1.0
    cd tests/reference && python spc_rules.py

abspc is by Aneurin Bevan University Health Board (MIT). Its rules are called one by one, on the
limits that spc_limits.R wrote, and with runs of seven points: by default it asks for eight points
for a shift and six for a trend, where Making Data Count and NHSRplotthedots ask for seven for both.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from abspc import spc

HERE = Path(__file__).parent


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def rules(values: np.ndarray, limits: dict[str, str]) -> np.ndarray:
    names = ("mean", "upper", "lower", "near_upper", "near_lower")
    mean, upper, lower, near_upper, near_lower = (np.full(len(values), float(limits[name])) for name in names)
    return np.column_stack(
        [
            spc._rule1_astronomical(values, upper, lower),
            spc._rule3_trend(values, run_length=7),
            spc._rule4_two_in_three(values, mean, upper, lower, near_upper, near_lower),
            spc._rule2_shift(values, mean, run_length=7),
        ]
    ).astype(int)


def main() -> None:
    series = defaultdict(list)
    for row in read("spc_series.csv"):
        series[row["series"]].append(float(row["value"]))
    limits = {row["series"]: row for row in read("spc_limits.csv") if row["screened"] == "0"}
    with (HERE / "spc_rules.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["series", "position", "outside", "trend", "two_of_three", "shift"])
        for name, values in series.items():
            fired = rules(np.array(values), limits[name])
            writer.writerows([name, at, *row] for at, row in enumerate(fired.tolist()))


if __name__ == "__main__":
    main()
