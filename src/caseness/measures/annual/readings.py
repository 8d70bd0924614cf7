"""How the annual report is read where its definitions can be read in several ways, or where there is none."""

from __future__ import annotations

from dataclasses import dataclass

METADATA = "NHS England, metadata of the annual measures, 2024-25"


@dataclass(frozen=True)
class Reading:
    """One reading: its id, what is read, what else could be, and on what the choice rests."""

    id: str
    says: str
    otherwise: str
    source: str


READINGS = (
    Reading("start-of-all", "The mean and the deviation at the start are of all finished courses with a first score, those without a last one too.", "Only of those with both scores.", f"{METADATA}, effect size: the construction asks for a first score and no more"),
    Reading("first-scores", "At the start WSAS has first scores in all five questions.", "Last scores for social and private leisure, as the construction of Mean_Start and SD_Start has it: a slip.", f"{METADATA}, effect size; specification of record and measures, section 5.3"),
    Reading("population-deviation", "A standard deviation is that of a whole population: divided by n.", "Divided by n - 1.", "England's published cells of two courses: all their deviations at the start are multiples of 0.5 (specification of record and measures, section 3.2)"),
    Reading("england-of-record", "England's standard deviation is that of all rows of the record. A record of one service has no other, so its effect sizes are in its own deviations.", "The deviation that NHS England published for the country.", f"{METADATA}, effect size: the divisor is England's"),
    Reading("first-half", "The first half is April to September of the year reported.", "April to September 2021, the days that the construction still has.", METADATA),
    Reading("share-of-finished", "The share is of all finished courses of the organisation, whatever group they are in.", "Of those whose group is known.", f"{METADATA}, Percentage_FinishedCourseTreatment, which 2024-25 prints as Percentage_Variable_withFCT"),
    Reading("not-described", "Printed in 2024-25 and described in no metadata that was read: taken from its name.", "Something else of that name.", "The list of columns of the files of 2024-25"),
    Reading("support-before-end", "With employment support is with a contact for it from the referral to its end, as M306.", "With such a contact at any time.", "NHS England, metadata of the monthly measures, July 2026 (M306)"),
    Reading("core-only-share", "The share without reliable change of courses that are not integrated is of those courses.", "Of integrated courses, as the construction has it, which can exceed 100: a slip.", f"{METADATA}, Percentage_IntegratedReferralsCoreOnlyNoChange"),
    Reading("roles-as-known", "A qualification is known as the last submission up to the month of the contact tells it. An awarded one is no training.", "As it is known at the end of the year.", f"{METADATA}, therapist role, which does not say which submission counts"),
    Reading("own-submission", "Employment rows are those of the person in the submission of the row's month.", "Those of all submissions until then.", f"{METADATA}, employment status; specification of record and measures, section 1.4"),
    Reading("answers-as-submitted", "An answer is written as it is submitted: 0 to 4, Y, N or NA. What the published file calls its answers was in no document that was read.", "In words.", f"{METADATA}, patient experience: the value specified in VariableA"),
    Reading("two-contacts-with-therapy", "A course of therapy is a finished course with two treatment contacts or more that have the therapy; one is enough to be counted among those finishing.", "Another number.", "NHS England, NHS Talking Therapies annual report 2023-24, appendix B (course of therapy); the other is taken from its name"),
    Reading("scores-of-referral", "Scores and outcomes of a course of therapy are those of its referral.", "The first and the last score while that therapy was given.", "No metadata of the therapy-based outcomes were read"),
    Reading("wsas-in-proportion", "The total of WSAS is five times the mean answer, where four or five are answered.", "The sum of what is answered.", "England's published cells of one course, 2020-21 to 2024-25: all 14 means that are no whole number are multiples of 1.25"),
)  # fmt: skip
