"""Work and social adjustment of those who finished: five questions, each at the start and at the end."""

from caseness.measures.algebra import Measure, count, ended, mean, median
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import finished, number, present


# Five measures of one question: how many answered it twice, then mean and median at the start and at the end.
def _question(first_id: int, column: str, says: str) -> tuple[Measure, ...]:
    first, last = (
        number(f"{column}_first", f"first scores on {says}"),
        number(f"{column}_last", f"last scores on {says}"),
    )
    paired = finished & present(f"{column}_last", f"that answered twice on {says}")
    ids = [f"M{first_id + step}" for step in range(5)]
    return (
        count(ids[0], f"WSAS, {says}: answered twice or more", on=ended, where=paired),
        mean(ids[1], f"WSAS, {says}: mean at the start", first, on=ended, where=paired),
        median(ids[2], f"WSAS, {says}: median at the start", first, on=ended, where=paired),
        mean(ids[3], f"WSAS, {says}: mean at the end", last, on=ended, where=paired),
        median(ids[4], f"WSAS, {says}: median at the end", last, on=ended, where=paired),
    )


CHAPTER = Chapter(
    "wsas",
    "Work and social adjustment",
    "Whether life became easier, and not only the symptoms fewer.",
    (
        *_question(212, "wsas_work", "work"),
        *_question(217, "wsas_home_management", "home management"),
        *_question(222, "wsas_social_leisure", "social leisure"),
        *_question(227, "wsas_private_leisure", "private leisure"),
        *_question(232, "wsas_relationships", "relationships"),
    ),
)
