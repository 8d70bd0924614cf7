"""The report opened in a browser: alone, at every width, and on paper."""

import pytest

WIDTHS = (360, 768, 1280)
# A4 less the margins of the style sheet, in CSS pixels.
PAPER = {"width": int((210 - 28) / 25.4 * 96), "height": 1000}


@pytest.fixture
def open_page(browser, folder):
    """Opens a page of a report, and notes every request and complaint."""
    pages = []

    def open_it(name="report.html", width=1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto((folder / name).as_uri())
        return page

    yield open_it
    for page in pages:
        page.close()


@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_the_page_asks_for_nothing_and_complains_of_nothing(open_page, folder, name):
    """It is one file: no picture, font, script or style is fetched, and its own security policy is kept."""
    page = open_page(name)
    page.wait_for_load_state("networkidle")
    others = [url for url in page.asked if url != (folder / name).as_uri() and not url.startswith("data:")]
    assert not others
    assert not page.complaints


def test_the_page_has_no_script_but_that_of_its_controls(open_page):
    page = open_page()
    kinds = page.evaluate("[...document.scripts].map(one => one.type || 'script')")
    assert kinds.count("script") == 1
    assert set(kinds) == {"script", "application/json"}
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(one => one.getAttributeNames().every(name => !name.startsWith('on')))"
    )


def test_every_link_within_the_page_leads_somewhere(open_page):
    page = open_page()
    lost = page.evaluate(
        """[...document.querySelectorAll('a[href^="#"]')].map(one => one.getAttribute('href').slice(1))
           .filter(id => !document.getElementById(id))"""
    )
    assert not lost


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["report.html", "brief.html"])
def test_the_page_is_no_wider_than_the_window(open_page, name, width):
    page = open_page(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "shown", "hidden"), [(360, "narrow", "wide"), (1280, "wide", "narrow")])
def test_each_chart_is_shown_once_in_the_drawing_that_fits(open_page, width, shown, hidden):
    page = open_page(width=width)
    figures = page.locator("figure").count()
    assert figures > 0
    assert page.locator(f".chart.{shown} svg:visible").count() == figures
    assert page.locator(f".chart.{hidden} svg:visible").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_in_charts_are_large_enough(open_page, width):
    """No letter is drawn smaller than 10 CSS pixels."""
    page = open_page(width=width)
    smallest = page.evaluate(
        """Math.min(...[...document.querySelectorAll('.chart svg')].filter(one => one.clientWidth).flatMap(svg =>
           [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width)))"""
    )
    assert smallest >= 10


@pytest.mark.parametrize("width", [360, 1280])
def test_no_chart_reaches_out_of_the_page(open_page, width):
    page = open_page(width=width)
    outside = page.evaluate(
        """[...document.querySelectorAll('.chart text')].filter(one => one.getClientRects().length)
           .map(one => [one.textContent, one.getBoundingClientRect()])
           .filter(([, box]) => box.left < 0 || box.right > window.innerWidth).map(([text]) => text)"""
    )
    assert not outside


def test_each_table_can_be_saved_from_the_page_itself(open_page, folder):
    """The link holds the whole file, the same as the one in csv/."""
    page = open_page()
    links = page.locator("a.csv")
    assert links.count() == page.locator("figure").count() + page.locator(".grid").count()
    with page.expect_download() as download:
        links.first.click()
    saved = download.value
    assert saved.path().read_bytes() == (folder / "csv" / saved.suggested_filename).read_bytes()


def test_the_report_prints(open_page):
    pdf = open_page().pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") >= 1


def test_the_brief_prints_on_one_sheet(open_page):
    pdf = open_page("brief.html").pdf(format="A4", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1


def test_no_table_is_cut_on_paper(open_page):
    """Set as for print, no table is wider than its sheet."""
    page = open_page()
    page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.set_viewport_size(PAPER)
    cut = page.eval_on_selector_all(
        ".scroll table",
        f"all => all.filter(one => one.getBoundingClientRect().right > {PAPER['width']} + 1).map(one => one.id)",
    )
    assert not cut


def test_the_first_page_fits_on_one_sheet(open_page):
    """What a minister reads first is one side of paper."""
    page = open_page()
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    sheet = (297 - 30) / 25.4 * 96
    assert page.locator("#summary").evaluate("one => one.getBoundingClientRect().bottom") <= sheet
