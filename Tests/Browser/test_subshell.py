"""A look at a network from a subshell console of JupyterLab while it trains, in headless Chromium.

Needs the kernel registered in the environment that runs this (`make browser` does that). Screenshots go to
`.build/screenshots`.
"""

import json

import pytest
from lab import ROOT, notebook, open_notebook, run_cell, serve, wait_idle, window
from playwright.sync_api import expect

SHOTS = ROOT / ".build" / "screenshots"
TRAINING = """net = network(input(2), dense(8, tanh), dense(1))
rate = 0.001
r = train(net, make_xor(), loss=mse, optimizer=sgd(rate), epochs=10**9)"""
READING = "rate, last_run().stopped, last_run().steps > 0"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab server over a notebook; its address."""
    work = tmp_path_factory.mktemp("lab")
    (work / "training.ipynb").write_text(json.dumps(notebook(TRAINING)))
    with serve(work, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request, lab):
    SHOTS.mkdir(parents=True, exist_ok=True)
    with window(lab, request.param, width=1500) as page:
        yield page


def run_in_console(page, code):
    """Runs a code in the console; the output beneath it."""
    console = page.locator(".jp-CodeConsole")
    console.locator(".jp-CodeConsole-input .cm-content").click()
    page.keyboard.type(code)
    page.keyboard.press("Shift+Enter")
    return console.locator(".jp-CodeConsole-content .jp-OutputArea-output").last


def expect_in_console(page, code, text):
    """The same, as often as it takes: until JupyterLab has its subshell it sends what a console runs to the main shell, where it
    waits for the training."""
    for _ in range(4):
        output = run_in_console(page, code)
        try:
            return expect(output).to_contain_text(text, timeout=5_000)
        except AssertionError:
            continue
    expect(output).to_contain_text(text)


def test_a_subshell_console_reads_a_variable_while_the_notebook_trains(page, lab):
    open_notebook(page, lab, "training.ipynb")
    page.locator(".jp-CodeCell .cm-content").first.click()
    run_cell(page)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    page.locator(".jp-CodeCell").first.click(button="right")
    page.get_by_text("New Subshell Console for Notebook").click()
    page.wait_for_selector(".jp-CodeConsole-input .cm-content", timeout=20_000)
    expect_in_console(page, READING, "(0.001, 'running', True)")
    drawn = run_in_console(page, "plot(last_run().loss)")
    expect(drawn.locator("img")).to_be_visible(timeout=10_000)
    page.screenshot(path=SHOTS / f"subshell-{page.theme}.png")
    # The notebook is still at it, and stops when it is told to.
    page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first.click()
    page.click('[data-command="notebook:interrupt-kernel"], [data-command="kernelmenu:interrupt"]')
    wait_idle(page, 10_000)
    stopped = run_in_console(page, READING)
    expect(stopped).to_contain_text("(0.001, 'interrupted', True)", timeout=10_000)
    page.screenshot(path=SHOTS / f"subshell-stopped-{page.theme}.png")
