"""Every questionnaire that ships with the package, by id, by another of its names, and by its code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.errors import UnknownName
from caseness.instruments.model import Instrument
from caseness.instruments.parts import Item
from caseness.instruments.reading import read_instrument

# The order of the list: what the programme uses, what it used, what others use.
IDS = (
    "phq9",
    "gad7",
    "spin",
    "pdss",
    "oci",
    "shai",
    "pcl5",
    "mobility_inventory_alone",
    "mobility_inventory_accompanied",
    "biq",
    "cfq11",
    "ibs_sss",
    "phq15",
    "wsas",
    "pswq",
    "ies_r",
    "phobia_scales",
    "bpi",
    "cat",
    "dds",
    "ipcq",
    "peq_treatment",
    "peq_assessment",
    "core10",
    "core_om",
    "reqol10",
    "ors",
    "srs",
    "oq45",
)


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every questionnaire, in the order of the list.

    >>> [one.id for one in instruments()][:2]
    ['phq9', 'gad7']
    """
    folder = files("caseness.instruments").joinpath("questionnaires")
    return tuple(read_instrument(folder.joinpath(f"{name}.toml")) for name in IDS)


def instrument(name: str) -> Instrument:
    """A questionnaire by its id or another name, in any case and with any punctuation.

    Raises
    ------
    UnknownName
        If none has this name.

    Examples
    --------
    >>> instrument("PHQ-9").id, instrument("mobility_inventory").id
    ('phq9', 'mobility_inventory_alone')
    """
    found = _named().get(plain_name(name))
    if found is None:
        raise UnknownName(
            "questionnaire", name, [one.id for one in instruments()], "`caseness instruments` lists them."
        )
    return found


def by_snomed(code: str) -> tuple[Instrument, Item | None] | None:
    """The questionnaire that a SNOMED code scores, with the item where the code is that of one item.

    >>> found, item = by_snomed("720433000")
    >>> found.id, item
    ('phq9', None)
    >>> found, item = by_snomed("932621000000100")
    >>> found.id, item.id
    ('wsas', 'work')
    """
    return _coded().get(code.strip())


def plain_name(name: str) -> str:
    """A name without case or punctuation, as names are compared.

    >>> plain_name("CORE-10")
    'core10'
    """
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@cache
def _named() -> Mapping[str, Instrument]:
    named: dict[str, Instrument] = {}
    for one in instruments():
        for name in {plain_name(each) for each in (one.id, one.short_name, one.name, *one.aliases)}:
            assert name not in named, f"{name} names both {named[name].id} and {one.id}"
            named[name] = one
    return MappingProxyType(named)


@cache
def _coded() -> Mapping[str, tuple[Instrument, Item | None]]:
    coded: dict[str, tuple[Instrument, Item | None]] = {}
    for one in instruments():
        for code, item in ((one.snomed, None), *((item.snomed, item) for item in one.items)):
            assert code not in coded, f"{code} is the code of two"
            if code:
                coded[code] = (one, item)
    return MappingProxyType(coded)
