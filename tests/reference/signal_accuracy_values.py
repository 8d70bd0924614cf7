"""Write signal_accuracy.csv: accuracy of made-up signals, with the intervals of `proportion_confint` of statsmodels.

    cd tests/reference && python signal_accuracy_values.py

Run with statsmodels 0.15.0, which is no dependency. The counts are made up.
"""

import csv

from statsmodels.stats.proportion import proportion_confint

COUNTS = [(670, 202, 74, 640), (12, 30, 3, 155), (1, 9, 0, 50), (29, 12, 11, 498), (3, 40, 37, 9920)]


def rows():
    for hit, false, miss, silent in COUNTS:
        whole = hit + false + miss + silent
        for name, part, of in (
            ("sensitivity", hit, hit + miss),
            ("specificity", silent, silent + false),
            ("positive_predictive_value", hit, hit + false),
            ("negative_predictive_value", silent, silent + miss),
            ("alert_burden", hit + false, whole),
        ):
            for method in ("wilson", "beta"):
                low, high = proportion_confint(part, of, 0.05, method)
                yield hit, false, miss, silent, name, method, part / of, low, high


if __name__ == "__main__":
    header = ("hits", "false_alarms", "missed", "rightly_silent", "figure", "method", "value", "low", "high")
    with open("signal_accuracy.csv", "w", newline="", encoding="utf-8") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows()])
