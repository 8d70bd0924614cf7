"""The codes, tools and thresholds of the specification (sections 2 and 3.2), as this oracle uses them."""

from dataclasses import dataclass
from fractions import Fraction

EMPLOYMENT_SUPPORT = "1098051000000103"

TREATMENT_TYPES = ("02", "03", "05")
ASSESSMENT_TYPES = ("01", "03")
FOLLOW_UP = "06"
EMPLOYMENT_APPOINTMENT = "10"

# Section 2.5. The names are those of the count columns D34-D52.
LOW_INTENSITY = {
    "GuidedSelfHelp_Book": ("748051000000105",),
    "NonGuidedSelfHelp_Book": ("748101000000105",),
    "GuidedSelfHelp_Computer": ("748041000000107",),
    "NonGuidedSelfHelp_Computer": ("748091000000102",),
    "StructuredPhysicalActivity": ("748061000000108",),
    "PsychoeducationalPeerSupport": ("702545008",),
    "OtherLowIntensity": ("1026111000000108",),
    "CommunitySignPosting": ("975131000000104",),
}
HIGH_INTENSITY = {
    "AppliedRelaxation": ("1127281000000100",),
    "CouplesTherapyDepression": ("1129471000000105",),
    "CollaborativeCare": ("842901000000108",),
    "CounsellingDepression": ("286711000000107",),
    "BriefPsychodynamicPsychotherapy": ("314034001",),
    "EyeMovementDesensitisationReprocessing": ("449030000",),
    "Mindfulness": ("933221000000107",),
    "OtherHighIntensity": ("1026131000000100",),
    "CognitiveBehaviourTherapy": ("304891004", "228557008"),
    "InterpersonalPsychotherapy": ("443730003",),
}
THERAPIES = LOW_INTENSITY | HIGH_INTENSITY

# M347 and those after it leave these two out of the high-intensity list (section 5.3, 2).
NOT_IN_STAGES = ("CollaborativeCare", "CounsellingDepression")

LOW_CODES = frozenset(code for codes in LOW_INTENSITY.values() for code in codes)
HIGH_CODES = frozenset(code for codes in HIGH_INTENSITY.values() for code in codes)
HIGH_STAGE_CODES = HIGH_CODES - {code for name in NOT_IN_STAGES for code in HIGH_INTENSITY[name]}

THERAPY_APPOINTMENTS = {
    "M090": "GuidedSelfHelp_Book",
    "M091": "NonGuidedSelfHelp_Book",
    "M092": "GuidedSelfHelp_Computer",
    "M093": "NonGuidedSelfHelp_Computer",
    "M095": "StructuredPhysicalActivity",
    "M097": "PsychoeducationalPeerSupport",
    "M098": "OtherLowIntensity",
    "M100": "AppliedRelaxation",
    "M102": "CouplesTherapyDepression",
    "M103": "CollaborativeCare",
    "M104": "CounsellingDepression",
    "M105": "BriefPsychodynamicPsychotherapy",
    "M106": "EyeMovementDesensitisationReprocessing",
    "M107": "Mindfulness",
    "M108": "OtherHighIntensity",
    "M110": "CognitiveBehaviourTherapy",
    "M111": "InterpersonalPsychotherapy",
    "M346": "CommunitySignPosting",
}

SOURCES = {
    "M002": ("B1",),
    "M003": ("A1",),
    "M004": ("A2",),
    "M005": ("A3",),
    "M006": ("B2",),
    "M007": ("C1", "C2", "C3"),
    "M008": ("D1", "D2"),
    "M009": ("E1", "E2", "E3", "E4", "E5", "E6"),
    "M010": ("F1", "F2", "F3"),
    "M011": ("G1", "G2", "G3", "G4"),
    "M012": ("H1", "H2"),
    "M013": ("I1", "I2"),
    "M014": ("P1",),
    "M017": ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"),
    "M018": ("N1", "N2", "N4"),
    "M287": ("Q1",),
    "M345": ("A4",),
}

END_CODES = {
    "M057": "10",
    "M058": "11",
    "M059": "12",
    "M060": "13",
    "M061": "14",
    "M062": "17",
    "M063": "95",
    "M066": "46",
    "M069": "49",
    "M070": "96",
    "M340": "16",
    "M341": "48",
    "M342": "50",
    "M344": "47",
}

ATTENDANCES = {"M083": "2", "M084": "3", "M085": "4", "M086": "5", "M087": "6", "M088": "7"}

MEDIA = {
    "M1001": "01",
    "M1002": "02",
    "M1004": "04",
    "M1005": "05",
    "M1006": "09",
    "M1007": "10",
    "M1018": "11",
    "M1019": "12",
    "M1020": "13",
    "M1008": "98",
}

QUALIFICATIONS = ("10", "11", "12", "13", "14", "15", "16", "17", "30", "31")

ETHNIC_GROUPS = {"M206": "ABC", "M207": "HJKL", "M208": "MNP", "M209": "DEFG", "M210": "RS"}

SICK_PAY = ("Y", "N", "U", "Z")


@dataclass(frozen=True)
class Tool:
    """A questionnaire: its SNOMED code, the scores it can have, and its two thresholds where it has them."""

    concept: str
    lowest: int
    highest: int
    cutoff: Fraction | None = None
    reliable: Fraction | None = None
    # The cut-off itself is below caseness: the table prints "> 2.3" for the Mobility Inventory.
    above: bool = False


# Sections 2.6 and 3.2. A tool without a published reliable change has none here.
TOOLS = {
    "PHQ9": Tool("720433000", 0, 27, Fraction(10), Fraction(6)),
    "GAD7": Tool("445455005", 0, 21, Fraction(8), Fraction(4)),
    "SocialPhobia": Tool("445552006", 0, 68, Fraction(19), Fraction(10)),
    "PanicDisorder": Tool("450326007", 0, 28, Fraction(8), Fraction(5)),
    "OCD": Tool("450324005", 0, 168, Fraction(40), Fraction(32)),
    "AnxietyInventory": Tool("446793008", 0, 54, Fraction(18), Fraction(4)),
    "PTSD": Tool("491581000000104", 0, 80, Fraction(32), Fraction(10)),
    "AgoraAlone": Tool("473355002", 1, 5, Fraction("2.3"), Fraction("0.73"), above=True),
    "BIQ": Tool("1128221000000100", 0, 72, Fraction(40)),
    "CFQ": Tool("1077511000000101", 0, 33, Fraction(19)),
    "IBS": Tool("1083671000000108", 0, 500, Fraction(75)),
    "MUS": Tool("1065441000000103", 0, 30, Fraction(10)),
    "WASAS_Work": Tool("932621000000100", 0, 8),
    "WASAS_HomeManagement": Tool("932581000000100", 0, 8),
    "WASAS_SocialLeisureActivities": Tool("932611000000106", 0, 8),
    "WASAS_PrivateLeisureActivities": Tool("932591000000103", 0, 8),
    "WASAS_Relationships": Tool("932601000000109", 0, 8),
}
TOOL_OF_CONCEPT = {tool.concept: name for name, tool in TOOLS.items()}

# Section 1.5: the anxiety measure made for a problem, by what its ICD-10 code begins with or its SNOMED code is.
MEASURE_OF_PREFIX = {
    "F400": "AgoraAlone",
    "F401": "SocialPhobia",
    "F410": "PanicDisorder",
    "F42": "OCD",
    "F431": "PTSD",
    "F452": "AnxietyInventory",
    "G933": "CFQ",
    "K58": "IBS",
}
MEASURE_OF_CONCEPT = {"83482000": "BIQ", "723916001": "MUS"}

# The first of five measures: the number of pairs, then mean and median of first and of last scores.
WASAS = {
    "M212": "WASAS_Work",
    "M217": "WASAS_HomeManagement",
    "M222": "WASAS_SocialLeisureActivities",
    "M227": "WASAS_PrivateLeisureActivities",
    "M232": "WASAS_Relationships",
}
