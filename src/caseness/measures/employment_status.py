"""At work, off sick or without work: when support begins, and at the start and the end of support and of a course."""

from caseness.measures.algebra import Clock, Condition, Measure, count
from caseness.measures.chapter import EMPLOYMENT_CATALOGUE, Chapter
from caseness.measures.columns import SUPPORT
from caseness.measures.conditions import finished
from caseness.measures.employment_outcomes import supported_before_end, therapy_only
from caseness.measures.employment_support import had_support, support_began, support_ended, treated

# In the order of the ids, and of precedence: a person is in one of them.
GROUPS = ("in work", "off sick", "not employed", "unknown")

ended = Clock("discharge_date", SUPPORT, "discharge_date", "that ended in the period")


# Four measures of one group of referrals, with ids that follow each other.
def _by_status(
    letters: str, first_id: int, title: str, column: str, says: str, on: Clock, where: Condition | None = None
) -> tuple[Measure, ...]:
    def measure(step: int, group: str) -> Measure:
        status = Condition((column,), f"{says} {group}", lambda held: held == group)
        return count(
            f"{letters}{first_id + step:03}", f"{title}: {group}", on=on, where=where & status if where else status
        )

    return tuple(measure(step, group) for step, group in enumerate(GROUPS))


_both = had_support & treated
_alone, _with = finished & therapy_only, finished & supported_before_end
_FIRST, _LAST = "and whose first status is", "and whose last status is"

CHAPTER = Chapter(
    "employment-status",
    "Employment status",
    "Whether people keep their work, or come back to it, was the promise on which the programme was paid for.",
    (
        *_by_status("EA", 50, "Support ended, treated too, status at first", "status_before_support", _FIRST, support_ended, _both),
        *_by_status("EA", 54, "Support ended, treated too, status at last", "status_after_support", _LAST, support_ended, _both),
        *_by_status("EA", 276, "Employment support began", "status_so_far_in_support", "whose latest status is", support_began),
        *_by_status("M", 316, "Finished, therapy only, status at first", "status_at_start", _FIRST, ended, _alone),
        *_by_status("M", 320, "Finished, therapy only, status at last", "status_at_end", _LAST, ended, _alone),
        *_by_status("M", 324, "Finished, with employment support, status at first", "status_at_start", _FIRST, ended, _with),
        *_by_status("M", 328, "Finished, with employment support, status at last", "status_at_end", _LAST, ended, _with),
    ),
    EMPLOYMENT_CATALOGUE,
)  # fmt: skip
