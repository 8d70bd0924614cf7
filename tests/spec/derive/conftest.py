"""What the spec tests of derivations stand on."""

from itertools import count

import pytest

from derived_records import derive_submissions, submissions_of


@pytest.fixture
def derived(tmp_path):
    """Text tables in, what is derived out."""
    numbers = count()

    def run(options=None, all_columns=False, employment=False, breakdowns=False, deciles=None, scored=False, annual=False, **tables):  # fmt: skip
        given = {} if options is None else {"options": options}
        folder = tmp_path / str(next(numbers))
        more = {"employment": employment, "breakdowns": breakdowns, "deciles": deciles, "scores": scored}
        more["annual"] = annual
        given |= {"all_columns": all_columns, **more}
        return derive_submissions(folder, submissions_of(**tables), **given)

    return run
