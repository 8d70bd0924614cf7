"""What import and export refuse, each with its exit code."""

from caseness.errors import CasenessError


class RecordRefused(CasenessError):
    """A record cannot be imported into this service: it is another's, or nothing of it is left."""

    exit_code = 39


class UploadRefused(CasenessError):
    """What was uploaded is no archive of a record, is too large, or is not safe to unpack."""

    exit_code = 40
