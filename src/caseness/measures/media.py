"""How people met: face to face, by telephone, by video and so on."""

from caseness.measures.algebra import Measure, condition, count, held
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import coded

# The media of version 2.1 of the data set that M1009 lists. Codes 06 and 08 of version 2.0 are not among them.
KNOWN_MEDIA = ("01", "02", "04", "05", "09", "10", "11", "12", "13", "98")


@condition
def kept(attended):
    """attended, or not planned"""
    return attended


@condition
def by_no_known_medium(medium):
    """by no medium that is known"""
    return medium.isnull() | medium.notin(list(KNOWN_MEDIA))


def _by(figure_id: str, medium: str, code: str) -> Measure:
    return count(figure_id, f"Appointments {medium}", on=held, where=kept & coded("medium", (code,), "by a medium"))


face_to_face = _by("M1001", "face to face", "01")
telephone = _by("M1002", "by telephone", "02")
talk_type = _by("M1004", "by talk type, for a person who cannot speak", "04")
email = _by("M1005", "by email", "05")
text_message = _by("M1006", "by text message", "09")
instant_message = _by("M1007", "by instant messages", "10")
other = _by("M1008", "by another medium", "98")
unknown = count("M1009", "Appointments by an unknown medium", on=held, where=kept & by_no_known_medium)
video = _by("M1018", "by video", "11")
message_board = _by("M1019", "on a message board", "12")
chat_room = _by("M1020", "in a chat room", "13")

CHAPTER = Chapter(
    "media",
    "Media",
    "The medium changes what a session costs, and whom it reaches.",
    (
        face_to_face,
        telephone,
        talk_type,
        email,
        text_message,
        instant_message,
        other,
        unknown,
        video,
        message_board,
        chat_room,
    ),
)
