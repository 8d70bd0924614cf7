"""The pseudonym of a course: the same for one key and one referral, and no way back without both the key and the record."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from base64 import b32encode
from collections.abc import Callable, Mapping
from pathlib import Path

from caseness.errors import BadSettings, CannotWrite, say_why_not_written

SHORTEST, GROUP, LETTERS = 32, 4, 12
MARK = "case-"
_FORM = re.compile(rf"{MARK}[a-z2-7]{{{GROUP}}}(-[a-z2-7]{{{GROUP}}}){{{LETTERS // GROUP - 1}}}")


def pseudonym(key: bytes, provider: str, referral: str) -> str:
    """What a course is called for a reader who must not know its number: 60 bits of a keyed hash (HMAC with SHA-256).

    Parameters
    ----------
    key : what `open_key` gives
    provider, referral : the code of the provider, and its own identifier of the referral

    Examples
    --------
    >>> pseudonym(b"k" * 32, "ZZ9", "R1"), pseudonym(b"k" * 32, "ZZ9", "R2")
    ('case-7a6u-iuau-5n6m', 'case-cgv6-puax-oqac')
    """
    digest = hmac.digest(key, f"{provider}\0{referral}".encode(), "sha256")
    letters = b32encode(digest).decode().lower()[:LETTERS]
    return MARK + "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def is_pseudonym(text: str) -> bool:
    """Whether a text has the form of a pseudonym.

    >>> is_pseudonym("case-7a6u-iuau-5n6m"), is_pseudonym("R1")
    (True, False)
    """
    return _FORM.fullmatch(text) is not None


def usual_key(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the key is kept that nobody named: in the settings folder of whoever runs this.

    >>> usual_key({"XDG_CONFIG_HOME": "/home/me/settings"}).as_posix()
    '/home/me/settings/caseness/case.key'
    """
    folder = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(folder) / "caseness" / "case.key"


def open_key(path: Path) -> bytes:
    """The key that a file holds.

    Raises
    ------
    BadSettings
        If it cannot be read, or is too short to keep anything secret.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "case.key"
    >>> _ = file.write_text("a key for examples, of 32 letters or more")
    >>> len(open_key(file))
    41
    """
    try:
        key = path.read_bytes().strip()
    except OSError as problem:
        raise BadSettings(
            f"The key {path.name} cannot be read: {problem.strerror}. No pseudonym was made. Name the file of your key with --key."
        ) from problem
    if len(key) < SHORTEST:
        raise BadSettings(
            f"The key {path.name} has {len(key)} characters, and a key has {SHORTEST} or more. No pseudonym was made. Remove the "
            "file, and a new key is made; pseudonyms made with the old one are then no longer found."
        )
    return key


def make_key(path: Path, draw: Callable[[int], str] = secrets.token_hex) -> bytes:
    """Make a new key that only its owner can read, and give it.

    Raises
    ------
    CannotWrite
        If it cannot be written, or a file stands there.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> len(make_key(Path(mkdtemp()) / "case.key"))
    64
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(draw(SHORTEST) + "\n")
    except OSError as problem:
        raise CannotWrite(
            f"No key could be made at {path}: {say_why_not_written(problem)}. Name another file with --key."
        ) from problem
    return open_key(path)
