"""What the programme costs: per contact, course, recovery and additional recovery."""

from caseness.audit.cost.model import CostPer, Costs, TotalCost
from caseness.audit.cost.price import price

__all__ = ["CostPer", "Costs", "TotalCost", "price"]
