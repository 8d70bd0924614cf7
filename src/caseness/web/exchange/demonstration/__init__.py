"""A made-up service to look at: several teams and therapists, with months of history up to today. Nobody in it is real."""

from caseness.web.exchange.demonstration.making import Demonstration, make_demonstration
from caseness.web.exchange.demonstration.staff import PASSWORD

__all__ = ["PASSWORD", "Demonstration", "make_demonstration"]
