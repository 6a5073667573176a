"""JupyterLab as a person sees it: a server over a folder of notebooks, and a window on it in headless Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / ".build" / "screenshots"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


def notebook(*sources):
    """An empty notebook of these code cells."""
    return {
        "cells": [
            {"cell_type": "code", "id": f"cell{i}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
            for i, source in enumerate(sources)],
        "metadata": {"kernelspec": {"display_name": "bp", "language": "bp", "name": "bp"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@contextmanager
def serve(folder, settings):
    """A JupyterLab server over a folder, its own settings elsewhere; gives its address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    environment = dict(os.environ, JUPYTER_CONFIG_DIR=f"{settings}/config", JUPYTER_DATA_DIR=f"{settings}/data")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--ServerApp.port_retries=0",
         f"--notebook-dir={folder}"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(address + "/api", timeout=1)
                break
            except OSError:
                assert time.monotonic() < deadline, "JupyterLab did not start"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


@contextmanager
def window(lab, theme, width=1280, height=1000, scale=1):
    """A browser window on JupyterLab in one of its themes."""
    set_settings(lab, "themes", theme=THEMES[theme])
    set_settings(lab, "notification", fetchNews="false")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, device_scale_factor=scale)
        page = context.new_page()
        page.theme = theme
        yield page
        browser.close()


def set_settings(lab, group, **values):
    body = json.dumps({"raw": json.dumps(values)}).encode()
    address = f"{lab}/lab/api/settings/@jupyterlab/apputils-extension:{group}"
    urllib.request.urlopen(urllib.request.Request(address, data=body, method="PUT"))


def open_notebook(page, lab, name):
    page.goto(f"{lab}/lab/workspaces/{page.theme}/tree/{name}?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    # The notebook's own sign says idle before there is a kernel.
    page.get_by_text("bp | Idle").wait_for(timeout=60_000)
    wait_idle(page)


def wait_idle(page, timeout=120_000):
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=timeout)


def run_all(page, lab, name):
    """Runs all cells and gives the notebook as it is saved then."""
    page.click("text=Run >> nth=0")
    page.click("text=Run All Cells")
    deadline = time.monotonic() + 120
    while True:
        page.wait_for_timeout(500)
        wait_idle(page)
        page.keyboard.press("Control+S")
        page.wait_for_timeout(500)
        cells = [cell for cell in saved(lab, name)["cells"] if cell["cell_type"] == "code" and cell["source"]]
        failed = any(output["output_type"] == "error" for cell in cells for output in cell["outputs"])
        if failed or all(cell["execution_count"] for cell in cells):
            return cells
        assert time.monotonic() < deadline, "the cells did not run to the end"


def saved(lab, name):
    """The notebook as the server has saved it."""
    return json.load(urllib.request.urlopen(f"{lab}/api/contents/{name}"))["content"]


def type_cell(page, text):
    """Writes a text into the last cell of the notebook and leaves the cursor in it."""
    page.locator(".jp-CodeCell .cm-content").last.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.type(text)


def run_cell(page):
    page.keyboard.press("Shift+Enter")
