"""Figures in notebooks: SVG for screens, and PNG beside it for what cannot show SVG."""

import base64
import io

import pytest
from jupyter_client.manager import start_new_kernel
from PIL import Image


@pytest.fixture(scope="module")
def client():
    manager, client = start_new_kernel(kernel_name="bp")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def outputs(client, code):
    shown = []
    client.execute_interactive(code, timeout=60, output_hook=lambda message: shown.append((message["msg_type"], message["content"])))
    return [(kind, content) for kind, content in shown if "data" in content]


def test_a_figure_is_also_a_png_in_its_own_size(client):
    [(_, content)] = outputs(client, "plot([1, 3, 2])")
    image = Image.open(io.BytesIO(base64.b64decode(content["data"]["image/png"])))
    size = content["metadata"]["image/png"]
    assert image.size == (2 * size["width"], 2 * size["height"])
    assert f'width="{size["width"]}"' in content["data"]["image/svg+xml"]
    assert image.convert("RGB").getpixel((image.width - 1, 0)) == (255, 255, 255)


def test_what_is_no_figure_has_no_picture(client):
    [(_, content)] = outputs(client, "1 + 1")
    assert set(content["data"]) == {"text/plain"} and not content["metadata"]


def test_of_a_flood_of_figures_the_first_thirty_are_pngs(client):
    shown = outputs(client, "for i in range(32): display(plot([1, i]))")
    assert ["image/png" in content["data"] for _, content in shown] == [True] * 30 + [False] * 2
    [(_, content)] = outputs(client, "plot([1, 2])")
    assert "image/png" in content["data"]


def test_of_a_training_the_last_picture_alone_is_a_png(client):
    shown = outputs(
        client,
        "net = network(input(2), dense(16, tanh), dense(1))\n"
        "done = train(net, make_xor(), loss=mse, optimizer=sgd(0.1), epochs=3000)")
    have = ["image/png" in content["data"] for _, content in shown]
    assert have[-1] and not any(have[:-1])
