"""Names of files that are safe on every system, from names that somebody else gave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# What Windows forbids in a name, with all control characters.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in "0123456789¹²³")}
LONGEST_NAME = 150


def safe_name(name: str) -> str:
    """A name that every system takes, that is not hidden, and that leads nowhere else.

    >>> safe_name("CON.csv"), safe_name(".hidden"), safe_name("a:b?.csv. ")
    ('_CON.csv', 'hidden', 'a_b_.csv')
    """
    plain = _without_format_marks(unicodedata.normalize("NFC", name))
    clean = _FORBIDDEN.sub("_", plain).strip(" .") or "unnamed"
    if clean.split(".")[0].rstrip().casefold() in _RESERVED:
        clean = f"_{clean}"
    return _shorten(clean)


def name_in_address(url: str) -> str:
    """The safe name of the file that an address leads to.

    >>> name_in_address("https://example.org/D8/feb_2023_activity%20v2.csv")
    'feb_2023_activity v2.csv'
    """
    return safe_name(unquote(PurePosixPath(urlsplit(url).path).name))


def flat_names(paths: Sequence[Sequence[str]]) -> list[str]:
    """A safe name of its own for each file of an archive, given as the parts of its path.

    The last part is its name. Where two are alike, also to a system that does not tell
    small from capital letters, the folder comes before it; and if that is not enough, a number.

    >>> flat_names([("a", "main.csv"), ("b", "Main.csv"), ("other.csv",)])
    ['main.csv', 'b-Main.csv', 'other.csv']
    """
    taken: set[str] = set()
    names = []
    for parts in paths:
        tried = (safe_name(parts[-1]), safe_name("-".join(parts)))
        name = next((one for one in tried if _fold(one) not in taken), None) or _numbered(tried[0], taken)
        taken.add(_fold(name))
        names.append(name)
    return names


def _numbered(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    number = 2
    while _fold(f"{stem}-{number}{dot}{ending}") in taken:
        number += 1
    return f"{stem}-{number}{dot}{ending}"


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


# Marks such as "from here right to left" make a name read otherwise than it is. Halves of a pair are no text.
def _without_format_marks(name: str) -> str:
    return "".join(sign for sign in name if unicodedata.category(sign) not in ("Cf", "Cs"))


def _shorten(name: str) -> str:
    if len(name.encode()) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 10:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending
