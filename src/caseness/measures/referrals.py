"""Referrals that came in, and from whom."""

from caseness.measures.algebra import Measure, count, received
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import coded


def _from(figure_id: str, title: str, codes: str) -> Measure:
    return count(figure_id, title, on=received, where=coded("source_of_referral", codes.split(), "from a source"))


# The codes are those of the official construction of each measure.
referrals_received = count("M001", "Referrals received", on=received)
self_referrals = _from("M002", "Self-referrals", "B1")
gp_referrals = _from("M003", "Referrals from a GP practice", "A1")
health_visitor_referrals = _from("M004", "Referrals from a health visitor", "A2")
other_primary_care_referrals = _from("M005", "Referrals from other primary care", "A3")
carer_referrals = _from("M006", "Referrals by a carer or relative", "B2")
local_authority_referrals = _from("M007", "Referrals from social services, education or housing", "C1 C2 C3")
employer_referrals = _from("M008", "Referrals from an employer or occupational health", "D1 D2")
justice_system_referrals = _from("M009", "Referrals from the justice system", "E1 E2 E3 E4 E5 E6")
child_health_referrals = _from("M010", "Referrals from child health services", "F1 F2 F3")
independent_referrals = _from("M011", "Referrals from the independent and voluntary sector", "G1 G2 G3 G4")
secondary_care_referrals = _from("M012", "Referrals from emergency and secondary care", "H1 H2")
other_trust_referrals = _from("M013", "Transfers from another mental health trust", "I1 I2")
internal_referrals = _from("M014", "Internal referrals", "P1")
other_referrals = _from("M017", "Referrals from other services and agencies", "M1 M2 M3 M4 M5 M6 M7 M8")
talking_therapies_referrals = _from("M018", "Referrals from another step or talking-therapy service", "N1 N2 N4")
drop_in_referrals = _from("M287", "Referrals from a mental health drop-in service", "Q1")
maternity_referrals = _from("M345", "Referrals from a maternity service", "A4")

CHAPTER = Chapter(
    "referrals",
    "Referrals",
    "Demand, and the doors by which people come in.",
    (
        referrals_received,
        self_referrals,
        gp_referrals,
        health_visitor_referrals,
        other_primary_care_referrals,
        carer_referrals,
        local_authority_referrals,
        employer_referrals,
        justice_system_referrals,
        child_health_referrals,
        independent_referrals,
        secondary_care_referrals,
        other_trust_referrals,
        internal_referrals,
        other_referrals,
        talking_therapies_referrals,
        drop_in_referrals,
        maternity_referrals,
    ),
)
