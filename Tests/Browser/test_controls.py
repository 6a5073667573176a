"""Controls in JupyterLab, moved by the keyboard as a person would; drawn by the widgets' own front end, without ipywidgets."""

import json

import pytest
from lab import SHOTS, notebook, open_notebook, run_all, run_cell, saved, serve, wait_idle, window
from playwright.sync_api import expect

WAVE = """\
x = linspace(0, 6, 100)

def wave(frequency, rate, shape, noisy):
    print(f"frequency {frequency:.2f}, rate {rate:.3g}")
    return plot(x, shape(x * frequency), title="a wave")

interact(wave, frequency=slider(1, 5, step=0.5), rate=slider(0.001, 1, log=True),
         shape=dropdown([sin, cos]), noisy=False)"""
BUTTON = """pressed = []
def press():
    pressed.append(1)
    print("pressed", len(pressed))
    return plot([0, len(pressed)])
button("Once more", press)"""
FAILING = "interact(lambda n: print(6 / n), n=slider(0, 4, value=2))"


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(work, tmp_path_factory):
    with serve(work, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(params=["light", "dark"])
def page(request, lab):
    SHOTS.mkdir(parents=True, exist_ok=True)
    with window(lab, request.param, height=900) as page:
        yield page


def open_new(page, lab, work, name, *sources):
    (work / name).write_text(json.dumps(notebook(*sources)))
    open_notebook(page, lab, name)


def slider(page, place):
    return page.locator(".noUi-handle").nth(place)


def picture(page):
    return page.locator(".widget-output .jp-RenderedSVG img").last


def press(page, handle, key, count=1):
    handle.focus()
    for _ in range(count):
        page.keyboard.press(key)


def test_a_moved_slider_changes_the_plot_also_after_a_reload(page, lab, work):
    name = f"wave-{page.theme}.ipynb"
    open_new(page, lab, work, name, WAVE)
    cells = run_all(page, lab, name)
    assert not [output for output in cells[0]["outputs"] if output["output_type"] == "error"]
    output = page.locator(".widget-output").last
    expect(output).to_contain_text("frequency 3.00", timeout=10_000)
    first = picture(page).get_attribute("src")
    press(page, slider(page, 0), "ArrowRight")
    expect(output).to_contain_text("frequency 3.50", timeout=10_000)
    press(page, slider(page, 1), "ArrowLeft", 10)
    expect(output).to_contain_text("rate 0.0158", timeout=10_000)
    second = picture(page).get_attribute("src")
    assert second != first
    # The figure stands once in the page, and once more, unseen, in the notebook's file.
    assert page.locator(".jp-OutputArea-output.jp-RenderedSVG:visible").count() == 1
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    page.screenshot(path=SHOTS / f"controls-{page.theme}.png")

    page.keyboard.press("Control+S")
    page.wait_for_timeout(800)
    outputs = saved(lab, name)["cells"][0]["outputs"]
    assert "frequency: 3.0 (slider" in outputs[0]["data"]["text/plain"]
    assert "frequency 3.50" in outputs[-1]["data"]["text/plain"] and "image/svg+xml" in outputs[-1]["data"]

    page.reload()
    open_notebook(page, lab, name)
    output = page.locator(".widget-output").last
    expect(output).to_contain_text("frequency 3.50", timeout=20_000)
    press(page, slider(page, 0), "ArrowLeft", 3)
    expect(output).to_contain_text("frequency 2.00", timeout=10_000)
    assert picture(page).get_attribute("src") != second
    page.screenshot(path=SHOTS / f"controls-reloaded-{page.theme}.png")


def test_an_error_under_controls_is_seen_and_the_next_change_goes_on(page, lab, work):
    name = f"failing-{page.theme}.ipynb"
    open_new(page, lab, work, name, FAILING)
    run_all(page, lab, name)
    output = page.locator(".widget-output").last
    expect(output).to_contain_text("3.0", timeout=10_000)
    press(page, slider(page, 0), "ArrowLeft", 2)
    expect(output).to_contain_text("ZeroDivisionError", timeout=10_000)
    page.screenshot(path=SHOTS / f"controls-error-{page.theme}.png")
    press(page, slider(page, 0), "ArrowRight", 1)
    expect(output).to_contain_text("6.0", timeout=10_000)
    expect(output).not_to_contain_text("ZeroDivisionError")
    wait_idle(page)


def test_a_button_calls_its_function_and_shows_beneath(page, lab, work):
    name = f"button-{page.theme}.ipynb"
    open_new(page, lab, work, name, BUTTON)
    run_all(page, lab, name)
    button = page.locator(".widget-button")
    expect(button).to_have_text("Once more")
    expect(page.locator(".widget-output")).to_have_text("")
    for count in (1, 2):
        button.click()
        expect(page.locator(".widget-output")).to_contain_text(f"pressed {count}", timeout=10_000)
    expect(picture(page)).to_be_visible()
    page.mouse.move(5, 5)
    page.wait_for_timeout(300)
    page.screenshot(path=SHOTS / f"controls-button-{page.theme}.png")


def test_a_page_that_is_reloaded_while_a_cell_runs_draws_its_controls(page, lab, work):
    name = f"busy-{page.theme}.ipynb"
    open_new(page, lab, work, name, "s = slider(0, 10, label='speed'); s", "while s.value < 8: sleep(0.01)\nprint('fast', s.value)")
    page.locator(".jp-CodeCell .cm-content").first.click()
    run_cell(page)
    expect(page.locator(".noUi-handle")).to_be_visible(timeout=10_000)
    press(page, slider(page, 0), "ArrowRight")
    expect(page.locator(".widget-readout")).to_have_text("6")
    page.locator(".jp-CodeCell .cm-content").last.click()
    run_cell(page)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    page.keyboard.press("Control+S")
    page.wait_for_timeout(800)
    page.reload()
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    expect(page.locator(".widget-readout")).to_have_text("6", timeout=15_000)
    # What was asked and answered meanwhile does not make the kernel look idle.
    expect(page.get_by_text("bp | Busy")).to_be_visible()
    page.screenshot(path=SHOTS / f"controls-busy-{page.theme}.png")
    page.click('[data-command="notebook:interrupt-kernel"], [data-command="kernelmenu:interrupt"]')
    wait_idle(page, 10_000)


def test_two_windows_see_one_slider(page, lab, work):
    name = f"two-{page.theme}.ipynb"
    open_new(page, lab, work, name, WAVE)
    run_all(page, lab, name)
    page.keyboard.press("Control+S")
    page.wait_for_timeout(800)
    other = page.context.new_page()
    other.theme = page.theme + "-other"
    open_notebook(other, lab, name)
    for here, there, key, frequency in [(page, other, "ArrowRight", "3.50"), (other, page, "ArrowLeft", "3.00")]:
        expect(here.locator(".widget-output").last).to_be_visible(timeout=20_000)
        press(here, slider(here, 0), key)
        for each in (here, there):
            expect(each.locator(".widget-output").last).to_contain_text(f"frequency {frequency}", timeout=10_000)
            expect(each.locator(".widget-readout").first).to_have_text(frequency[:3].removesuffix(".0"))
    other.close()


def test_converted_without_a_page_the_last_figure_and_the_text_are_seen(work):
    """Run by nbconvert, and as JupyterLab has saved it, without the state of widgets."""
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import ExecutePreprocessor
    import nbformat

    ran, _ = ExecutePreprocessor(kernel_name="bp").preprocess(nbformat.from_dict(notebook(WAVE)))
    html, _ = HTMLExporter().from_notebook_node(ran)
    assert "data:image/svg+xml" in html
    ran.metadata.pop("widgets")
    html, _ = HTMLExporter().from_notebook_node(ran)
    assert "data:image/svg+xml" in html and "frequency: 3.0 (slider from 1.0 to 5.0)" in html
