"""Writes windows.json: what PyTorch makes of convolutions and pooling, in float64.

Needs PyTorch (`pip install torch`); the tests read the file alone. Run it in any folder; it writes beside itself.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)

# Kind, shape of the images, shape of the weights or size of the window, settings.
CASES = [
    ("convolution", (2, 3, 7), (4, 3, 3), {}),
    ("convolution", (2, 4, 9), (6, 2, 3), dict(stride=[2], padding=[1], dilation=[2], groups=2)),
    ("convolution", (2, 1, 5, 6), (3, 1, 3, 3), {}),
    ("convolution", (2, 3, 3, 4), (2, 3, 1, 1), {}),
    ("convolution", (2, 2, 6, 5), (3, 2, 3, 2), dict(stride=[2, 1], padding=[1, 1])),
    ("convolution", (1, 4, 6, 7), (4, 1, 3, 3), dict(padding=[2, 2], dilation=[2, 3], groups=4)),
    ("convolution", (1, 2, 2, 3), (3, 2, 4, 5), dict(padding=[2, 3], stride=[3, 2])),
    ("convolution", (2, 2, 6, 5), (3, 2, 3, 3), dict(padding=[1, 1])),
    ("transpose", (1, 3, 3, 4), (3, 2, 3, 3), {}),
    ("transpose", (1, 4, 3, 2), (4, 1, 3, 2), dict(stride=[2, 3], padding=[1, 0], output_padding=[1, 2], groups=2)),
    ("transpose", (2, 3, 6), (3, 2, 4), dict(stride=[2], dilation=[2], output_padding=[1])),
    ("max", (1, 2, 4, 6), (2, 2), dict(stride=[2, 2])),
    ("max", (1, 2, 5, 6), (3, 2), dict(stride=[2, 1], padding=[1, 1])),
    ("max", (2, 3, 9), (3,), dict(stride=[2], padding=[1])),
    ("average", (1, 2, 4, 6), (2, 2), dict(stride=[2, 2])),
    ("average", (1, 2, 5, 6), (3, 3), dict(stride=[2, 1], padding=[1, 1])),
    ("average", (2, 3, 9), (3,), dict(stride=[2])),
]


def result(kind, x, second, settings):
    flat = x.dim() == 3
    if kind == "convolution":
        return (F.conv1d if flat else F.conv2d)(x, second, **settings)
    if kind == "transpose":
        return (F.conv_transpose1d if flat else F.conv_transpose2d)(x, second, **settings)
    if kind == "max":
        return (F.max_pool1d if flat else F.max_pool2d)(x, second, **settings)
    return (F.avg_pool1d if flat else F.avg_pool2d)(x, second, **settings)


def case(number, kind, images, second, settings):
    generator = torch.Generator().manual_seed(number)
    x = torch.randn(images, generator=generator).requires_grad_()
    has_weight = kind in ("convolution", "transpose")
    weight = torch.randn(second, generator=generator).requires_grad_() if has_weight else None
    y = result(kind, x, weight if has_weight else second, settings)
    upstream = torch.randn(y.shape, generator=generator)
    y.backward(upstream)
    tensors = {"x": x, "upstream": upstream, "result": y, "xGradient": x.grad}
    if has_weight:
        tensors |= {"weight": weight, "weightGradient": weight.grad}
    return {
        "kind": kind, "size": list(second),
        "settings": {{"output_padding": "outputPadding"}.get(k, k): v for k, v in settings.items()},
        "tensors": {k: {"shape": list(t.shape), "numbers": [float(f"{v:.14g}") for v in t.flatten().tolist()]} for k, t in tensors.items()},
    }


if __name__ == "__main__":
    cases = [json.dumps(case(i, *c), separators=(",", ":")) for i, c in enumerate(CASES)]
    (Path(__file__).parent / "windows.json").write_text("[\n" + ",\n".join(cases) + "\n]\n")
