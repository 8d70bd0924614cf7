"""Logs name nobody: not in a line of a request, not in what another package says, not in an error."""

import json
import logging

import pytest
import structlog

from caseness.web.operation.logs import LOGS, log
from caseness.web.operation.requests import hashed
from web.people import TODAY

NAME = "Jane Doe"


@pytest.fixture
def lines(capsys):
    """What a logger writes, as objects."""
    settings = {key: value for key, value in LOGS["formatters"]["json"].items() if key != "()"}
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**settings))
    found = []
    handler.emit = lambda record: found.append(json.loads(handler.format(record)))
    logger = logging.getLogger()
    logger.addHandler(handler)
    yield found
    logger.removeHandler(handler)


def test_what_is_not_on_the_list_is_left_out(lines):
    log().warning("request", route="caseload", client=NAME, path=f"/clients/{NAME}")
    (line,) = lines
    assert NAME not in json.dumps(line)
    assert (line["route"], line["level"], line["logger"]) == ("caseload", "warning", "caseness.web")


def test_of_another_package_only_the_fixed_text_is_told(lines):
    logging.getLogger("elsewhere").warning("Not found: %s", f"/clients/{NAME}")
    logging.getLogger("elsewhere").warning(f"Already filled with {NAME}")
    assert lines[0]["event"] == "Not found: %s"
    assert NAME not in json.dumps(lines)


def test_an_error_is_told_by_kind_and_place(lines):
    def fail(client):
        raise ValueError(f"no such row: {client}")

    try:
        fail(NAME)
    except ValueError:
        logging.getLogger("elsewhere").exception("It failed for %s", NAME)
        log().exception("a part of a round failed", round="mail")
    for line in lines:
        assert line["error"] == "builtins.ValueError"
        assert line["frames"][-1].endswith(" fail")
    assert lines[1]["round"] == "mail"
    assert NAME not in json.dumps(lines)


def test_somebody_can_be_followed_through_one_day_only():
    day, next_day = TODAY, TODAY.replace(day=21)
    assert hashed("a", day) == hashed("a", day) != hashed("b", day)
    assert hashed("a", day) != hashed("a", next_day)
