"""JupyterLab in headless Chromium, driven as a person would: run, look, complete, inspect, stop.

Needs the kernel registered in the environment that runs this (`make browser` does that). Screenshots go to
`.build/screenshots`.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / ".build" / "screenshots"
NOTEBOOK = "01-one-weight-one-gradient.ipynb"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab server over a copy of the notebooks; its address."""
    work = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, work)
    (work / "empty.ipynb").write_text(json.dumps(blank_notebook()))
    port = free_port()
    environment = dict(os.environ, JUPYTER_CONFIG_DIR=str(work / "config"), JUPYTER_DATA_DIR=str(work / "data"))
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--ServerApp.port_retries=0",
         f"--notebook-dir={work}"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "/api", timeout=1)
            break
        except OSError:
            time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request, lab):
    """A browser window on JupyterLab, in each of its themes."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    theme = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}[request.param]
    settings = lab + "/lab/api/settings/@jupyterlab/apputils-extension:themes"
    body = json.dumps({"raw": json.dumps({"theme": theme})}).encode()
    urllib.request.urlopen(urllib.request.Request(settings, data=body, method="PUT"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme=request.param)
        window.theme = request.param
        yield window
        browser.close()


def blank_notebook():
    return {
        "cells": [{"cell_type": "code", "id": "first", "metadata": {}, "source": "", "outputs": [], "execution_count": None}],
        "metadata": {"kernelspec": {"display_name": "bp", "language": "bp", "name": "bp"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def open_notebook(page, lab, name):
    page.goto(f"{lab}/lab/workspaces/{page.theme}/tree/{name}?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    wait_idle(page)


def wait_idle(page, timeout=120_000):
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=timeout)


def type_cell(page, text):
    """Writes a text into the last cell of the notebook and leaves the cursor in it."""
    cell = page.locator(".jp-CodeCell .cm-content").last
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def run_cell(page):
    page.keyboard.press("Shift+Enter")


def test_the_notebook_runs_and_its_pictures_are_seen(page, lab):
    open_notebook(page, lab, NOTEBOOK)
    page.click("text=Run >> nth=0")
    page.click("text=Run All Cells")
    page.wait_for_timeout(500)
    wait_idle(page)
    page.keyboard.press("Control+S")
    page.wait_for_timeout(1000)
    cells = [cell for cell in saved(lab, NOTEBOOK)["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in cells)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert sum("image/svg+xml" in output.get("data", {}) for output in outputs) >= 6
    # The notebook draws only the cells in view, so the pictures are looked at one after the other.
    seen = set()
    page.locator(".jp-Notebook").first.click(position={"x": 5, "y": 5})
    page.keyboard.press("Control+Home")
    for _ in range(60):
        for picture in page.locator(".jp-RenderedSVG img, .jp-RenderedSVG svg").all():
            box = picture.bounding_box()
            if box and box["y"] > 60 and box["y"] + box["height"] < 1000 and (place := picture_of(picture)) not in seen:
                assert box["width"] > 100 and box["height"] > 50
                seen.add(place)
                page.screenshot(path=SHOTS / f"picture-{len(seen)}-{page.theme}.png")
        page.mouse.move(640, 500)
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(60)
    assert len(seen) >= 6


def saved(lab, name):
    """The notebook as the server has saved it."""
    return json.load(urllib.request.urlopen(f"{lab}/api/contents/{name}"))["content"]


def picture_of(picture):
    """What tells one picture from another."""
    return picture.evaluate("e => (e.getAttribute('src') || e.outerHTML).slice(-3000)")


def test_tab_completes_and_shift_tab_shows_help(page, lab):
    open_notebook(page, lab, "empty.ipynb")
    type_cell(page, "cross_e")
    page.keyboard.press("Tab")
    expect(page.locator(".jp-Completer")).to_contain_text("cross_entropy", timeout=5_000)
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content").last).to_contain_text("cross_entropy", timeout=5_000)
    type_cell(page, "x = soft")
    page.keyboard.press("Tab")
    expect(page.locator(".jp-Completer")).to_contain_text("softplus", timeout=5_000)
    page.screenshot(path=SHOTS / f"complete-{page.theme}.png")
    page.keyboard.press("Escape")
    type_cell(page, "cross_entropy(")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".jp-Tooltip")).to_contain_text("cross_entropy", timeout=5_000)
    page.screenshot(path=SHOTS / f"help-{page.theme}.png")
    page.keyboard.press("Escape")


def test_the_stop_button_ends_a_long_training_and_keeps_the_weights(page, lab):
    open_notebook(page, lab, "empty.ipynb")
    type_cell(page, "net = network(dense(64, relu), dense(64, relu), dense(3)); data = make_spirals(600); "
                    "r = train(net, data, loss=cross_entropy, optimizer=adam(0.001), epochs=100000)")
    run_cell(page)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    page.wait_for_timeout(1500)
    page.screenshot(path=SHOTS / f"training-{page.theme}.png")
    started = time.monotonic()
    page.click('[data-command="notebook:interrupt-kernel"], [data-command="kernelmenu:interrupt"]')
    wait_idle(page, 5_000)
    seconds = time.monotonic() - started
    type_cell(page, "print(r.stopped, r.steps > 10, r.hash == last_run().hash)")
    run_cell(page)
    expect(page.locator(".jp-OutputArea-output").last).to_contain_text("interrupted True True", timeout=5_000)
    assert seconds < 0.3, f"the stop button took {seconds:.2f} s"
