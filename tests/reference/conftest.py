"""The scripts that make reference values need packages that the tests do not: they are run by hand."""

collect_ignore = [
    "change_values.py",
    "signal_accuracy_values.py",
    "spc_rules.py",
    "spc_series.py",
    "trajectory_values.py",
]
