"""Write change.csv: six indices of reliable change of the couples of Jacobson & Truax (1991), table 2.

    cd tests/reference && python change_values.py

jacobson_truax_1991.csv holds their scores on the Dyadic Adjustment Scale (high is good), as the repository
AWKruijt/JT-RCI has them, with the reliability of 0.84 that its example takes. The formulas are written out in
plain Python as the source of the R package clinicalsignificance 2.1.0 has them, without any module of ours. The
reliability of last scores (0.80) and the functional population (115, 18) are made up for this file.
"""

import csv
from math import sqrt
from statistics import correlation, mean, stdev

RELIABILITY, LAST_RELIABILITY, FUNCTIONAL = 0.84, 0.80, (115.0, 18.0)


def indices(x, y, all_x, all_y):
    m1, m2, s1, s2, r = mean(all_x), mean(all_y), stdev(all_x), stdev(all_y), RELIABILITY
    error = s1 * sqrt(1 - r)
    true_first = r * (x - m1) + m1
    r1, r2 = (s1**2 - error**2) / s1**2, (s2**2 - error**2) / s2**2
    joint = 2 * s1 * s2 * correlation(all_x, all_y)
    of_change = (s1**2 * r1 + s2**2 * r2 - joint) / (s1**2 + s2**2 - joint)
    functional_true = sqrt(FUNCTIONAL[1] ** 2 - error**2)
    clinical_true = s1 * sqrt(r1)
    cut = (clinical_true * FUNCTIONAL[0] + functional_true * m1) / (clinical_true + functional_true)
    return {
        "Jacobson-Truax": (y - x) / sqrt(2 * error**2),
        "Gulliksen-Lord-Novick": ((y - m1) - r * (x - m1)) / (s1 * sqrt(1 - r**2)),
        "Hsu-Linn-Lord": ((y - m2) - r * (x - m1)) / (s1 * sqrt(1 - r**2)),
        "Edwards-Nunnally": (y - true_first) / error,
        "Nunnally-Kotsch": (y - true_first) / sqrt(r**2 * s1**2 * (1 - r) + s1**2 * (1 - LAST_RELIABILITY)),
        "Hageman-Arrindell": ((y - x) * of_change + (m2 - m1) * (1 - of_change))
        / (sqrt(of_change) * sqrt(2 * error**2)),
        "beyond c": (m2 + (y - m2) * r2 - cut) / (sqrt(r2) * error),
    }


if __name__ == "__main__":
    with open("jacobson_truax_1991.csv", newline="", encoding="utf-8") as handle:
        rows = [(row["couple"], float(row["first"]), float(row["last"])) for row in csv.DictReader(handle)]
    first, last = [row[1] for row in rows], [row[2] for row in rows]
    found = [(couple, name, value) for couple, x, y in rows for name, value in indices(x, y, first, last).items()]
    with open("change.csv", "w", newline="", encoding="utf-8") as handle:
        csv.writer(handle, lineterminator="\n").writerows([("couple", "index", "value"), *found])
