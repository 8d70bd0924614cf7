"""A small year of counts, and what it cost."""

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.cost import price
from caseness.audit.subject import choose
from caseness.periods import financial_year
from small_records import figures, record_of

YEAR = financial_year(2024)
MONTH_OF_COUNTS = "M086 90\nM087 10\nM084 20\nM075 5\nM076 10\nM179 1\nM191 4\nM193 3"


def record(organisation="ENGLAND"):
    return record_of(*(figures(MONTH_OF_COUNTS, month, organisation) for month in YEAR.months()))


def priced(made=None, assumptions=None, period="2024-25", organisation=None):
    made = made or record()
    return price(made, choose(made, period, organisation), None, assumptions or read_shipped_assumptions())
