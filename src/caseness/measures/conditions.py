"""Conditions that several chapters use, and the makers of those that differ only in a number or a code."""

from __future__ import annotations

from collections.abc import Collection

from caseness.measures.algebra import Condition, Expression, condition


def days_between(start: Expression, end: Expression) -> Expression:
    """Days from one date to another, below zero where the second comes first."""
    return end.delta(start, unit="day")


# A number of days of the catalogue, as a range that holds both its ends. The catalogue writes 28 as "< 29".
def days(start: str, end: str, at_least: int | None = None, at_most: int | None = None) -> Condition:
    """The days from one date to another lie in a range."""

    def test(first: Expression, last: Expression) -> Expression:
        between = days_between(first, last)
        if at_most is None:
            return between >= at_least
        return between <= at_most if at_least is None else between.between(at_least, at_most)

    return Condition((start, end), _say_range(at_least, at_most), test)


def _say_range(at_least: int | None, at_most: int | None) -> str:
    if at_most is None:
        return f"after {at_least} days or more"
    return f"within {at_most} days" if at_least is None else f"after {at_least} to {at_most} days"


def coded(column: str, codes: Collection[str], says: str) -> Condition:
    """A column holds one of some codes. A blank is none of them."""
    return Condition((column,), f"{says} ({', '.join(codes)})", lambda cell: cell.isin(list(codes)))


def blank(column: str, says: str) -> Condition:
    """A column holds nothing."""
    return Condition((column,), says, lambda cell: cell.isnull())


def present(column: str, says: str) -> Condition:
    """A column holds something."""
    return Condition((column,), says, lambda cell: cell.notnull())


def number(column: str, says: str) -> Condition:
    """The number in a column."""
    return Condition((column,), says, lambda cell: cell)


@condition
def finished(completed_treatment):
    """that finished a course of treatment"""
    return completed_treatment


@condition
def still_open(discharge_date):
    """that have not ended"""
    return discharge_date.isnull()


@condition
def never_treated(first_session_date):
    """that had no treatment"""
    return first_session_date.isnull()
