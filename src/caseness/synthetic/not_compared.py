"""What a made-up record holds, and no release that was read gives: it is drawn from assumptions and compared with nothing."""

from __future__ import annotations

NOT_COMPARED = (
    (
        "Employment at the start against the end",
        "The annual file of employment status is not among the releases read. Only the end of sick pay was published by month (M237, to March 2022), and that is compared.",
    ),
    ("Psychotropic medication at the start and at the end", "The annual file of medication is not among the releases read."),
    (
        "People in internet therapy, and their courses",
        "Weekly logs are published (M343), and compared. People are not: the annual file of long-term conditions and internet therapy is not among the releases read.",
    ),
    ("Which long-term conditions people have", "Only whether there is one is published in the releases read, and that is compared."),
    (
        "People in employment support, and how long",
        "Contacts are published (M099), and compared. The measures of employment advisers (EA) are in the catalogue, and in no release read.",
    ),
    ("Scores of the anxiety measures", "Their means are not published. They enter recovery and improvement, and those are compared by problem."),
    (
        "How far scores fall in finished courses as a whole",
        "Means of both ends are published for courses of one therapy, which begin lower. The last are compared with them as they stand; the fall is left to the rates of improvement and recovery.",
    ),
    ("The total of WSAS for finished courses as a whole", "Only its items are published for them, and compared. The totals compared are those of courses of one therapy."),
    ("Types of appointment, couples and groups", "No release prints them. Types are set beside a mix seen in a notebook on national data; groups are assumed."),
    ("Follow-up after the end", "The annual report counts it, and that file is not among the releases read."),
    ("Answers on experience", "The annual file of the Patient Experience Questionnaire is not among the releases read."),
    ("Qualifications of staff, unknown media and blanks", "They are published, and left out on purpose: only what was planted is to be wrong."),
    ("How a score moves from session to session, and sudden gains", "Releases give first and last scores alone. Both rest on studies and assumptions."),
    ("Time from the last contact to the end, and people behind repeated referrals", "Not published."),
    ("A change of therapist", "No release tells therapists apart."),
    (
        "Ending reviews, goals, alliance, life circumstances and client groups",
        "The data set has no place for them, so nothing is published. All of it is assumed.",
    ),
)  # fmt: skip
