"""Every variable of the environment that the application reads, declared once. The manual's page is made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from caseness.errors import UnsafeSetting

PREFIX = "CASENESS_WEB_"
FILE = "_FILE"
MOST, _DIGITS = 1_000_000_000, 10
_YES, _NO = frozenset({"yes", "on", "true", "1"}), frozenset({"no", "off", "false", "0"})


@dataclass(frozen=True)
class Variable:
    """One variable: what it means, what holds where it is not set, and what production refuses of it."""

    name: str
    meaning: str
    default: str = ""
    # The default in words, where it is not a plain text.
    otherwise: str = ""
    refused: str = ""
    # A secret may stand in a file instead, which the variable with `_FILE` at its end names.
    is_secret: bool = False

    @property
    def full_name(self) -> str:
        """As it stands in the environment.

        >>> Variable("MODE", "How it runs.").full_name
        'CASENESS_WEB_MODE'
        """
        return PREFIX + self.name


VARIABLES = (
    Variable("MODE", "`production`, or `demonstration`: then nobody is treated, and all people are made up.", "production"),
    Variable(
        "SECRET_KEY", "Signs sessions and links in mails. Whoever has it can sign in as anybody.", is_secret=True,
        otherwise="drawn at each start of a demonstration", refused="none, or one of fewer than 50 letters",
    ),
    Variable(
        "FACTOR_KEYS", "The age keys (`AGE-SECRET-KEY-...`) by which the secrets of authenticator apps and recovery codes are "
        "encrypted in the database, with commas or lines between: the first encrypts, each of them opens.", is_secret=True,
        otherwise="in a demonstration they lie there as they are", refused="none",
    ),
    Variable(
        "HOSTS", "The names under which browsers reach the application, with commas between.",
        otherwise="`localhost` in a demonstration", refused="none, or one with `*`",
    ),
    Variable("FOLDER", "Where it keeps its files: the database of SQLite, collected static files, backups.", "caseness-web"),
    Variable(
        "DATABASE_URL", "The database, such as `postgresql://user:password@host/name`.", is_secret=True,
        otherwise="an SQLite file in the folder",
        refused="SQLite without the next variable; PostgreSQL on another machine without a password",
    ),
    Variable("SQLITE_IN_PRODUCTION", "`yes` says that this is one practice on one machine, for which SQLite does.", "no"),
    Variable("BEHIND_PROXY", "`yes` where a proxy in front speaks HTTPS and sets `X-Forwarded-Proto`.", "no"),
    Variable(
        "EMAIL_URL", "How mail is sent, such as `smtp+tls://user:password@host:587`.", "consolemail://", is_secret=True,
        refused="anything that sends no mail: console, file, memory, dummy",
    ),
    Variable("SENDER", "The address that mails come from.", "caseness@localhost"),
    Variable("ADDRESS", "Where people open the application, as mails name it.", otherwise="`https://` and the first host"),
    Variable("SECOND_FACTOR", "`on`: an authenticator app or a passkey is asked of everybody.", "on", refused="`off`"),
    Variable("IDLE_MINUTES", "Whoever does nothing for so long is signed out: 5 to 60.", "15"),
    Variable(
        "RISK_HOURS_NEW", "Hours until a risk alert that is new or has risen, and that nobody acknowledged, goes a step up. "
        "Assumed: a service sets its own.", "4",
    ),
    Variable("RISK_HOURS_KNOWN", "The same for any other risk alert. Assumed too.", "24"),
    Variable(
        "SAFETY_OFFICER", "The clinical safety officer who signed this version off. Without one each page says that it is "
        "not for clinical use.", refused="a name without the day and the version, in any mode",
    ),
    Variable("SAFETY_SIGNED_ON", "The day on which the officer signed, such as `2026-11-26`."),
    Variable("SAFETY_VERSION", "The version that was signed. Any other version shows the banner again."),
    Variable("BIND", "The address and port on which it is served, or `unix:` and the path of a socket.", "127.0.0.1:8000"),
    Variable("PROCESSES", "Processes that serve pages.", "2"),
    Variable("THREADS", "Threads of each process.", "4"),
    Variable("GRACE_SECONDS", "How long a page may still take when the application is told to stop.", "30"),
    Variable(
        "METRICS_TOKEN", "What a monitor shows to read the metrics. Without it only the same machine may, and nobody may "
        "behind a proxy.", is_secret=True,
    ),
    Variable("BACKUP_RECIPIENTS", "The age keys (`age1...`) that backups are encrypted to, with commas between."),
    Variable("BACKUP_FOLDER", "Where backups are written.", otherwise="`backups` in the folder"),
    Variable("BACKUP_KEEP", "How many backups are kept. Older ones are removed after a new one was written.", "30"),
    Variable("BACKUP_HOURS", "How old the last backup may be before `caseness-web check` says that it is not well.", "26"),
    Variable(
        "RETENTION_YEARS", "Years after a client's last referral ended until the record may be erased. No number stands here "
        "unless whoever answers for the record sets one.", otherwise="nothing is erased",
    ),
)  # fmt: skip


class Variables:
    """The variables that are set. A name that is not declared cannot be read, and one that is set is refused.

    >>> Variables({"CASENESS_WEB_MODE": "demonstration"}).text("MODE")
    'demonstration'
    >>> Variables({}).whole_number("THREADS", least=1)
    4
    """

    def __init__(self, environ: Mapping[str, str]):
        self._declared = {one.name: one for one in VARIABLES}
        self._given = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
        known = [one.full_name for one in VARIABLES] + [one.full_name + FILE for one in VARIABLES if one.is_secret]
        for name in sorted(self._given.keys() - set(known)):
            near = get_close_matches(name, known, n=1)
            raise UnsafeSetting(
                name, "is not a setting", f"did you mean {near[0]}? Or unset it" if near else "unset it"
            )

    def text(self, name: str) -> str:
        """The value, or the default. A secret is looked for in its file too."""
        declared = self._declared[name]
        if declared.is_secret and declared.full_name + FILE in self._given:
            return self._from_file(declared)
        return self._given.get(declared.full_name, declared.default).strip()

    def is_set(self, name: str) -> bool:
        """It was given, and is not empty."""
        return bool(self._given.get(self._declared[name].full_name, "").strip())

    def yes(self, name: str) -> bool:
        """Whether it says yes."""
        value = self.text(name).lower()
        if value not in _YES | _NO:
            raise UnsafeSetting(PREFIX + name, f"is {value!r}", "set it to yes or no")
        return value in _YES

    def whole_number(self, name: str, least: int, most: int = MOST) -> int:
        """The number."""
        value = self.text(name)
        # What has so many digits is no number that anybody means.
        if not value.isdecimal() or len(value) > _DIGITS or not least <= int(value) <= most:
            upto = f" to {most:,}" if most < MOST else ""
            raise UnsafeSetting(PREFIX + name, f"is {value!r}", f"set it to a whole number from {least}{upto}")
        return int(value)

    def parts(self, name: str) -> tuple[str, ...]:
        """The parts between commas."""
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def lines(self, name: str) -> tuple[str, ...]:
        """The parts between commas or lines, as a program that makes keys writes them: a line that begins with # is passed over."""
        lines = [line for line in self.text(name).splitlines() if not line.strip().startswith("#")]
        return tuple(part.strip() for line in lines for part in line.split(",") if part.strip())

    def _from_file(self, declared: Variable) -> str:
        name = declared.full_name + FILE
        if declared.full_name in self._given:
            raise UnsafeSetting(name, f"and {declared.full_name} are both set", "keep one of the two")
        try:
            return Path(self._given[name]).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise UnsafeSetting(
                name, "names a file that cannot be read", "name one that the application may read"
            ) from problem
