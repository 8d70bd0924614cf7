"""What a person or a referral can have several of, each kept as a set: a whole number with a bit for each group of codes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from importlib.resources import files
from operator import or_
from typing import Any

import ibis

from caseness.codes import code_list

_VARIABLES = "NHS England, variables of the monthly measures, July 2026"
_ANNUAL = "NHS England, variables of the annual measures, 2023-24"
# The group of the codes that no other group has.
OTHERS = "others"


@dataclass(frozen=True)
class Kind:
    """A kind of thing of which there can be several: its name in the grains, and its groups with their codes.

    With `has_others`, a code of no group is in the group `others`. With `by_text`, a code is one of a group if it
    contains it, in whatever case, and a text that names two is one of both.
    """

    name: str
    says: str
    groups: Mapping[str, tuple[str, ...]]
    source: str
    has_others: bool = False
    by_text: bool = False

    def bit(self, group: str) -> int:
        """The bit of a group.

        >>> ORIENTATIONS.bit("Gay/Lesbian")
        2
        """
        return 1 << (*self.groups, OTHERS).index(group)

    def of(self, code: Any) -> Any:
        """The set that one code makes: the bits of its groups, or 0. A blank is in none."""
        branches = [(self._is_of(code, codes), self.bit(group)) for group, codes in self.groups.items()]
        rest = self.bit(OTHERS) if self.has_others else 0
        if not self.by_text:
            return ibis.cases((code.isnull(), 0), *branches, else_=rest).cast("int64")
        found = reduce(or_, (ibis.ifelse(fits, bit, 0) for fits, bit in branches))
        return ibis.cases((code.isnull(), 0), (found == 0, rest), else_=found).cast("int64")

    def _is_of(self, code: Any, codes: tuple[str, ...]) -> Any:
        if not self.by_text:
            return code.isin(codes)
        found = [code.upper().contains(each.upper()) for each in codes]
        return ibis.or_(*found)


def _each(codes: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {code: (code,) for code in codes}


def _religions() -> Mapping[str, tuple[str, ...]]:
    text = files("caseness.derive").joinpath("religions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {name: tuple(row["code"] for row in rows if row["religion"] == name) for name in (each["religion"] for each in rows)}  # fmt: skip


def _listed(name: str) -> tuple[str, ...]:
    return tuple(each.code for each in code_list(name).codes)


DISABILITIES = Kind("disabilities", "Disabilities of the person", _each(_listed("DisabCode")), f"{_VARIABLES}, V003", has_others=True)  # fmt: skip
CONDITIONS = Kind("conditions", "Long-term conditions told with the referral", _each(_listed("LongTermCondition")), f"{_VARIABLES}, V010", has_others=True)  # fmt: skip
MEDIA = Kind(
    "media", "Media of the attended contacts within the referral",
    _each(("01", "02", "03", "04", "05", "06", "08", "09", "10", "11", "12", "13", "98")), f"{_ANNUAL}, Consultation Medium", has_others=True,
)  # fmt: skip
RELIGIONS = Kind(
    "religions", "Religions of the person, by the codes of the monthly variables",
    {
        "Baha'i": ("429732005",), "Buddhist": ("309687009",), "Christian": ("160549006",), "Hindu": ("160545000",), "Jain": ("429787006",),
        "Jewish": ("160543007",), "Muslim": ("309884000",), "None": ("160552003",), "Other": ("62458008", "160567004"),
        "Pagan": ("205141000000101",), "Sikh": ("366740002",), "Zoroastrian": ("429790000",), "Not stated": ("763896000", "205081000000105"),
    },
    f"{_VARIABLES}, V013",
)  # fmt: skip
ANNUAL_RELIGIONS = Kind("annual_religions", "Religions of the person, by the longer lists of the annual report", _religions(), f"{_ANNUAL}, Religion")  # fmt: skip
ORIENTATIONS = Kind(
    "orientations", "Sexual orientations of the person",
    {"Bi-sexual": ("42035005",), "Gay/Lesbian": ("76102007", "89217008"), "Heterosexual": ("20430005",)}, f"{_VARIABLES}, V014",
)  # fmt: skip
PROGRAMMES = Kind(
    "programmes", "Programmes of internet therapy in the logs of the referral",
    {
        "BDD-NET": ("BDD-NET", "BDD.NET"), "Beating the Blues": ("Beating the Blues",), "Daylight": ("Daylight",), "Deprexis": ("Deprexis",),
        "Fear Fighter": ("Fear Fighter",), "Minddistrict": ("MindDistrict", "MNDDSTRCT"), "OCD-NET": ("OCD-NET", "OCD.NET"), "Regul8": ("Regul8",),
        "Silvercloud": ("Silvercloud", "SLVRCLD", "SILVER"), "Sleepio": ("Sleepio",),
    },
    f"{_VARIABLES}, V009", has_others=True, by_text=True,
)  # fmt: skip
KINDS = (DISABILITIES, CONDITIONS, MEDIA, RELIGIONS, ANNUAL_RELIGIONS, ORIENTATIONS, PROGRAMMES)
