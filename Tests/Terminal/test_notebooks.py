"""bpsh run: notebooks without Jupyter, as a person and CI meet them."""

import json
import os
import signal
import subprocess

import nbformat
import pytest
from conftest import BPSH, PATIENCE
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


@pytest.fixture
def run(tmp_path):
    """Runs a notebook of some cells; gives the status, what was said, and the notebook as it is then."""

    def run(cells, *words, **settings):
        path = tmp_path / "a b.ipynb"
        if cells is not None:
            path.write_text(nbformat.writes(new_notebook(cells=[
                new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells])))
        done = subprocess.run(
            [BPSH, "run", str(path), *words], capture_output=True, encoding="utf-8", timeout=PATIENCE, cwd=tmp_path,
            stdin=subprocess.DEVNULL, env={**os.environ, "LANG": "C.UTF-8", "COLUMNS": "60"}, **settings)
        notebook = nbformat.read(path, 4) if path.exists() else None
        if notebook:
            nbformat.validate(notebook)
        return done.returncode, done.stderr, notebook

    return run


def test_the_kernel_tells_what_a_notebook_is_for(tmp_path):
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": {
        "kernelspec": {"name": "bp", "display_name": "bp", "language": "bpnn"}}}))
    assert subprocess.run([BPSH, "run", str(path)], timeout=PATIENCE).returncode == 0


def tagged(tag, source):
    return new_code_cell(source, metadata={"tags": [tag]})


def counts(notebook):
    return [cell.get("execution_count") for cell in notebook.cells]


def test_outputs_are_written_back(run):
    status, said, notebook = run(["x = 2", new_markdown_cell("# title"), "", "print('a')\nx", "plot([1, 2])"])
    assert status == 0
    assert counts(notebook) == [1, None, None, 2, 3]
    assert [output.output_type for output in notebook.cells[3].outputs] == ["stream", "execute_result"]
    assert set(notebook.cells[4].outputs[0].data) >= {"image/svg+xml", "text/plain"}
    assert notebook.metadata.kernelspec.name == notebook.metadata.language_info.name == "bp"
    assert [line.split("   ")[0] for line in said.splitlines()[:3]] == ["cell 1 of 3", "cell 2 of 3", "cell 3 of 3"]
    assert max(map(len, said.splitlines()[:3])) <= 60


def test_running_again_changes_nothing(run, tmp_path):
    run(["x = 2", "plot([1, x])"])
    before = (tmp_path / "a b.ipynb").read_bytes()
    run(None)
    assert (tmp_path / "a b.ipynb").read_bytes() == before


def test_the_first_error_ends_the_run(run):
    status, said, notebook = run(["1 + 1", "1 / 0", "3"])
    assert status == 1
    assert "ZeroDivisionError" in said and "cell 2:1" in said
    assert counts(notebook) == [1, 2, None]
    assert notebook.cells[1].outputs[0].ename == "ZeroDivisionError"
    status, said, notebook = run([tagged("raises-exception", "1 / 0"), "3"])
    assert (status, counts(notebook)) == (0, [1, 2])
    assert "ZeroDivisionError" not in said
    status, said, notebook = run(["1 / 0", tagged("skip-execution", "1 / 0"), "3"], "--allow-errors", "--quiet")
    assert (status, counts(notebook)) == (0, [1, None, 2])
    assert said.startswith("ZeroDivisionError") and "cell 1 of" not in said


def test_nobody_is_asked(run):
    status, said, _ = run(["input('name? ')"])
    assert status == 1
    assert "nobody can be asked for input here" in said


def test_a_program_may_end_itself(run):
    status, _, notebook = run(["print(1)", "exit(4)", "3"])
    assert (status, counts(notebook)) == (4, [1, 2, None])


def test_parameters(run, tmp_path):
    (tmp_path / "p.json").write_text('{"n": [1, 2], "rate": 7}')
    cells = [tagged("parameters", "rate = 1\nn = 2\nname = 'a'"), "rate, n, name"]
    status, said, notebook = run(cells, "-f", "p.json", "-p", "rate=0.5", "-r", "name=3")
    assert status == 0
    assert notebook.cells[2].outputs[0].data["text/plain"] == "(0.5, [1, 2], '3')"
    status, said, notebook = run(None, "-p", "rte=9")
    assert len(notebook.cells) == 3
    assert "has no rte; did you mean rate?" in said


def test_paths_start_at_the_notebook(run, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/t.txt").write_text("found")
    cell = new_code_cell("print(read_text('t.txt'))")
    (tmp_path / "deep/n.ipynb").write_text(nbformat.writes(new_notebook(cells=[cell])))
    done = subprocess.run(
        [BPSH, "run", "deep/n.ipynb", "-o", "-"], cwd=tmp_path, capture_output=True, timeout=PATIENCE, check=True)
    assert nbformat.reads(done.stdout.decode(), 4).cells[0].outputs[0].text == "found\n"


def test_links_and_permissions_stay(run, tmp_path):
    run(["1"])
    path = tmp_path / "a b.ipynb"
    path.rename(tmp_path / "real.ipynb")
    (tmp_path / "real.ipynb").chmod(0o600)
    path.symlink_to("real.ipynb")
    assert run(None)[0] == 0
    assert path.is_symlink()
    assert (tmp_path / "real.ipynb").stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a b.ipynb", "real.ipynb"]


@pytest.mark.parametrize("content, said", [
    (b"", "it is not JSON"), (b"{", "it is not JSON"), (b"\xff", "not a text in UTF-8"), (b"[]", "it has no nbformat"),
    (b'{"nbformat": 3, "worksheets": []}', "it is of nbformat 3\n  help: jupyter nbconvert"),
    (b'{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "python"}}}', "its cells are in python"),
    (b"[" * 1_000_000, "nested too deeply"),
])
def test_what_is_no_notebook_stays_as_it_is(run, tmp_path, content, said):
    path = tmp_path / "n.ipynb"
    path.write_bytes(content)
    done = subprocess.run([BPSH, "run", str(path)], capture_output=True, encoding="utf-8", timeout=PATIENCE)
    assert done.returncode == 2
    assert said in done.stderr
    assert path.read_bytes() == content


def test_mistakes_are_told_before_anything_runs(run, tmp_path):
    for words, said in [
        (["-o", "none/x.ipynb"], "cannot write to the folder none"), (["-o", "."], "is a folder, not a file"),
        (["-f", "p.json"], "there is no file p.json"), (["-p", "x"], "a parameter is written name=value"),
    ]:
        status, errors, notebook = run(["print(1)"], *words)
        assert (status, counts(notebook)) == (2, [None])
        assert said in errors
    done = subprocess.run([BPSH, "a b.ipynb"], capture_output=True, encoding="utf-8", timeout=PATIENCE, cwd=tmp_path)
    assert (done.returncode, "bpsh run 'a b.ipynb'" in done.stderr) == (2, True)
    done = subprocess.run([BPSH, "run", "a b"], capture_output=True, encoding="utf-8", timeout=PATIENCE, cwd=tmp_path)
    assert "did you mean" in done.stderr


# A batch system that stops a job sends SIGTERM.
@pytest.mark.parametrize("sent, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_keeps_what_was_done(tmp_path, sent, status):
    path = tmp_path / "n.ipynb"
    cells = ["x = 1\nx", "print('begun')\nwrite_text('begun', '')\nwhile True:\n    x += 1", "x"]
    path.write_text(nbformat.writes(new_notebook(cells=[new_code_cell(cell) for cell in cells])))
    process = subprocess.Popen([BPSH, "run", str(path)], stderr=subprocess.PIPE, encoding="utf-8")
    # The second cell's line comes when it ends, so its first sign is a file.
    while not (tmp_path / "begun").exists():
        assert process.poll() is None
        os.sched_yield()
    process.send_signal(sent)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == status
    assert "KeyboardInterrupt" in said
    notebook = nbformat.read(path, 4)
    assert counts(notebook) == [1, 2, None]
    assert [output.output_type for output in notebook.cells[1].outputs] == ["stream", "error"]
