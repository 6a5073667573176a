"""A look at a network from a subshell console of JupyterLab while it trains, in headless Chromium.

Needs the kernel registered in the environment that runs this (`make browser` does that). Screenshots go to
`.build/screenshots`.
"""

from lab import SHOTS, notebook, open_notebook, run_cell, wait_idle
from playwright.sync_api import expect

WIDTH = 1500
TRAINING = """net = network(input(2), dense(8, tanh), dense(1))
rate = 0.001
r = train(net, make_xor(), loss=mse, optimizer=sgd(rate), epochs=10**9)"""
NOTEBOOKS = {"training.ipynb": notebook(TRAINING)}
READING = "rate, last_run().stopped, last_run().steps > 0"


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
