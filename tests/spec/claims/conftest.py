"""Claims written as they are filed, judged on England's embedded figures."""

import pytest

from caseness.audit.claims import judge, parse_claims
from caseness.audit.record import gather
from caseness.published import Embedded


@pytest.fixture(scope="session")
def england():
    return gather(Embedded())


@pytest.fixture
def judged(england):
    """Judge the body of one claim: its id, paraphrase and source are filled in."""

    def judge_one(body):
        head = '[[claim]]\nid = "it"\nsays = "A claim."\nsource = "Made up for this test"\n'
        (one,) = judge(england, parse_claims(head + body, "it.toml"))
        return one

    return judge_one
