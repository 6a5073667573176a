"""The debugger of JupyterLab in headless Chromium: the bug icon, a click beside a line, a stop, steps, variables, and on.

Needs the kernel registered in the environment that runs this (`make browser` does that). Screenshots go to
`.build/screenshots`.
"""

from lab import SHOTS, notebook, open_notebook, run_cell, wait_idle
from playwright.sync_api import expect

WIDTH = 1500
CELL = "def f(x):\n    w = tensor([[1.0, 2.0], [3.0, 4.0]]) * x\n    y = sum(w)\n    return y\n\ntotal = f(2)\nprint(total)"
NOTEBOOKS = {"debug.ipynb": notebook(CELL, "g = 1\n1 / 0")}


def shoot(page, name):
    page.screenshot(path=SHOTS / f"debugger-{name}-{page.theme}.png")


def press(page, command):
    page.locator(f'[data-command="debugger:{command}"]:visible').first.click()


def highlighted(page):
    return page.locator(".jp-DebuggerEditor-highlight").first


def test_a_cell_is_stopped_and_stepped_through(page, lab):
    open_notebook(page, lab, "debug.ipynb")
    page.locator(".jp-DebuggerBugButton").first.click()
    page.wait_for_selector(".jp-DebuggerBugButton[aria-pressed='true'], .jp-DebuggerBugButton button[aria-pressed='true']")
    first = page.locator(".jp-CodeCell").first
    expect(first.locator(".cm-gutter.cm-breakpoint-gutter")).to_be_visible(timeout=10_000)
    expect(page.locator(".jp-DebuggerBreakpoints")).to_be_visible(timeout=10_000)
    # Beside the third line; the first element only keeps the room.
    first.locator(".cm-gutter.cm-breakpoint-gutter .cm-gutterElement").nth(3).click()
    expect(page.locator(".jp-DebuggerBreakpoints")).to_contain_text("bp_cells", timeout=10_000)
    first.locator(".cm-content").click()
    run_cell(page)
    expect(highlighted(page)).to_contain_text("y = sum(w)", timeout=10_000)
    variables = page.locator(".jp-DebuggerVariables")
    expect(variables).to_contain_text("w", timeout=10_000)
    expect(variables).to_contain_text("tensor [2, 2] float32 [[2.0000, 4.0000]")
    expect(page.locator(".jp-DebuggerCallstack")).to_contain_text("f")
    shoot(page, "stopped")
    press(page, "next")
    expect(highlighted(page)).to_contain_text("return y", timeout=10_000)
    expect(variables).to_contain_text("20", timeout=10_000)
    shoot(page, "stepped")
    press(page, "stepOut")
    expect(highlighted(page)).to_contain_text("print(total)", timeout=10_000)
    press(page, "continue")
    wait_idle(page, 10_000)
    expect(first.locator(".jp-OutputArea-output")).to_contain_text("20")
    expect(page.locator(".jp-DebuggerEditor-highlight")).to_have_count(0)
    # Nothing is stopped: the variables of the session are shown.
    expect(variables).to_contain_text("total", timeout=10_000)
    shoot(page, "done")
    page.locator(".jp-DebuggerBugButton").first.click()
    expect(first.locator(".cm-gutter.cm-breakpoint-gutter")).to_have_count(0, timeout=10_000)
