"""Who gives the therapy."""

from caseness.record.identifiers import BOTH_VERSIONS
from caseness.record.model import OWN_MONTH, Column, Table

# That a row stays true in later months follows from M1014, which reads rows of any month up to its own.
STAFF_QUALIFICATION = Table(
    id="IDS902CarePersQual",
    name="staff_qualification",
    title="Care personnel qualification",
    meaning="One row for each qualification that a care professional has, or is training for. It stands alone in the file.",
    key=("CarePersLocalId", "QualAttainLevelIAPT"),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        Column("CarePersLocalId", "I902920", "text", "The care professional, by the provider's own identifier.", "mandatory", max_length=20),
        Column("QualAttainLevelIAPT", "I902010", "text", "The qualification.", "mandatory", codes="QualAttainLevelIAPT"),
        Column("QualAwardedDate", "I902020", "date", "When it was awarded.", "required"),
        Column("QualPlannedCompletionDate", "I902030", "date", "When the training is planned to end.", "required"),
    ),
)  # fmt: skip

TABLES = (STAFF_QUALIFICATION,)
