"""A practice sheet, by the page and by the command: what it says arrives, once, and nothing of one that is broken."""

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from caseness.instruments import instrument
from caseness.read.practice.template import write_template
from caseness.web.__main__ import main
from caseness.web.caseload.models import Activity, Client, Contact, KeptRow, Referral, Score
from caseness.web.exchange.models import State, Transfer
from caseness.web.services.roles import Role
from house.source_tree import ROOT
from web.people import make_member, make_service
from web.practice_rows import rows_held, rows_read
from web.sheets_sent import HEADER, bring, send

pytestmark = pytest.mark.django_db
FIXTURES = ROOT / "tests" / "fixtures" / "practice"
MODELS = (Client, Referral, Contact, Activity, Score, KeptRow)
# Of other people, and all in the rows in which the practice has its own.
OTHERS = f"{HEADER}session,B01,2025-01-06,T9,yes,30,\nsession,B02,2025-01-07,T9,yes,31,\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where files of transfers lie."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, folder=tmp_path / "application")
    return tmp_path / "application" / "exchange"


@pytest.fixture
def administrator():
    return make_member(make_service("A Practice", "ZZ906"), Role.ADMINISTRATOR)


@pytest.fixture
def page(administrator, client):
    """Somebody who imports by the page."""
    client.force_login(administrator.user)
    return client


def sizes():
    return [one.objects.count() for one in MODELS]


@pytest.mark.parametrize("name", ["core10.csv", "core10.xlsx"])
def test_what_a_page_imports_is_what_the_sheet_says(name, page, administrator, tmp_path):
    said = send(page, name, (FIXTURES / name).read_bytes()).content.decode()
    assert "68 rows: 68 kept, 0 rejected" in said
    assert "taken for" in said.lower()
    assert sizes() == [0] * len(MODELS)
    said = bring(page, name, (FIXTURES / name).read_bytes()).content.decode()
    assert "13 referrals added" in said
    assert rows_held(administrator.service) == rows_read(FIXTURES / name, tmp_path / "read", administrator.service)


@pytest.fixture
def run_command(capsys):
    """Runs `caseness-web import` on a sheet: its exit code, and all that it said."""

    def run(sheet):
        with pytest.raises(SystemExit) as ended:
            main(["import", str(sheet), "--profile", "practice", "--yes"])
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return run


def test_what_the_command_imports_is_what_the_sheet_says(run_command, administrator, tmp_path):
    sheet = FIXTURES / "core10.xlsx"
    code, said = run_command(sheet)
    assert code == 0, said
    assert "68 rows: 68 kept, 0 rejected" in said
    assert "Imported into A Practice: a sheet." in said
    assert rows_held(administrator.service) == rows_read(sheet, tmp_path / "read", administrator.service)


def test_the_same_sheet_again_changes_nothing(page, administrator):
    content = (FIXTURES / "core10.csv").read_bytes()
    bring(page, "core10.csv", content)
    before = sizes(), rows_held(administrator.service)
    said = bring(page, "core10.csv", content).content.decode()
    assert (sizes(), rows_held(administrator.service)) == before
    assert "Nothing of it was new." in said


def test_a_sheet_of_other_clients_mixes_nobody_up(page, administrator):
    bring(page, "core10.csv", (FIXTURES / "core10.csv").read_bytes())
    before = rows_held(administrator.service)
    bring(page, "others.csv", OTHERS)
    after = rows_held(administrator.service)
    assert {row for rows in before.values() for row in rows} <= {row for rows in after.values() for row in rows}
    assert Contact.objects.filter(referral__client__local_patient_id="B01").count() == 1
    assert Score.objects.get(referral__client__local_patient_id="B02").total == 31


def grown():
    """The sheet a month later: sorted by client, and with a session more that was forgotten in the middle."""
    first, *rows = (FIXTURES / "core10.csv").read_text().splitlines()
    forgotten = "session,A04,2025-02-20,T1,yes,self,none,22,,,"
    return "\n".join([first, *sorted([*rows, forgotten], key=lambda one: one.split(",")[1])])


def test_a_sheet_that_has_grown_and_was_sorted_adds_what_is_new(page, administrator, tmp_path):
    bring(page, "core10.csv", (FIXTURES / "core10.csv").read_bytes())
    before = Contact.objects.count()
    bring(page, "core10.csv", grown())
    assert Contact.objects.count() == before + 1
    assert not Score.objects.exclude(why_corrected="").exists()
    (tmp_path / "grown.csv").write_text(grown())
    assert rows_held(administrator.service) == rows_read(tmp_path / "grown.csv", tmp_path / "r", administrator.service)


def test_a_course_that_goes_on_ends_by_a_later_sheet(page):
    bring(page, "a.csv", f"{HEADER}session,C1,2025-03-03,T1,yes,20,\n")
    assert Referral.objects.get().ended is None
    bring(page, "b.csv", f"{HEADER}session,C1,2025-03-03,T1,yes,21,\nending,C1,2025-03-10,,,,planned\n")
    assert str(Referral.objects.get().ended) == "2025-03-10"
    assert Score.objects.get(is_current=True).total == 21
    assert Score.objects.get(is_current=False).total == 20


def test_a_sheet_whose_course_begins_earlier_than_before_is_refused(page):
    bring(page, "a.csv", f"{HEADER}session,C1,2025-03-10,T1,yes,20,\n")
    earlier = f"{HEADER}session,C1,2025-03-03,T1,yes,21,\nsession,C1,2025-03-10,T1,yes,20,\n"
    said = bring(page, "b.csv", earlier).content.decode()
    assert "The session C1-20250310 is in this service already, in the course C1-20250310" in said
    assert (Referral.objects.count(), Contact.objects.count(), Score.objects.count()) == (1, 1, 1)


def test_rows_that_are_rejected_are_told_by_their_numbers_and_the_others_arrive(page):
    sheet = f"{HEADER}session,D1,2025-03-03,T1,yes,20,\nsession,D1,31/02/2025,T1,yes,20,\nsession,D1,2025-03-17,T1,yes,twelve,\n"
    said = send(page, "sheet.csv", sheet).content.decode()
    assert "3 rows: 1 kept, 2 rejected" in said
    assert "date: there is no such day" in said
    assert "CORE-10: not a score" in said
    assert "twelve" not in said
    bring(page, "sheet.csv", sheet)
    assert Contact.objects.count() == 1


def sheet_of(client):
    return f"client,date,attended,PHQ-9\n{client},2025-03-03,yes,20\n{client},2025-03-10,yes,18\n"


def of_clients():
    rows = Score.objects.values_list("referral__client__local_patient_id", "total").order_by("total")
    return [(name, int(total)) for name, total in rows]


def test_two_sheets_by_the_page_are_of_two_clients(page):
    bring(page, "a.csv", sheet_of("ALICE"))
    bring(page, "b.csv", sheet_of("BOB"))
    assert of_clients() == [("ALICE", 18), ("BOB", 18), ("ALICE", 20), ("BOB", 20)]
    assert Referral.objects.count() == 2


def test_two_sheets_by_the_command_are_of_two_clients(run_command, administrator, tmp_path):
    for name in ("ALICE", "BOB"):
        (tmp_path / "sheet.csv").write_text(sheet_of(name))
        assert run_command(tmp_path / "sheet.csv")[0] == 0
    assert sorted(of_clients()) == [("ALICE", 18), ("ALICE", 20), ("BOB", 18), ("BOB", 20)]


def test_a_referral_of_somebody_else_takes_nothing(page, administrator):
    bring(page, "a.csv", sheet_of("ALICE"))
    Referral.objects.update(service_request_id="BOB-20250303")
    said = bring(page, "b.csv", sheet_of("BOB")).content.decode()
    assert "The referral BOB-20250303 is in this service already, and it is another client" in said
    assert {name for name, _ in of_clients()} == {"ALICE"}
    assert not Client.objects.filter(local_patient_id="BOB").exists()


def test_each_finding_of_a_sheet_names_its_rows_and_says_why(page):
    sheet = (
        "client,date,attended,PHQ-9\nALICE,2025-03-03,yes,20\nALICE,2025-03-10,yes,99\nALICE,2025-02-31,yes,18\n"
        ",2025-03-17,yes,15\nALICE,2096-11-20,yes,20\nALICE,2096-11-27,,\n"
    )
    said = send(page, "sheet.csv", sheet).content.decode()
    assert "6 rows: 3 kept, 3 rejected" in said
    for row, why in (
        (4, "date: there is no such day"),
        (5, "client: blank"),
        (6, "date: it is after the day of reading"),
    ):
        assert f", row {row}: {why}" in said
    of_range = said[said.index("lies in the range of its questionnaire") :]
    assert ", row 3<" in of_range[:200]
    assert "it is written out with the reason" not in said
    assert "Mend these rows in the sheet" in said
    bring(page, "sheet.csv", sheet)
    assert sorted(f"{day:%Y-%m-%d}" for day in Contact.objects.values_list("day", flat=True)) == [
        "2025-03-03", "2025-03-10", "2096-11-27",
    ]  # fmt: skip


def workbook_of_nothing():
    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


BROKEN = {
    "no sheet at all": ("sheet.csv", "%PDF-1.7\nsomething"),
    "a workbook cut in half": ("sheet.xlsx", (FIXTURES / "core10.xlsx").read_bytes()[:3000]),
    "a workbook of nothing": ("sheet.xlsx", workbook_of_nothing()),
    "no row that can be used": ("sheet.csv", f"{HEADER}session,D1,soon,T1,yes,20,\n"),
    "no client": ("sheet.csv", "date,CORE-10\n2025-03-03,20\n"),
    "no row": ("sheet.csv", HEADER),
    "empty bytes": ("sheet.csv", f"{HEADER}session,D\0001,2025-03-03,T1,yes,20,\n"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_of_a_broken_sheet_nothing_is_imported_and_the_page_says_why(
    what, page, place, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(page, *BROKEN[what])
    transfer = Transfer.objects.get()
    assert (answer.status_code, transfer.state) == (200, State.FAILED)
    assert transfer.problem
    assert "Did not work" in answer.content.decode()
    page.post(reverse("import-confirm", args=(transfer.key,)))
    assert sizes() == [0] * len(MODELS)
    assert not list(place.iterdir())


def test_an_empty_sheet_is_said_to_be_one(page, place):
    answer = send(page, "sheet.csv", "")
    assert answer.status_code == 400
    said = answer.content.decode()
    assert "The sheet is empty." in said
    assert "Choose the archive" not in said
    assert not Transfer.objects.exists()


def test_the_command_says_what_is_broken_and_imports_nothing(run_command, administrator, tmp_path):
    (tmp_path / "sheet.csv").write_text(BROKEN["no client"][1])
    code, said = run_command(tmp_path / "sheet.csv")
    assert code != 0
    assert "caseness-web: " in said
    assert "client" in said
    assert sizes() == [0] * len(MODELS)


def test_a_template_that_was_filled_in_arrives(page, tmp_path):
    write_template(tmp_path / "mine.xlsx", [instrument("phq9"), instrument("gad7")])
    book = load_workbook(tmp_path / "mine.xlsx")
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if "client" in [cell.value for cell in row])
    cells = {"client": "E1", "date": "2025-04-01", "attended": "yes", "PHQ-9": 14, "GAD-7": 12}
    assert set(cells) <= {cell.value for cell in header}
    sheet.append([cells.get(cell.value) for cell in header])
    book.save(tmp_path / "mine.xlsx")
    bring(page, "mine.xlsx", (tmp_path / "mine.xlsx").read_bytes())
    assert {(one.instrument_id, one.total) for one in Score.objects.all()} == {("phq9", 14), ("gad7", 12)}
