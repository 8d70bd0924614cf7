"""What the derivations count by: therapies, questionnaires and the anxiety measure of each problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from caseness.codes import code_list
from caseness.derive.assumed import DEFAULT, Options
from caseness.instruments import Instrument, instrument
from caseness.instruments.parts import CASENESS, RELIABLE_CHANGE, Threshold

_SPEC = "specification of record and measures"

SUPPORT = "employment_support"
OTHER_HIGH = "other_high_intensity"
# Left out of high intensity by M347 and all that is like it.
NOT_IN_STAGES = ("collaborative_care", "counselling_for_depression")


@dataclass(frozen=True)
class Therapy:
    """A therapy: its name in the grains, the item code and name of its count, and its codes."""

    name: str
    uid: str
    official: str
    codes: tuple[str, ...]

    @property
    def intensity(self) -> str:
        """HI, LI or ES, by the code list."""
        found = code_list("CodeProcAndProcStatus").find(self.codes[0])
        assert found is not None, f"Unhandled {self.codes[0]!r}"
        return found.group

    @property
    def bit(self) -> int:
        """The bit that stands for it in a set of therapies."""
        return 1 << THERAPIES.index(self)


# In the order of the item codes, D34 to D52. Source: record-and-measures.md, sections 1.4 and 2.5.
THERAPIES = (
    Therapy("applied_relaxation", "I101D34", "AppliedRelaxation_Count", ("1127281000000100",)),
    Therapy("brief_psychodynamic", "I101D35", "BriefPsychodynamicPsychotherapy_Count", ("314034001", "429048003")),
    Therapy("cbt", "I101D36", "CognitiveBehaviourTherapy_Count", ("304891004", "228557008")),
    Therapy("collaborative_care", "I101D37", "CollaborativeCare_Count", ("842901000000108",)),
    Therapy("counselling_for_depression", "I101D38", "CounsellingDepression_Count", ("286711000000107",)),
    Therapy("couple_therapy", "I101D39", "CouplesTherapyDepression_Count", ("1129471000000105",)),
    Therapy(SUPPORT, "I101D40", "EmploymentSupport_Count", ("1098051000000103",)),
    Therapy("emdr", "I101D41", "EyeMovementDesensitisationReprocessing_Count", ("449030000",)),
    Therapy("guided_self_help_book", "I101D42", "GuidedSelfHelp_Book_Count", ("748051000000105",)),
    Therapy("guided_self_help_computer", "I101D43", "GuidedSelfHelp_Computer_Count", ("748041000000107",)),
    Therapy("interpersonal_therapy", "I101D44", "InterpersonalPsychotherapy_Count", ("443730003",)),
    Therapy("mindfulness", "I101D45", "Mindfulness_Count", ("933221000000107",)),
    Therapy("self_help_book", "I101D46", "NonGuidedSelfHelp_Book_Count", ("748101000000105",)),
    Therapy("self_help_computer", "I101D47", "NonGuidedSelfHelp_Computer_Count", ("748091000000102",)),
    Therapy(OTHER_HIGH, "I101D48", "OtherHighIntensity_Count", ("1026131000000100",)),
    Therapy("other_low_intensity", "I101D49", "OtherLowIntensity_Count", ("1026111000000108",)),
    Therapy("psychoeducation", "I101D50", "PsychoeducationalPeerSupport_Count", ("702545008",)),
    Therapy("physical_activity", "I101D51", "StructuredPhysicalActivity_Count", ("748061000000108",)),
    Therapy("signposting", "I101D52", "CommunitySignPosting_Count", ("975131000000104",)),
)  # fmt: skip
# Therapies by code, each with its place among the codes: first and last therapies are told by it.
CODES = tuple(each.code for each in code_list("CodeProcAndProcStatus").codes)


def bits(intensity: str, without: tuple[str, ...] = ()) -> int:
    """The set of the therapies of an intensity.

    >>> bits("ES") == next(one for one in THERAPIES if one.name == SUPPORT).bit
    True
    """
    return sum(one.bit for one in THERAPIES if one.intensity == intensity and one.name not in without)


@dataclass(frozen=True)
class Tool:
    """A score column: its name in the grains, the questionnaire or the item of one, and the item codes of both ends."""

    name: str
    instrument_id: str
    official: str
    uids: tuple[str, str] = ("", "")
    item: str = ""

    @property
    def code(self) -> str:
        """The SNOMED code of its scores."""
        found = instrument(self.instrument_id)
        return next((each.snomed for each in found.items if self.item and each.id == self.item), found.snomed)

    @property
    def scale(self) -> int:
        """What turns a score into a whole number."""
        return 10 ** instrument(self.instrument_id).decimals


# Source: record-and-measures.md, section 1.4 (score column UIDs) and section 2.6 (codes).
TOOLS = (
    Tool("gad7", "gad7", "GAD", ("I101D54", "I101D55")),
    Tool("phq9", "phq9", "PHQ9", ("I101D56", "I101D57")),
    Tool("agoraphobia_alone", "mobility_inventory_alone", "AgoraAlone", ("I101D58", "I101D59")),
    Tool("social_phobia", "spin", "SocialPhobia", ("I101D60", "I101D61")),
    Tool("panic_disorder", "pdss", "PanicDisorder", ("I101D62", "I101D63")),
    Tool("ocd", "oci", "OCD", ("I101D64", "I101D65")),
    Tool("biq", "biq", "BIQ"),
    Tool("bpi", "bpi", "BPI"),
    Tool("cat", "cat", "CAT"),
    Tool("dds", "dds", "DDS"),
    Tool("ibs", "ibs_sss", "IBS"),
    Tool("phq15", "phq15", "PHQ15"),
    Tool("pswq", "pswq", "PSWQ"),
    Tool("wsas_home_management", "wsas", "WASAS_HomeManagement", ("I101D93", "I101D98"), "home"),
    Tool("wsas_private_leisure", "wsas", "WASAS_PrivateLeisureActivities", ("I101D94", "I101D99"), "private_leisure"),
    Tool("wsas_relationships", "wsas", "WASAS_Relationships", ("I101D95", "I101D100"), "relationships"),
    Tool("wsas_social_leisure", "wsas", "WASAS_SocialLeisureActivities", ("I101D96", "I101D101"), "social_leisure"),
    Tool("wsas_work", "wsas", "WASAS_Work", ("I101D97", "I101D102"), "work"),
    Tool("health_anxiety", "shai", "AnxietyInventory", ("I101D103", "I101D104")),
    Tool("ptsd", "pcl5", "PTSD", ("I101D111", "I101D112")),
    Tool("agoraphobia_accompanied", "mobility_inventory_accompanied", "AgoraAccom", ("I101D113", "I101D114")),
    Tool("cfs", "cfq11", "CFS"),
)
PHQ9, GAD7 = "phq9", "gad7"
# The token of the anxiety measure of everybody whose problem has none of its own.
GAD7_TOKEN = "GAD7"


@dataclass(frozen=True)
class Specific:
    """The anxiety measure of a problem: how its code begins, or is, the token, and the score column."""

    problem: str
    token: str
    tool: str
    is_whole: bool = False


# The tokens are those that M204 compares with. Source: record-and-measures.md, section 1.5, item 5.
SPECIFIC = (
    Specific("F400", "AgoraAlone", "agoraphobia_alone"),
    Specific("F401", "SocialPhobia", "social_phobia"),
    Specific("F410", "PanicDisorder", "panic_disorder"),
    Specific("F42", "OCD", "ocd"),
    Specific("F431", "PTSD", "ptsd"),
    Specific("F452", "AnxietyInventory", "health_anxiety"),
    Specific("83482000", "BIQ", "biq", is_whole=True),
    Specific("G933", "CFQ", "cfs"),
    Specific("K58", "IBS", "ibs"),
    Specific("723916001", "MUS", "phq15", is_whole=True),
)
# The anxiety measures by their places: 0 is the one for all others.
ANXIETY_TOOLS: Mapping[str, str] = MappingProxyType({GAD7_TOKEN: GAD7, **{one.token: one.tool for one in SPECIFIC}})


@cache
def tool(name: str) -> Tool:
    """A score column by its name."""
    return next(one for one in TOOLS if one.name == name)


def cut_off(name: str, options: Options = DEFAULT) -> Threshold | None:
    """The official caseness of a score column, or that of the literature where it was asked for and there is no other.

    >>> str(cut_off("ocd")), cut_off("biq")
    ('at or above 40', None)
    """
    found = _instrument(name)
    official = found.caseness(official_only=True)
    return official or (_unverified(found, CASENESS) if options.unverified_cut_offs == "on" else None)


def smallest_change(name: str, options: Options = DEFAULT) -> Threshold | None:
    """The official reliable change of a score column, by the operator of the options.

    >>> str(smallest_change("phq9")), smallest_change("ibs")
    ('at or above 6', None)
    """
    found, operator = _instrument(name), options.reliable_change
    official = found.reliable_change(operator=operator, official_only=True)
    may = options.unverified_reliable_change == "on"
    return official or (_unverified(found, RELIABLE_CHANGE, operator) if may else None)


def _instrument(name: str) -> Instrument:
    return instrument(tool(name).instrument_id)


def _unverified(found: Instrument, kind: str, operator: str | None = None) -> Threshold | None:
    if kind == CASENESS:
        return found.caseness(with_unverified=True)
    return found.reliable_change(with_unverified=True, operator=operator)
