"""Appointments by therapy, and internet therapy."""

from caseness.measures.algebra import Condition, Measure, Part, Total, condition, count, count_of, held, logged
from caseness.measures.chapter import Chapter
from caseness.measures.media import kept

# Treatment, assessment and treatment, review and treatment: the construction of M090 to M111.
TREATING = ("02", "03", "05")


@condition
def treating(appointment_type):
    """whose purpose is treatment"""
    return appointment_type.isin(list(TREATING))


@condition
def employment_support(is_employment_support):
    """with employment support"""
    return is_employment_support


def _gives(therapy: str, says: str) -> Condition:
    return Condition((f"has_{therapy}",), f"with {says}", lambda has: has)


def _with(figure_id: str, therapy: str, says: str) -> Measure:
    title = f"Appointments with {says}"
    return count(figure_id, title, on=held, where=kept & treating & _gives(therapy, says))


guided_book = _with("M090", "guided_self_help_book", "guided self-help from a book")
book = _with("M091", "self_help_book", "self-help from a book, not guided")
guided_computer = _with("M092", "guided_self_help_computer", "guided self-help by computer")
computer = _with("M093", "self_help_computer", "self-help by computer, not guided")
physical_activity = _with("M095", "physical_activity", "structured physical activity")
psychoeducation = _with("M097", "psychoeducation", "psychoeducation or peer support")
other_low = _with("M098", "other_low_intensity", "another low-intensity therapy")
support = count("M099", "Appointments with employment support", on=held, where=kept & employment_support)
relaxation = _with("M100", "applied_relaxation", "applied relaxation")
couple = _with("M102", "couple_therapy", "couple therapy for depression")
collaborative = _with("M103", "collaborative_care", "collaborative care")
counselling = _with("M104", "counselling_for_depression", "counselling for depression")
psychodynamic = _with("M105", "brief_psychodynamic", "brief psychodynamic psychotherapy")
emdr = _with("M106", "emdr", "eye movement desensitisation and reprocessing")
mindfulness = _with("M107", "mindfulness", "mindfulness")
cbt = _with("M110", "cbt", "cognitive behaviour therapy")
interpersonal = _with("M111", "interpersonal_therapy", "interpersonal psychotherapy")
signposting = _with("M346", "signposting", "community signposting")
internet_logs = count(
    "M343",
    "Internet therapy logs",
    on=logged,
    why="Therapy by programme takes little of a clinician's time, and is counted as high intensity.",
)
_other_high = Part(held, kept & treating & _gives("other_high_intensity", "another high-intensity therapy"))
other_high = count_of(
    "M108",
    "Appointments with another high-intensity therapy, and internet therapy logs",
    Total(((1, _other_high),)) + internet_logs,
)

CHAPTER = Chapter(
    "therapies",
    "Therapies",
    "Which therapies are given, and so what the money buys.",
    (
        guided_book,
        book,
        guided_computer,
        computer,
        physical_activity,
        psychoeducation,
        other_low,
        support,
        relaxation,
        couple,
        collaborative,
        counselling,
        psychodynamic,
        emdr,
        mindfulness,
        other_high,
        cbt,
        interpersonal,
        internet_logs,
        signposting,
    ),
)
