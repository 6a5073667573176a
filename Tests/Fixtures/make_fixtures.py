"""Writes networks.json and optimisers.json: what PyTorch makes of small dense networks, in float64.

Needs PyTorch (`pip install torch`); the tests read the files alone. Run it in any folder; it writes beside itself.
Weights are given as bp has them, [inputs, units], so PyTorch's are transposed.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
HERE = Path(__file__).parent

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "gelu_tanh": lambda z: F.gelu(z, approximate="tanh"),
    "silu": F.silu,
    "softplus": F.softplus,
    "softsign": F.softsign,
    "mish": F.mish,
    # F.hardsigmoid's backward pass has a sixth in single precision whatever the type.
    "hard_sigmoid": lambda z: torch.clamp(z / 6 + 0.5, 0, 1),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softmax": lambda z: F.softmax(z, dim=-1),
    "log_softmax": lambda z: F.log_softmax(z, dim=-1),
}

LOSSES = {
    "mse": ({}, "numbers", F.mse_loss),
    "cross_entropy": ({}, "classes", F.cross_entropy),
    "cross_entropy smoothed": (
        {"label_smoothing": 0.1}, "classes", lambda p, y: F.cross_entropy(p, y, label_smoothing=0.1)
    ),
    "cross_entropy of probabilities": ({}, "probabilities", F.cross_entropy),
    "binary_cross_entropy": ({}, "probabilities", F.binary_cross_entropy_with_logits),
}

OPTIMISERS = [
    ("sgd", {"lr": 0.1}, lambda p: torch.optim.SGD(p, lr=0.1)),
    ("sgd", {"lr": 0.1, "weight_decay": 0.01}, lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.01)),
    ("sgd", {"lr": 0.1, "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    (
        "sgd", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
    ),
    ("adam", {}, lambda p: torch.optim.Adam(p)),
    (
        "adam", {"lr": 0.05, "beta1": 0.8, "beta2": 0.9, "weight_decay": 0.1},
        lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.9), weight_decay=0.1),
    ),
    ("adamw", {}, lambda p: torch.optim.AdamW(p)),
    ("adamw", {"lr": 0.05, "weight_decay": 0.1}, lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
]

STEPS = 6
INPUTS, UNITS, OUTPUTS, ROWS = 4, 5, 3, 6


def weights():
    generator = torch.Generator().manual_seed(1)
    shapes = {
        "dense1.weight": (INPUTS, UNITS), "dense1.bias": (UNITS,),
        "dense2.weight": (UNITS, OUTPUTS), "dense2.bias": (OUTPUTS,),
    }
    return {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}


def data():
    generator = torch.Generator().manual_seed(2)
    return {
        "x": torch.randn(ROWS, INPUTS, generator=generator),
        "numbers": torch.randn(ROWS, OUTPUTS, generator=generator),
        "probabilities": torch.rand(ROWS, OUTPUTS, generator=generator).softmax(dim=-1),
        "classes": torch.tensor([0, 2, 1, 1, 0, 2]),
    }


def forward(w, x, activation):
    hidden = ACTIVATIONS[activation](x @ w["dense1.weight"] + w["dense1.bias"])
    return hidden @ w["dense2.weight"] + w["dense2.bias"]


def plain(tensors):
    return {name: t.flatten().tolist() for name, t in tensors.items()}


def network_cases():
    for activation in ACTIVATIONS:
        for name, (settings, target, loss) in LOSSES.items():
            w = {key: value.requires_grad_() for key, value in weights().items()}
            d = data()
            x = d["x"].requires_grad_()
            prediction = forward(w, x, activation)
            value = loss(prediction, d[target])
            value.backward()
            yield {
                "activation": activation, "loss": name.split()[0], "settings": settings, "target": target,
                "prediction": prediction.flatten().tolist(), "value": value.item(),
                "inputGradient": x.grad.flatten().tolist(),
                "gradients": plain({key: p.grad for key, p in w.items()}),
            }


def optimiser_cases():
    for name, settings, make in OPTIMISERS:
        w = {key: value.requires_grad_() for key, value in weights().items()}
        d = data()
        optimiser = make(list(w.values()))
        losses = []
        for _ in range(STEPS):
            optimiser.zero_grad()
            value = F.cross_entropy(forward(w, d["x"], "tanh"), d["classes"])
            value.backward()
            optimiser.step()
            losses.append(value.item())
        yield {"optimiser": name, "settings": settings, "losses": losses, "weights": plain(w)}


def write(name, cases):
    content = {
        "torch": torch.__version__.split("+")[0],
        "weights": plain(weights()),
        "data": {key: value.flatten().tolist() for key, value in data().items() if key != "classes"},
        "classes": data()["classes"].tolist(),
        "cases": list(cases),
    }
    (HERE / name).write_text(json.dumps(content, separators=(",", ":")).replace('{"activation"', '\n{"activation"') + "\n")


if __name__ == "__main__":
    write("networks.json", network_cases())
    write("optimisers.json", optimiser_cases())
