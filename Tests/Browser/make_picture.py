"""Takes the README's picture of a notebook in JupyterLab (`make pictures`)."""

import json
import tempfile
from pathlib import Path

from lab import ROOT, notebook, open_notebook, run_all, serve, window

PICTURE = ROOT / "notebooks" / "pictures" / "jupyterlab.png"
NAME = "explained.ipynb"
CELLS = [
    "net = network(input(2), dense(2, tanh), dense(1), seed=3)\nprint(net.summary())",
    "loss = binary_cross_entropy(net([[1, 0]]), [[1]])\nexplain(loss, net.dense1.weight[0, 1])",
    "",
]


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as settings:
        (Path(folder) / NAME).write_text(json.dumps(notebook(*CELLS)))
        # Text at one and a half times its size stays sharp where the page shows the picture smaller.
        with serve(folder, settings) as lab, window(lab, "light", width=800, height=720, scale=1.5) as page:
            open_notebook(page, lab, NAME)
            page.keyboard.press("Control+B")
            run_all(page, lab, NAME)
            page.locator(".jp-Notebook").first.click(position={"x": 3, "y": 3})
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURE)


main()
