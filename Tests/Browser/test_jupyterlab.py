"""JupyterLab in headless Chromium, driven as a person would: run, look, complete, inspect, stop.

Needs the kernel registered in the environment that runs this (`make browser` does that). Screenshots go to
`.build/screenshots`.
"""

import json
import shutil

import pytest
from lab import ROOT, SHOTS, notebook, open_notebook, run_all, run_cell, serve, type_cell, wait_idle
from playwright.sync_api import expect

NOTEBOOK = "01-one-weight-one-gradient.ipynb"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab server over a copy of the notebooks; its address."""
    work = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, work)
    (work / "empty.ipynb").write_text(json.dumps(notebook("")))
    with serve(work, tmp_path_factory.mktemp("settings")) as address:
        yield address


def shoot(page, name):
    page.screenshot(path=SHOTS / f"{name}-{page.theme}.png")


def test_the_notebook_runs_and_its_pictures_are_seen(page, lab):
    open_notebook(page, lab, NOTEBOOK)
    outputs = [output for cell in run_all(page, lab, NOTEBOOK) for output in cell["outputs"]]
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
                shoot(page, f"picture-{len(seen)}")
        page.mouse.move(640, 500)
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(60)
    assert len(seen) >= 6


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
    shoot(page, "complete")
    page.keyboard.press("Escape")
    type_cell(page, "cross_entropy(")
    page.keyboard.press("Shift+Tab")
    # Help is Markdown: what is called and the example are code, in colours.
    expect(page.locator(".jp-Tooltip pre").first).to_contain_text("cross_entropy(prediction, target", timeout=5_000)
    shoot(page, "help")
    page.keyboard.press("Escape")


def test_an_error_shows_where_and_what_to_do(page, lab):
    open_notebook(page, lab, "empty.ipynb")
    type_cell(page, "scaled = lambda x: x / 0; scaled(3)")
    run_cell(page)
    error = page.locator(".jp-OutputArea-output.jp-RenderedText").last
    expect(error).to_contain_text("ZeroDivisionError: division by zero", timeout=5_000)
    expect(error).to_contain_text("help: check for zero first")
    # Every part of it can be read against its background, in both themes.
    assert min(contrasts(error)) > 3
    shoot(page, "error")


def contrasts(output):
    """The contrast of each piece of text with what is behind it, as WCAG counts it."""
    return output.evaluate("""e => {
      const parse = c => { const v = c.match(/[\\d.]+/g).map(Number); return v.length < 4 ? [...v, 1] : v };
      const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3]));
      const behind = n => { const stack = [];
        for (let x = n; x; x = x.parentElement) stack.push(parse(getComputedStyle(x).backgroundColor));
        return stack.reverse().reduce((under, top) => over(top, under), [255, 255, 255]) };
      const found = [];
      const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim()) continue;
        const ground = behind(node);
        const ink = parse(getComputedStyle(node).color);
        ink[3] *= Number(getComputedStyle(node).opacity);
        const [a, b] = [light(over(ink, ground)), light(ground)];
        found.push((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
      }
      return found }""")


def seconds_to_stop(page):
    """Presses the stop button: from the press until the page shows that the kernel is idle, by the page's own clock."""
    page.evaluate("""() => { window.stopping = new Promise(done => {
      let pressed;
      document.addEventListener('mousedown', () => { pressed = performance.now() }, {capture: true, once: true});
      const light = document.querySelector('.jp-Notebook-ExecutionIndicator');
      const observer = new MutationObserver(() => {
        if (light.dataset.status !== 'idle') return;
        observer.disconnect();
        done((performance.now() - pressed) / 1000);
      });
      observer.observe(light, {attributes: true, attributeFilter: ['data-status']});
    }) }""")
    page.click('[data-command="notebook:interrupt-kernel"], [data-command="kernelmenu:interrupt"]')
    wait_idle(page, 5_000)
    return page.evaluate("() => window.stopping")


def test_the_stop_button_ends_a_long_training_and_keeps_the_weights(page, lab):
    open_notebook(page, lab, "empty.ipynb")
    type_cell(page, "net = network(dense(64, relu), dense(64, relu), dense(3)); data = make_spirals(600); "
                    "r = train(net, data, loss=cross_entropy, optimizer=adam(0.001), epochs=100000)")
    run_cell(page)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    page.wait_for_timeout(1500)
    shoot(page, "training")
    seconds = seconds_to_stop(page)
    type_cell(page, "print(r.stopped, r.steps > 10, r.hash == last_run().hash)")
    run_cell(page)
    expect(page.locator(".jp-OutputArea-output").last).to_contain_text("interrupted True True", timeout=5_000)
    print(f"{page.theme}: stopped after {seconds:.3f} s")
    assert seconds < 0.3, f"the stop button took {seconds:.2f} s"


def test_a_restart_forgets_all_and_starts_anew(page, lab):
    open_notebook(page, lab, "empty.ipynb")
    type_cell(page, "kept = 1; print('kept is', kept)")
    run_cell(page)
    expect(page.locator(".jp-OutputArea-output").last).to_contain_text("kept is 1", timeout=5_000)
    page.click('[data-command="kernelmenu:restart"], [data-command="notebook:restart-kernel"]')
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.get_by_text("bp | Idle").wait_for(timeout=20_000)
    wait_idle(page)
    type_cell(page, "kept")
    run_cell(page)
    error = page.locator(".jp-OutputArea-output.jp-RenderedText").last
    expect(error).to_contain_text("NameError: kept is not defined", timeout=10_000)
    expect(page.locator(".jp-CodeCell", has_text="NameError").last.locator(".jp-InputPrompt")).to_contain_text("[1]")
    assert not page.locator(".jp-Dialog").count()
    shoot(page, "restarted")
