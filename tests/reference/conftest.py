"""The scripts that make reference values need packages that the tests do not: they are run by hand."""

collect_ignore = ["spc_rules.py", "spc_series.py"]
