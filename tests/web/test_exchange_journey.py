"""An administrator imports a record and exports the service, in a real browser."""

import zipfile

from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import STANDARD
from web.made_records import pack, records
from web.signing_in import sign_in

__all__ = ["records"]
AXE = Axe()


def violations(tab):
    return [one["id"] for one in AXE.run(tab, options=STANDARD).response["violations"]]


def test_an_administrator_imports_a_record_and_exports_it(served, browser, records, tmp_path):
    # The policy of a page forbids scripts that are not its own, and axe is one.
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    # A small record is checked within the request, and a machine that tests much at once is slow.
    tab.set_default_timeout(120_000)
    sign_in(tab, "administrator@example.org")
    tab.get_by_role("link", name="Import and export").click()
    assert violations(tab) == []

    (tmp_path / "letter.zip").write_bytes(b"%PDF-1.7")
    tab.get_by_label("A record of this service").set_input_files(tmp_path / "letter.zip")
    tab.get_by_role("button", name="Check the record").click()
    assert "no zip archive" in tab.get_by_role("alert").inner_text()
    assert violations(tab) == []

    pack(records.folder, tmp_path / "record.zip", "ZZ901")
    tab.get_by_label("A record of this service").set_input_files(tmp_path / "record.zip")
    tab.get_by_role("button", name="Check the record").click()
    assert "To be imported: April 2024." in tab.locator("main").inner_text()
    assert violations(tab) == []
    tab.get_by_role("button", name="Import what is sound").click()
    assert "referrals added" in tab.locator("main").inner_text()

    tab.get_by_role("link", name="Import and export").click()
    tab.get_by_role("button", name="Export the record").click()
    assert violations(tab) == []
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Download the archive").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "2024-04/IDS101Referral.csv" in archive.namelist()
        assert not [name for name in archive.namelist() if "EXT03" in name]
    context.close()
