"""Norms as a file: JSON with the version of its form, the hash of its content, and who enabled it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caseness.errors import CannotWrite, CasenessError, say_why_not_written
from caseness.feedback.norms import Covered, Measured, Norm, Norms, SignOff
from caseness.feedback.signal import INTENDED_PURPOSE
from caseness.stats.trajectory import Course
from caseness.stats.trajectory_bands import Quantiles

KIND, SCHEMA = "caseness norms", 2


class BadNorms(CasenessError):
    """A file of norms cannot be read, was changed after it was made, or has another form."""

    exit_code = 22


class NotEnabled(CasenessError):
    """Norms may not be enabled: they are made up, did not hold for the people kept apart, or are enabled already."""

    exit_code = 24


def write_norms(norms: Norms, path: Path) -> Norms:
    """Write norms, and give them back with the hash of what was written.

    Raises
    ------
    CannotWrite
        If the file cannot be written.
    """
    content = _content(norms)
    found = replace(norms, content=_hash(content))
    signed = found.sign_off and {**asdict(found.sign_off), "on": str(found.sign_off.on)}
    head = {"kind": KIND, "schema": SCHEMA, "intended_purpose": INTENDED_PURPOSE}
    told = {**head, "hash": found.content, "sign_off": signed, "content": content}
    try:
        path.write_text(json.dumps(told, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as problem:
        raise CannotWrite(f"{path} was not written: {say_why_not_written(problem)}. Choose another file.") from problem
    return found


def read_norms(path: Path) -> Norms:
    """Read norms that `write_norms` wrote.

    The hash tells that nothing was changed by mistake or in passing. It is no signature: who means to forge a file can
    work out another hash.

    Raises
    ------
    BadNorms
        If it is no file of norms, has another form, or its content is not that of its hash.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise _no_norms(path.name) from problem
    return take_norms(told, path.name)


def take_norms(told: Any, name: str) -> Norms:
    """Norms out of the content of such a file, wherever it is kept. `name` is what a message calls it.

    Raises
    ------
    BadNorms
        As for `read_norms`.
    """
    try:
        kind, schema = told["kind"], told["schema"]
    except (KeyError, TypeError) as problem:
        raise _no_norms(name) from problem
    if kind != KIND or schema != SCHEMA:
        raise BadNorms(
            f"{name} has another form than {SCHEMA} of {KIND}, and none of its norms are used. Fit them again with "
            "`caseness norms fit`."
        )
    return _checked(name, told)


def _no_norms(name: str) -> BadNorms:
    return BadNorms(f"{name} holds no norms, and none are used. `caseness norms fit` writes them.")


def enable(norms: Norms, officer: str, on: date, today: date) -> Norms:
    """Norms that a clinical safety officer enables, by name and day, for just this content.

    Raises
    ------
    NotEnabled
        If nobody is named, the day is still to come, the norms are enabled already, or of people who do not exist, or none
        of them passed.
    """
    _require_new(norms, on, today)
    if not officer.strip():
        raise NotEnabled("Norms are enabled by a person. Nothing was written. Name the clinical safety officer.")
    if norms.made_up:
        raise NotEnabled(
            "These norms are of people who do not exist, and are enabled for nobody. Nothing was written. Fit norms to the "
            "record of your own service; for training use `caseness signals --demonstration`."
        )
    if not any(one.passes for one in norms.norms):
        raise NotEnabled(
            "None of these norms held for the people kept apart as well as is asked for. Nothing was written. "
            "`caseness norms show` says why; more courses may help."
        )
    return replace(norms, sign_off=SignOff(officer.strip(), on, norms.content))


def _require_new(norms: Norms, on: date, today: date) -> None:
    if on > today:
        raise NotEnabled(
            f"{on} is still to come: today is {today}. Nothing was written. Give the day on which the norms are enabled."
        )
    if norms.is_enabled and norms.sign_off:
        raise NotEnabled(
            f"These norms were enabled by {norms.sign_off.officer} on {norms.sign_off.on}, and that stands. Nothing was "
            "written. To have another person answer for norms, fit them again into another file and have that enabled."
        )


def _checked(name: str, told: Mapping[str, Any]) -> Norms:
    try:
        content, given = told["content"], told["hash"]
        if _hash(content) != given:
            raise BadNorms(
                f"{name} was changed after it was made: its content is not that of its hash. None of its norms are "
                "used. Fit them again with `caseness norms fit`, or take the file from where it is kept."
            )
        signed = told["sign_off"]
        sign_off = SignOff(signed["officer"], date.fromisoformat(signed["on"]), signed["content"]) if signed else None
        return replace(_norms(content), content=given, sign_off=_of_this(name, sign_off, given))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise BadNorms(f"{name} is damaged, and none of its norms are used. Fit them again.") from problem


def _of_this(name: str, sign_off: SignOff | None, content: str) -> SignOff | None:
    if sign_off is not None and sign_off.content != content:
        raise BadNorms(
            f"{name} was enabled with another content than it holds. None of its norms are used. Have it enabled again "
            "with `caseness norms enable`."
        )
    return sign_off


def _hash(content: object) -> str:
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(spelled.encode()).hexdigest()


def _content(norms: Norms) -> dict[str, Any]:
    return {
        "record": norms.record,
        "providers": list(norms.providers),
        "months": list(norms.months),
        "made_up": norms.made_up,
        "version": norms.version,
        "options": dict(norms.options),
        "rules": dict(norms.rules),
        "norms": [_told(one) for one in norms.norms],
        "not_fitted": list(norms.not_fitted),
    }


def _norms(told: Mapping[str, Any]) -> Norms:
    norms = tuple(_norm(each) for each in told["norms"])
    providers, months, left_out = (tuple(told[name]) for name in ("providers", "months", "not_fitted"))
    return Norms(
        told["record"], providers, months, told["made_up"], told["version"], told["options"], told["rules"], norms, left_out
    )  # fmt: skip


_PLAIN = ("instrument_id", "intensity", "courses", "people", "scores", "centre", "why_no_model")


def _told(norm: Norm) -> dict[str, Any]:
    bands, model = norm.quantiles, norm.model
    return {
        **{name: getattr(norm, name) for name in _PLAIN},
        "edges": bands.edges.tolist(),
        "levels": list(bands.levels),
        "quantiles": _plain(bands.values),
        "counts": bands.counts.tolist(),
        "margins": [[content, _number(margin)] for content, margin in norm.margins.items()],
        "model": model and {name: np.asarray(value).tolist() for name, value in vars(model).items()},
        "covered": [asdict(one) for one in norm.covered],
        "measured": [asdict(one) for one in norm.measured],
        "why_not": list(norm.why_not),
    }


def _norm(told: Mapping[str, Any]) -> Norm:
    values, levels = np.array(told["quantiles"], float), tuple(told["levels"])
    bands = Quantiles(np.array(told["edges"], float), levels, values, np.array(told["counts"], np.int64))
    if values.shape != (len(bands.edges) - 1, bands.counts.shape[1], len(levels)):
        raise ValueError("the quantiles are not of these bands, sessions and levels")
    return Norm(
        **{name: told[name] for name in _PLAIN},
        quantiles=bands,
        margins={content: np.nan if margin is None else margin for content, margin in told["margins"]},
        model=_course(told["model"]) if told["model"] else None,
        covered=tuple(Covered(**one) for one in told["covered"]),
        measured=tuple(Measured(**one) for one in told["measured"]),
        why_not=tuple(told["why_not"]),
    )


_ARRAYS = ("coefficients", "covariance", "uncertainty")


def _course(told: Mapping[str, Any]) -> Course:
    arrays = {name: np.array(told[name], float) for name in _ARRAYS}
    return Course(**{**told, **arrays})


def _plain(values: NDArray[np.float64]) -> list[Any]:
    return np.where(np.isnan(values), None, values.round(6)).tolist()  # type: ignore[call-overload]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 6)
