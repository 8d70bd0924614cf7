"""Write spc_series.csv: the series on which the control chart is compared with other implementations.

    python tests/reference/spc_series.py PATH/england_months.csv

Some are hand-made, each to show one thing; some are seeded random numbers, rounded so that the
file holds exactly what is judged; two are published figures of England (NHS England, Open
Government Licence v3.0), by month from January 2021 to March 2026.
"""

import csv
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
HAND_MADE = {
    # The example of the NHSRplotthedots vignette "Deviations from Excel".
    "vignette": [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1],
    # The symmetrical data of NHSRplotthedots' own test of the two-of-three rule.
    "opposite_sides": [1, -1] * 7 + [5.5, -5.5],
    "rise_then_fall": [5, 2, 6, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1, 5, 6],
    "flat_spot_in_a_rise": [4, 6, 1, 2, 3, 3, 4, 5, 6, 4, 6, 5],
    "shift_up": [10, 12, 11, 9, 10, 11, 9, 10, 14, 15, 14, 13, 15, 14, 16, 14],
    "two_of_three_low": [
        10,
        10.4,
        10.1,
        9.8,
        10.2,
        10,
        9.7,
        10.1,
        10.3,
        9.8,
        9.2,
        9.7,
        9.15,
        10.1,
        9.9,
        10.2,
        10.4,
        10,
    ],
    "two_of_three_split": [
        10,
        10.4,
        10.1,
        9.8,
        10.2,
        10,
        9.7,
        10.1,
        10.3,
        9.8,
        9.05,
        10.1,
        9.05,
        10.1,
        9.9,
        10.2,
        10.4,
        10,
    ],
    "constant": [7, 7, 7, 7, 7, 7, 7, 7],
}
PUBLISHED = {"england_recovery": "M192", "england_reliable_recovery": "M195"}


def random_series() -> dict[str, list[float]]:
    generator = np.random.default_rng(20261123)
    level = generator.normal(50, 2, size=(6, 60)).round(2)
    level[3:, 30:] += np.array([[1.5], [3.0], [-6.0]])
    return {f"random_{number}": row.round(2).tolist() for number, row in enumerate(level)}


def published_series(months: Path) -> dict[str, list[float]]:
    with months.open(newline="", encoding="utf-8") as handle:
        rows = sorted(csv.DictReader(handle), key=lambda row: row["month"])
    return {
        name: [float(row["value"]) for row in rows if row["measure_id"] == measure]
        for name, measure in PUBLISHED.items()
    }


def main(months: Path) -> None:
    series = HAND_MADE | random_series() | published_series(months)
    with (HERE / "spc_series.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["series", "position", "value"])
        writer.writerows([name, at, value] for name, values in series.items() for at, value in enumerate(values))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
