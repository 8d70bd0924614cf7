"""The header: what a submission says of itself."""

from caseness.record.identifiers import BOTH_VERSIONS
from caseness.record.model import ONCE, Column, Table

HEADER = Table(
    id="IDS000Header",
    name="header",
    title="Header",
    meaning="One row for each submission: whose it is, for which month, and when it was made.",
    key=("OrgIDProv", "ReportingPeriodStartDate", "DateTimeDatSetCreate"),
    flows=ONCE,
    source=BOTH_VERSIONS,
    columns=(
        Column("DatSetVer", "I000010", "text", "Version of the data set.", "mandatory", codes="DatSetVer"),
        Column("OrgIDProv", "I000080", "text", "Code of the provider whose record it is.", "mandatory", max_length=6),
        Column("OrgIDSubmit", "I000090", "text", "Code of the organisation that submits it.", "mandatory", max_length=6),
        Column("PrimSystemInUse", "I000040", "text", "System from which most of the record comes.", "mandatory", max_length=20),
        Column("ReportingPeriodStartDate", "I000050", "date", "First day of the month that is reported.", "mandatory"),
        Column("ReportingPeriodEndDate", "I000060", "date", "Last day of the month that is reported.", "mandatory"),
        Column("DateTimeDatSetCreate", "I000070", "timestamp", "When the submission was made.", "mandatory"),
    ),
)  # fmt: skip

TABLES = (HEADER,)
