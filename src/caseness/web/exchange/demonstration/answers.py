"""Answers to single items, made up so that they add up to the totals of the record."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from caseness.instruments import instrument
from caseness.web.caseload.models import Referral, Score
from caseness.web.services.models import Service

INSTRUMENTS = ("phq9", "gad7")
_RECENT = timedelta(days=150)
_HIGHEST = 3


def answer_items(service: Service, today: date, rng: Random) -> int:
    """Give the recent scores of open referrals their answers. How often the item about risk is answered is made up too."""
    answered = []
    for referral in Referral.objects.filter(service=service, ended=None).order_by("pk"):
        troubled = rng.random() < 0.25
        scores = referral.scores.filter(instrument_id__in=INSTRUMENTS, day__gte=today - _RECENT, day__lte=today)
        for score in scores.order_by("day", "pk"):
            risk = instrument(score.instrument_id).risk
            score.items = share_out(int(score.total), _count(score), risk.item if risk else 0, troubled, rng)
            answered.append(score)
    Score.objects.bulk_update(answered, ["items"], batch_size=500)
    return len(answered)


def share_out(total: int, count: int, risk: int, troubled: bool, rng: Random) -> list[int]:
    """A total as answers of 0 to 3. The item about risk is 0, unless the person is troubled or nothing else is left.

    >>> sum(share_out(14, 9, 9, False, Random(1))), share_out(27, 9, 9, False, Random(1))
    (14, [3, 3, 3, 3, 3, 3, 3, 3, 3])
    """
    answers = [0] * count
    others = [place for place in range(count) if place != risk - 1]
    if risk and troubled and total > 4:
        answers[risk - 1] = rng.choice((0, 1, 1, 2))
    while sum(answers) < total:
        room = [place for place in others if answers[place] < _HIGHEST] or [risk - 1]
        answers[rng.choice(room)] += 1
    return answers


def _count(score: Score) -> int:
    return len(instrument(score.instrument_id).items)
