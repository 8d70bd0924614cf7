"""Which referral is asked for: by the provider's own identifier, its pathway number, or its pseudonym."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
import pyarrow as pa

from caseness.casebook.keys import is_pseudonym, pseudonym
from caseness.engine import fetch, load
from caseness.errors import UnclearCase, UnknownCase
from caseness.read import Record, Submission
from caseness.record import ROW_ID, SUBMISSION

REFERRAL, CONTACT = "IDS101Referral", "IDS201CareContact"
_WHERE = "`caseness case` without an id lists the courses of a record."


@dataclass(frozen=True)
class Named:
    """A referral by its provider and the provider's own identifier. Neither is shown in a case study."""

    provider: str
    referral: str


def counted_submissions(record: Record) -> tuple[Submission, ...]:
    """The submissions whose rows count: of each provider and period the latest, as reading marks it."""
    return tuple(one for one in record.submissions if one.is_latest)


def counted_rows(record: Record, table_id: str) -> ibis.Table:
    """The rows of a table that count, with `provider` and `period` beside each."""
    return load(_submissions(record)).inner_join(record.table(table_id), SUBMISSION)


def find_referral(record: Record, asked: str, key: bytes, provider: str | None = None) -> Named:
    """The one referral that an id stands for.

    Parameters
    ----------
    asked : the provider's own identifier of a referral, its pathway number, or its pseudonym
    provider : the code of the provider, where several use the same identifier

    Raises
    ------
    UnknownCase
        If the record has no such referral.
    UnclearCase
        If several providers have one of that identifier.
    """
    found = _by_pseudonym(record, asked, key) if is_pseudonym(asked) else _by_number(record, asked)
    held = sorted({one for one in found if provider in (None, one.provider)}, key=lambda one: one.provider)
    if not held:
        raise UnknownCase(_say_unknown(asked, found, provider))
    if len(held) > 1:
        raise UnclearCase(
            f"{asked!r} is a referral of {len(held)} providers: {', '.join(one.provider for one in held)}. Nothing was shown, since it "
            f"could be the wrong person. Say which with --provider, such as --provider {held[0].provider}."
        )
    return held[0]


def all_referrals(record: Record) -> tuple[Named, ...]:
    """Every referral of a record, each once."""
    rows = counted_rows(record, REFERRAL)
    return _named(rows.select("provider", "ServiceRequestId").distinct())


def _by_number(record: Record, asked: str) -> tuple[Named, ...]:
    rows = counted_rows(record, REFERRAL)
    found = _named(rows.filter(rows.ServiceRequestId == asked).select("provider", "ServiceRequestId").distinct())
    if found or not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return found
    return _named(rows.filter(rows[ROW_ID] == int(asked)).select("provider", "ServiceRequestId").distinct())


def _by_pseudonym(record: Record, asked: str, key: bytes) -> tuple[Named, ...]:
    return tuple(one for one in all_referrals(record) if pseudonym(key, one.provider, one.referral) == asked)


def _named(rows: ibis.Table) -> tuple[Named, ...]:
    found = fetch(rows).to_pydict()
    return tuple(Named(*each) for each in zip(found["provider"], found["ServiceRequestId"], strict=True))


def _say_unknown(asked: str, found: Iterable[Named], provider: str | None) -> str:
    if found:
        return f"{asked!r} is no referral of {provider}. Nothing was shown. Leave out --provider, or name another."
    if is_pseudonym(asked):
        return (
            f"No referral of the record has the pseudonym {asked!r} with this key. Nothing was shown. A pseudonym is found only with "
            f"the key that it was made with (--key). {_WHERE}"
        )
    return f"The record holds no referral {asked!r}. Nothing was shown. {_WHERE}"


def _submissions(record: Record) -> pa.Table:
    counted = counted_submissions(record)
    columns: Mapping[str, pa.Array] = {
        SUBMISSION: pa.array([one.id for one in counted], pa.int32()),
        "provider": pa.array([one.provider for one in counted], pa.string()),
        "period": pa.array([one.period_start for one in counted], pa.date32()),
    }
    return pa.table(columns)
