"""Every rule, as data: those that follow from the declared tables, and those that are written out."""

from caseness.check.rules.catalogue import NOT_CHECKED, RULES, rule, rules_for

__all__ = ["NOT_CHECKED", "RULES", "rule", "rules_for"]
