"""The nouns of a caseload, one module for each group of them."""

from caseness.web.caseload.models.client import Client, ClientChange, KeptRow
from caseness.web.caseload.models.contact import Activity, Contact
from caseness.web.caseload.models.course import Circumstance, Goal, GoalRating, Medication, Note
from caseness.web.caseload.models.referral import Problem, Referral, Reopening
from caseness.web.caseload.models.score import Score

__all__ = [
    "Activity",
    "Circumstance",
    "Client",
    "ClientChange",
    "Contact",
    "Goal",
    "GoalRating",
    "KeptRow",
    "Medication",
    "Note",
    "Problem",
    "Referral",
    "Reopening",
    "Score",
]
