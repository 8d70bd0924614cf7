"""Grains of random rows that agree with themselves: a last score has a first, who finished had two treatments, and so on."""

from datetime import date, timedelta

import numpy as np

from caseness.derive.sets import KINDS
from caseness.measures.columns import EMPLOYMENT, SUPPORT
from caseness.measures.employment_quality import STANDINGS
from caseness.measures.employment_status import GROUPS
from caseness.measures.scores import SPECIFIC
from caseness.measures.wsas import CHAPTER as WSAS
from grain_tables import columns_of, make_grains

PROVIDERS, COMMISSIONERS = ("RW1", "RX2", "T01"), ("11A", "22B", None)
# Two providers may call a team alike.
TEAMS = ("north", "south", None)
MONTHS = tuple(date(2025, number, 1) for number in (4, 5, 6))
END_CODES = ("10", "11", "12", "13", "14", "16", "17", "95", "46", "47", "48", "49", "50", "96", "40", "ZZ", None)
MEDIA = ("01", "02", "04", "05", "09", "10", "11", "12", "13", "98", "06", None)
SCALES = ("phq9", "gad7", *(column for _, column, _ in SPECIFIC))
QUESTIONS = tuple(
    dict.fromkeys(
        name.removesuffix("_last")
        for one in WSAS.measures
        for part in one.parts
        for name in part.columns
        if name.startswith("wsas") and name.endswith("_last")
    )
)


def random_grains(seed, size=60):
    """Grains of so many rows each, over one quarter."""
    return make_grains(**random_rows(seed, size))


def random_rows(seed, size):
    """The rows of each grain."""
    generator, also = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    rows = {
        "referral": [_referral(generator) for _ in range(size)],
        "contact": [_contact(generator) for _ in range(size)],
        "internet_log": [_log(generator) for _ in range(size // 4)],
        "stage": [_stage(generator) for _ in range(size)],
        "employment": [_work(also) for _ in range(size)],
        "support": [_support(also) for _ in range(size)],
    }
    return {**rows, "attributes": _with_attributes(rows, np.random.default_rng([seed, 2]))}


def _pick(generator, options):
    return options[generator.integers(len(options))]


def _place(generator):
    return {
        "month": _pick(generator, MONTHS),
        "provider": _pick(generator, PROVIDERS),
        "commissioner": _pick(generator, COMMISSIONERS),
        "is_latest_in_quarter": bool(generator.random() < 0.6),
        "is_latest_in_year": bool(generator.random() < 0.6),
        "team": _pick(generator, TEAMS),
    }


def _day_in(generator, month):
    return month + timedelta(days=int(generator.integers(0, 30)))


def _referral(generator):
    row = _place(generator)
    day, before = _day_in(generator, row["month"]), int(generator.integers(0, 200))
    treatments = _pick(generator, (0, 1, 2, 3, 9))
    ended = generator.random() < 0.7
    row |= {"referral_date": day - timedelta(days=before), "treatment_contacts": treatments}
    row["care_contacts"] = treatments + int(generator.integers(0, 2))
    row["assessment_first_date"] = day - timedelta(days=before // 2) if row["care_contacts"] else None
    row |= _sessions(generator, day, before, treatments)
    row |= {"discharge_date": day if ended else None, "end_code": _pick(generator, END_CODES)}
    row["completed_treatment"] = bool(ended and treatments >= 2)
    return row | _outcomes(generator, row["completed_treatment"]) | _counts(generator)


def _sessions(generator, day, before, treatments):
    first = day - timedelta(days=before // 3)
    second = first + timedelta(days=int(generator.integers(0, before // 3 + 1)))
    dates = (first, second, day)
    names = ("first_session_date", "second_session_date", "last_session_date")
    held = {0: (None,) * 3, 1: (first, None, first)}.get(treatments, dates)
    return dict(zip(names, held, strict=True))


def _outcomes(generator, finished):
    row = {"problem": _pick(generator, (*(f"{one}0" for one, _, _ in SPECIFIC), "F320", None))}
    for scale in (*SCALES, *QUESTIONS):
        first = float(generator.integers(0, 9)) if generator.random() < 0.7 else None
        last = float(generator.integers(0, 9)) if first is not None and generator.random() < 0.6 else None
        row |= {f"{scale}_first": first, f"{scale}_last": last if finished else None}
    row["anxiety_measure_last"] = row["gad7_last"]
    judged = finished and row["phq9_last"] is not None and row["anxiety_measure_last"] is not None
    change = _pick(generator, ("reliable_improvement", "no_change", "reliable_deterioration"))
    below = bool(finished and generator.random() < 0.2)
    row |= {change: bool(judged), "not_at_caseness": below}
    row["recovery"] = bool(judged and not below and generator.random() < 0.5)
    row["ethnic_category"] = _pick(generator, (*"ABCDEFGHJKLMNPRSZ", None))
    return row


def _counts(generator):
    return {
        "cbt_contacts": int(generator.integers(0, 4)),
        "other_high_intensity_contacts": int(generator.integers(0, 4)),
    }


def _contact(generator):
    row = _place(generator)
    attendance = _pick(generator, ("2", "3", "4", "5", "6", "7", None))
    attended = attendance in ("5", "6") or generator.random() < 0.1
    row |= {"contact_date": _day_in(generator, row["month"]), "attendance": attendance, "attended": bool(attended)}
    row |= {"medium": _pick(generator, MEDIA), "has_cbt": bool(generator.random() < 0.5)}
    row["staff_standing"] = _pick(generator, ("qualified", "in training", "neither", "missing"))
    row["integrated_service"] = bool(generator.random() < 0.3)
    return {name: cell for name, cell in row.items() if not name.startswith("is_latest")}


def _log(generator):
    row = _place(generator)
    return {
        **{name: row[name] for name in ("month", "provider", "commissioner", "team")},
        "end_date": _day_in(generator, row["month"]),
    }


# Every row of a grain is of a referral row of its own month, of which there is a row of attributes.
def _with_attributes(rows, generator):
    found = []
    for grain, held in rows.items():
        for each in held:
            number = len(found)
            each |= {"pathway": number, "row_id": number}
            ended = each.get("discharge_date") if grain == "referral" else None
            found.append(
                {"pathway": number, "row_id": number, "month": each["month"], "discharge_date": ended}
                | _attributes(generator)
            )
    return found


def _attributes(generator):
    day = date(2025, 4, 1) + timedelta(days=int(generator.integers(0, 80)))
    row = {name: _pick(generator, codes) for name, codes in _OF_PERSON.items()}
    row |= {kind.name: _set(generator, kind) for kind in KINDS}
    row |= {
        "breakdown_age": _pick(generator, (12, 18, 25, 26, 64, 65, 80, 91, None)),
        "deprivation_decile": _pick(generator, (1, 5, 10, None)),
    }
    row |= {"referral_date": date(2025, 3, 1), "completed_treatment": bool(generator.random() < 0.5)}
    dates = (
        "first_session_date",
        "second_session_date",
        "integrated_contact_first_date",
        "high_intensity_first_date",
        "low_intensity_first_date",
    )
    return row | {name: _pick(generator, (day, None)) for name in dates}


def _set(generator, kind):
    chosen = [group for group in (*kind.groups, *(["others"] if kind.has_others else [])) if generator.random() < 0.15]
    return sum(kind.bit(group) for group in chosen)


_OF_PERSON = {
    "ethnic_category": (*"ABCDEFGHJKLMNPRSZ", None), "gender": ("1", "2", "9", "X", None), "gender_identity": ("1", "2", "3", "4", "Z", None),
    "gender_same_at_birth": ("Y", "N", "Z", None), "armed_forces": ("02", "03", "05", "UU", None), "education": ("1", "2", "3", "4", "8", "X", None),
    "care_cluster": ("01", "04", "12", "20", None), "problem": ("F320", "F400", "F411", "F452", "K589", "83482000", "E119", "-3", None),
    "psychotropic_first": ("01", "02", "03", "UU", None), "psychotropic_last": ("01", "02", "03", "UU", None),
}  # fmt: skip


def _work(generator):
    row = _place(generator)
    standings = {name: _pick(generator, STANDINGS) for name in columns_of(EMPLOYMENT) if name.endswith("_standing")}
    kept = {name: cell for name, cell in row.items() if not name.startswith("is_latest")}
    return {**kept, "recorded_date": _day_in(generator, row["month"]), **standings}


def _support(generator):
    row = _place(generator)
    day, given = _day_in(generator, row["month"]), int(generator.integers(0, 4))
    treatments, ended = _pick(generator, (0, 1, 2, 5)), generator.random() < 0.7
    row |= {"referral_date": day - timedelta(days=90), "discharge_date": day if ended else None}
    row |= {"treatment_contacts": treatments, "completed_treatment": bool(ended and treatments >= 2)}
    row |= {"support_contacts_until_its_end": given, "employment_statuses": int(generator.integers(0, 3))}
    first = day + timedelta(days=int(generator.integers(-60, 10)))
    row |= {"employment_support_first_date": first if given else None, "record_start_date": row["month"]}
    row |= {
        "support_ended_date": day if generator.random() < 0.5 else None,
        "assessment_first_date": day - timedelta(days=30),
    }
    row |= {name: _pick(generator, GROUPS) for name in columns_of(SUPPORT) if name.startswith("status_")}
    therapy, support = bool(generator.random() < 0.5), bool(generator.random() < 0.3)
    row |= {"had_therapy_appointment": therapy, "had_support_appointment": support}
    return row | {"had_appointment": bool(therapy or support or generator.random() < 0.1)}


def _stage(generator):
    row = _place(generator)
    day = _day_in(generator, row["month"])
    first = _pick(generator, ("high", "low", None))
    second = _pick(generator, ("high", "low", None)) if first else None
    second = None if second == first else second
    row |= {"discharge_date": day, "assessment_first_date": day, "first_session_date": day, "first_stage": first}
    row |= {"second_stage": second, "days_to_first_stage": int(generator.integers(0, 120)) if first else None}
    row["days_between_stages"] = int(generator.integers(0, 120)) if second else None
    row["excluded_between_stages"] = bool(generator.random() < 0.2)
    return row
