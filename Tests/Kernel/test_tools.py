"""The tools around notebooks that people use with every kernel: nbconvert and papermill."""

import re
import shutil
import subprocess
import sys
import urllib.parse
from base64 import b64decode

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

# The colour of the first line of a plot.
LINE = (46, 134, 222)
KERNEL = {"kernelspec": {"display_name": "bp", "language": "bp", "name": "bp"}}


@pytest.fixture
def notebook(tmp_path):
    """A notebook that has not been run, in an empty folder."""
    cells = [
        new_markdown_cell("# A line"), new_code_cell("rate = 1\nname = 'a'", metadata={"tags": ["parameters"]}),
        new_code_cell("(rate, name)"), new_code_cell("plot([3, 1, rate])"),
    ]
    path = tmp_path / "line.ipynb"
    path.write_text(nbformat.writes(new_notebook(cells=cells, metadata=KERNEL)))
    return path


def python(*words, cwd):
    done = subprocess.run([sys.executable, "-m", *words], cwd=cwd, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return done


def test_nbconvert_makes_a_page_with_the_picture(notebook):
    python("nbconvert", "--execute", "--to", "html", notebook.name, cwd=notebook.parent)
    page = notebook.with_suffix(".html").read_text()
    (kind, data), = re.findall(r'<img[^>]*src="data:image/svg\+xml(;base64)?,([^"]*)"', page)
    picture = b64decode(data).decode() if kind else urllib.parse.unquote(data)
    assert "#2e86de" in picture and "<title" in picture
    # The lexer that the kernel names has coloured the cells.
    assert '<span class="n">plot</span>' in page


def test_nbconvert_writes_outputs_that_bpsh_writes_too(notebook):
    from test_kernel import BPSH
    python("nbconvert", "--execute", "--to", "notebook", "--output", "jupyter", notebook.name, cwd=notebook.parent)
    subprocess.run([BPSH, "run", "--quiet", notebook.name, "-o", "ours.ipynb"], cwd=notebook.parent, check=True, timeout=20)
    theirs, ours = (nbformat.read(notebook.parent / name, 4) for name in ("jupyter.ipynb", "ours.ipynb"))
    assert ours.metadata == theirs.metadata
    for a, b in zip(ours.cells, theirs.cells, strict=True):
        b.metadata.pop("execution", None)
        # A picture's names within itself are new for each picture.
        assert without_names(a) == without_names(b)


def without_names(cell):
    return re.sub(r"bp\w{8,}(?=-[tdc])", "ID", nbformat.writes(new_notebook(cells=[cell])))


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium: make chromium")
def test_nbconvert_makes_a_pdf_with_the_picture(notebook, monkeypatch):
    import pypdfium2
    from nbconvert.exporters import WebPDFExporter
    from nbconvert.preprocessors import ExecutePreprocessor
    from playwright.async_api import BrowserType

    launch = BrowserType.launch
    # nbconvert only knows the browser that Playwright would download.
    monkeypatch.setattr(
        BrowserType, "launch", lambda self, **settings: launch(self, executable_path=shutil.which("chromium"), **settings))
    content = nbformat.read(notebook, 4)
    ExecutePreprocessor(kernel_name="bp").preprocess(content, {"metadata": {"path": str(notebook.parent)}})
    pdf, _ = WebPDFExporter(disable_sandbox=True).from_notebook_node(content)
    notebook.with_suffix(".pdf").write_bytes(pdf)

    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1, rev_byteorder=True)
    data, step = bytes(page.buffer), page.n_channels
    near = sum(all(abs(data[i + j] - LINE[j]) < 30 for j in range(3)) for i in range(0, len(data), step))
    assert near > 100, "the line is not to be seen"


def test_papermill_runs_with_parameters(notebook):
    words = ["line.ipynb", "out.ipynb", "-p", "rate", "0.5", "-p", "name", "it's", "--language", "python"]
    python("papermill", *words, cwd=notebook.parent)
    cells = nbformat.read(notebook.parent / "out.ipynb", 4).cells
    assert cells[2].metadata.tags == ["injected-parameters"]
    assert cells[3].outputs[0].data["text/plain"] == "(0.5, \"it's\")"
    assert "image/svg+xml" in cells[4].outputs[0].data


@pytest.mark.parametrize("value", ["True", "None", "-3", "1e-7", "[1, {'a': 'ü'}]", 'a "b" \\n c', "nan"])
def test_parameters_read_the_same_in_papermill_and_in_bpsh(notebook, value):
    from test_kernel import BPSH
    python("papermill", "line.ipynb", "a.ipynb", "-p", "rate", "1", "-p", "name", value, "--language", "python", cwd=notebook.parent)
    subprocess.run(
        [BPSH, "run", "line.ipynb", "-o", "b.ipynb", "--quiet", "-p", "rate=1", "-p", f"name={value}"], cwd=notebook.parent,
        check=True, timeout=20)
    a, b = (nbformat.read(notebook.parent / name, 4).cells[3].outputs[0].data for name in ("a.ipynb", "b.ipynb"))
    assert a == b
