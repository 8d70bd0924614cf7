"""The words that people write for the codes of the record, as they are declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from caseness.codes import code_list
from caseness.read.practice.plain import plain

YES = ("yes", "y", "true", "1", "x", "✓", "✔")
NO = ("no", "n", "false", "0")


@dataclass(frozen=True)
class Choice:
    """The words for one column: code by words. `rough` are words that leave something open, and what is taken."""

    codes: str
    words: Mapping[str, tuple[str, ...]]
    rough: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, text: str) -> tuple[str | None, bool]:
        """The code that a text means, or None, and whether the word left something open.

        >>> ATTENDED.find("DNA"), ATTENDED.find("5"), ATTENDED.find("cancelled"), ATTENDED.find("maybe")
        (('3', False), ('5', False), ('2', True), (None, False))
        """
        word = plain(text)
        known = self._index.get(word) if word else self._index.get(text.strip())
        return known or (self._code(text), False)

    @cached_property
    def _index(self) -> Mapping[str, tuple[str, bool]]:
        """Every word as it is compared. A sign that has no letters stands as it is."""
        groups = ((self.rough, True), (self.words, False))
        return {
            plain(word) or word: (code, is_rough)
            for group, is_rough in groups
            for code, words in group.items()
            for word in words
        }

    def _code(self, text: str) -> str | None:
        codes = code_list(self.codes)
        tidied = codes.tidy(text)
        found = next((code for code in (tidied, tidied.upper(), tidied.lower()) if code in codes.known), None)
        return found or next((each.code for each in codes.codes if plain(each.meaning) == plain(text)), None)


_ATTENDED = {
    "5": ("attended", "present", "came", "seen", "on time", "arrived", "attended on time"),
    "6": ("late", "arrived late", "attended late", "late but seen"),
    "7": ("too late", "late not seen", "arrived late not seen"),
    "3": ("dna", "did not attend", "no show", "missed", "absent"),
    "2": ("cancelled by client", "client cancelled", "canceled by client", "cancelled by patient"),
    "4": ("cancelled by therapist", "therapist cancelled", "cancelled by us", "cancelled by service"),
}
_CANCELLED = ("cancelled", "canceled", "cancellation", "cancel")

ATTENDED = Choice("AttendOrDNACode", {**_ATTENDED, "5": (*_ATTENDED["5"], *YES)}, {"3": NO, "2": _CANCELLED})
# In a column that is headed DNA, yes means that the client did not come.
DNA = Choice(
    "AttendOrDNACode", {**_ATTENDED, "3": (*_ATTENDED["3"], *YES), "5": (*_ATTENDED["5"], *NO)}, {"2": _CANCELLED}
)
TYPE = Choice(
    "AppType",
    {
        "01": ("assessment", "assess", "intake", "initial assessment"),
        "02": ("treatment", "therapy", "counselling", "counseling", "therapy session", "session"),
        "03": ("assessment and treatment", "assessment and therapy"),
        "04": ("review", "review only"),
        "05": ("review and treatment", "review and therapy"),
        "06": ("follow-up", "follow up after treatment", "follow up after end of treatment"),
        "07": ("other",),
    },
)
MEDIUM = Choice(
    "ConsMechanism",
    {
        "01": ("face to face", "f2f", "in person", "in the room", "room", "office"),
        "02": ("telephone", "phone", "by phone", "call", "phone call"),
        "05": ("email", "e-mail"),
        "09": ("text", "sms", "text message"),
        "10": ("chat", "instant messaging"),
        "11": ("video", "video call", "zoom", "teams", "online video"),
        "98": ("other",),
    },
)
TREATED = Choice(
    "CareContPatientTherMode", {"1": ("individual", "one to one"), "2": ("couple", "couples"), "3": ("group",)}
)
MEDICATION = Choice(
    "PsychMed",
    {
        "01": ("not taking", "prescribed not taking", "prescribed but not taking"),
        "02": ("taking", "prescribed and taking", "yes", "y", "true"),
        "03": ("none", "no", "n", "false", "not prescribed"),
        "UU": ("not known", "unknown", "?"),
        "ZZ": ("not stated",),
    },
)
GENDER = Choice(
    "Gender",
    {"1": ("male", "m", "man"), "2": ("female", "f", "woman"), "9": ("indeterminate",), "X": ("not known", "unknown")},
)
ENDING = Choice(
    "EndingKind",
    {
        "planned": ("planned", "agreed", "planned ending", "planned end"),
        "unplanned": ("unplanned", "unplanned ending", "drop-out", "dropout", "dropped out"),
    },
)
PLANNED = Choice("EndingKind", {"planned": (*YES, "planned"), "unplanned": (*NO, "unplanned")})
DECIDED_BY = Choice(
    "EndingDecidedBy",
    {
        "person": ("client", "patient", "person"),
        "professional": ("therapist", "counsellor", "practitioner", "clinician"),
        "both": ("both", "together", "joint", "mutual"),
        "nobody": ("nobody", "lost", "lost contact"),
    },
)
REASON = Choice("EndingReason", {})
END_CODE = Choice("EndCode", {})
QUALIFICATION = Choice("QualAttainLevelIAPT", {})
ROW = Choice(
    "EndingKind",
    {"session": ("session", "appointment", "contact"), "ending": ("ending", "end", "discharge", "closed", "closure")},
)

CHOICES: Mapping[str, Choice] = MappingProxyType(
    {
        "attended": ATTENDED,
        "dna": DNA,
        "type": TYPE,
        "medium": MEDIUM,
        "treated": TREATED,
        "medication": MEDICATION,
        "qualification": QUALIFICATION,
        "gender": GENDER,
        "ending": ENDING,
        "planned": PLANNED,
        "decided by": DECIDED_BY,
        "reason": REASON,
        "end code": END_CODE,
    }
)
