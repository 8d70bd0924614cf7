"""The rows of ending reviews: what the therapist tells of an ending, and what some people tell of it themselves."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import Coded, Days, Same
from caseness.synthetic.frames import Frame
from caseness.synthetic.identifiers import referral_ids
from caseness.synthetic.whys import DECIDERS, KINDS, WHYS, Whys

TELLERS = ("professional", "person")
# The person is asked within so many days of the end, on another day than the therapist.
_ASKED_WITHIN = 10


def ending_reviews(chunk: Chunk, whys: Whys, referrals: Frame, rng: np.random.Generator) -> Frame:
    """One row for each account. It comes with the end: where only the refresh submission tells that, it is late too."""
    therapist = whys.therapist.told
    person, day = _asked(chunk, whys.person.told, rng)
    who = np.concatenate([therapist, person])
    teller = np.repeat(np.array([0, 1], np.int8), (len(therapist), len(person)))
    parts = {
        name: np.concatenate([getattr(whys.therapist, name)[therapist], getattr(whys.person, name)[person]])
        for name in ("kind", "decided", "why")
    }
    columns = {
        "ServiceRequestId": referral_ids(chunk, who),
        "EndingReviewDate": Days(np.concatenate([chunk.endings.day[therapist], day])),
        "EndingKind": Coded(parts["kind"], KINDS),
        "EndingDecidedBy": Coded(parts["decided"], DECIDERS),
        "EndingReason": Coded(parts["why"], WHYS),
        "EndingNote": Same("SYNTHETIC"),
        "EndingToldBy": Coded(teller, TELLERS),
    }
    month = chunk.closes[who]
    return Frame("EXT02EndingReview", columns, chunk.provider[who], month, month, late=referrals.is_late[who])


# After the end if that is still in its month, before it if not, and not at all where neither is.
def _asked(chunk: Chunk, who: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    end, apart = chunk.endings.day[who], rng.integers(1, _ASKED_WITHIN + 1, len(who))
    months = chunk.plan.months
    after = months.of(end + apart) == chunk.closes[who]
    day = np.where(after, end + apart, end - apart)
    inside = (months.of(day) == chunk.closes[who]) & (day >= chunk.endings.last_contact[who])
    return who[inside], day[inside].astype(np.int32)
