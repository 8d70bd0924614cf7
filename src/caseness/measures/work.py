"""Sick pay at the start and at the end."""

from caseness.measures.algebra import condition, count, ended
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import finished


@condition
def off_sick_pay(sick_pay_first, sick_pay_last):
    """that had statutory sick pay at first and none at last"""
    return (sick_pay_first == "Y") & (sick_pay_last == "N")


came_off_sick_pay = count("M237", "Finished, and came off sick pay", on=ended, where=finished & off_sick_pay)

CHAPTER = Chapter(
    "work",
    "Work",
    "The programme was promised to pay for itself by a return to work.",
    (came_off_sick_pay,),
)
