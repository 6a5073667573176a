"""What the tests of JupyterLab share: a server over a module's notebooks, and a window on it in each theme."""

import json

import pytest
from lab import SHOTS, serve, window


@pytest.fixture(scope="module")
def lab(request, tmp_path_factory):
    """A JupyterLab server over the module's `NOTEBOOKS`, by their names; its address."""
    work = tmp_path_factory.mktemp("lab")
    for name, cells in request.module.NOTEBOOKS.items():
        (work / name).write_text(json.dumps(cells))
    with serve(work, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request, lab):
    """A window as wide as the module's `WIDTH`, if it has one."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with window(lab, request.param, width=getattr(request.module, "WIDTH", 1280)) as page:
        yield page
