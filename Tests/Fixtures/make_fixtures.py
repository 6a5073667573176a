"""Writes networks.json, optimisers.json, layers.json and algebra.json: what PyTorch makes of networks, layers and matrices, in float64.

Needs PyTorch (`pip install torch`); the tests read the files alone. Run it in any folder; it writes beside itself.
Weights are given as bp has them, [inputs, units], so PyTorch's are transposed.
"""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

from layer_cases import layer_cases

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
    "cross_entropy of probabilities, smoothed": (
        {"label_smoothing": 0.3}, "probabilities", lambda p, y: F.cross_entropy(p, y, label_smoothing=0.3)
    ),
    "binary_cross_entropy": ({}, "probabilities", F.binary_cross_entropy_with_logits),
    "binary_cross_entropy of labels": ({}, "labels", F.binary_cross_entropy_with_logits),
}

# These with one activation only.
FURTHER_LOSSES = {
    "mae": ({}, "numbers", F.l1_loss),
    "huber": ({}, "numbers", F.huber_loss),
    "huber, small delta": ({"delta": 0.3}, "numbers", lambda p, y: F.huber_loss(p, y, delta=0.3)),
    "nll": ({}, "classes", F.nll_loss),
    "nll of probabilities": ({}, "probabilities", lambda p, y: -(p * y).sum(-1).mean()),
    "hinge": ({}, "labels", lambda p, y: F.relu(1 - (2 * y - 1) * p).mean()),
    "hinge of classes": ({}, "classes", F.multi_margin_loss),
    "kl_divergence": ({}, "probabilities", lambda p, y: F.kl_div(p, y, reduction="batchmean")),
    "kl_divergence of labels": ({}, "labels", lambda p, y: F.kl_div(p, y, reduction="batchmean")),
    "cosine_loss": ({}, "numbers", lambda p, y: 1 - F.cosine_similarity(p, y).mean()),
}

class Lion(torch.optim.Optimizer):
    """X. Chen and others, "Symbolic discovery of optimization algorithms", 2023, algorithm 2; PyTorch has none."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = (m * group["betas"][0] + p.grad * (1 - group["betas"][0])).sign()
                p -= group["lr"] * (update + group["weight_decay"] * p)
                m.mul_(group["betas"][1]).add_(p.grad, alpha=1 - group["betas"][1])


KINDS = {
    "sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad, "adadelta": torch.optim.Adadelta, "lion": Lion, "rprop": torch.optim.Rprop,
}

# The optimiser, its settings, and what training does around it: clip, clipValue, l1, a factor on the rate that is
# multiplied with itself at each step, rates of their own.
OPTIMISERS = [
    ("sgd", {}, {}),
    ("sgd", {"lr": 0.1}, {}),
    ("sgd", {"lr": 0.1, "weight_decay": 0.01}, {}),
    ("sgd", {"lr": 0.1, "momentum": 0.9}, {}),
    ("sgd", {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.1}, {}),
    ("sgd", {"lr": 0.1, "momentum": 0.9, "nesterov": True}, {}),
    ("sgd", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}, {}),
    ("sgd", {"lr": 0.1, "momentum": 0.9}, {"clip": 0.3}),
    ("sgd", {"lr": 0.1}, {"clipValue": 0.02}),
    ("sgd", {"lr": 0.1, "momentum": 0.5}, {"l1": 0.05}),
    ("sgd", {"lr": 0.1, "momentum": 0.9}, {"factor": 0.7}),
    ("sgd", {"lr": 0.1}, {"rates": {"dense1": 0.01, "dense2.bias": 0.5}}),
    ("adam", {}, {}),
    ("adam", {"lr": 0.05, "eps": 0.01}, {}),
    ("adam", {"lr": 0.05, "weight_decay": 0.1}, {}),
    ("adam", {"lr": 0.05, "beta1": 0.8, "beta2": 0.9, "weight_decay": 0.1}, {}),
    ("adam", {"lr": 0.05}, {"factor": 0.7, "clip": 0.3}),
    ("adamw", {}, {}),
    ("adamw", {"lr": 0.05, "weight_decay": 0}, {}),
    ("adamw", {"lr": 0.05, "weight_decay": 0.1}, {}),
    ("adamw", {"lr": 0.05, "eps": 0.01, "beta1": 0.8}, {"factor": 0.7}),
    ("rmsprop", {}, {}),
    ("rmsprop", {"lr": 0.05, "alpha": 0.8, "momentum": 0.9, "eps": 0.01}, {}),
    ("rmsprop", {"lr": 0.05, "alpha": 0.9, "centered": True, "weight_decay": 0.1}, {"factor": 0.7}),
    ("rmsprop", {"lr": 0.02, "momentum": 0.5, "centered": True}, {"clip": 0.3}),
    ("adagrad", {}, {}),
    ("adagrad", {"lr": 0.3, "lr_decay": 0.2, "initial_accumulator": 0.1, "eps": 0.01, "weight_decay": 0.1}, {"factor": 0.9}),
    ("adadelta", {}, {}),
    ("adadelta", {"lr": 0.5, "rho": 0.7, "eps": 0.001, "weight_decay": 0.1}, {"factor": 0.9}),
    ("lion", {}, {}),
    ("lion", {"lr": 0.03, "beta1": 0.8, "beta2": 0.9, "weight_decay": 0.1}, {"factor": 0.8}),
    ("rprop", {}, {}),
    ("rprop", {"lr": 0.1, "eta_minus": 0.3, "eta_plus": 1.6, "step_min": 0.05, "step_max": 0.4}, {}),
    ("rprop", {"lr": 0.3}, {"rates": {"dense1": 0.01, "dense2.bias": 0.5}}),
]

STEPS = 10
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
        "labels": torch.randint(2, (ROWS, OUTPUTS), generator=generator).double(),
        "classes": torch.tensor([0, 2, 1, 1, 0, 2]),
    }


def forward(w, x, activation):
    hidden = ACTIVATIONS[activation](x @ w["dense1.weight"] + w["dense1.bias"])
    return hidden @ w["dense2.weight"] + w["dense2.bias"]


def plain(tensors):
    return {name: t.flatten().tolist() for name, t in tensors.items()}


def network_cases():
    for activation in ACTIVATIONS:
        for name, (settings, target, loss) in (LOSSES | (FURTHER_LOSSES if activation == "tanh" else {})).items():
            w = {key: value.requires_grad_() for key, value in weights().items()}
            d = data()
            x = d["x"].requires_grad_()
            prediction = forward(w, x, activation)
            value = loss(prediction, d[target])
            value.backward()
            yield {
                "activation": activation, "loss": name.split()[0].strip(","), "settings": settings, "target": target,
                "prediction": prediction.flatten().tolist(), "value": value.item(),
                "inputGradient": x.grad.flatten().tolist(),
                "gradients": plain({key: p.grad for key, p in w.items()}),
            }


def optimiser(kind, settings, rates, w):
    settings = dict(settings)
    if "beta1" in settings:
        settings["betas"] = (settings.pop("beta1"), settings.pop("beta2", 0.999))
    if "eta_minus" in settings:
        settings["etas"] = (settings.pop("eta_minus"), settings.pop("eta_plus"))
        settings["step_sizes"] = (settings.pop("step_min"), settings.pop("step_max"))
    if "initial_accumulator" in settings:
        settings["initial_accumulator_value"] = settings.pop("initial_accumulator")
    groups = [
        {"params": [value]} | ({"lr": rates[name]} if name in rates else {})
        for key, value in w.items() for name in [key if key in rates else key.split(".")[0]]
    ]
    return KINDS[kind](groups, **settings)


def optimiser_cases():
    for name, settings, around in OPTIMISERS:
        w = {key: value.requires_grad_() for key, value in weights().items()}
        d = data()
        chosen = optimiser(name, settings, around.get("rates", {}), w)
        schedule = torch.optim.lr_scheduler.LambdaLR(chosen, lambda step: around.get("factor", 1) ** step)
        losses = []
        for _ in range(STEPS):
            chosen.zero_grad()
            value = F.cross_entropy(forward(w, d["x"], "tanh"), d["classes"])
            value.backward()
            if "clip" in around:
                torch.nn.utils.clip_grad_norm_(w.values(), around["clip"])
            if "clipValue" in around:
                torch.nn.utils.clip_grad_value_(w.values(), around["clipValue"])
            for p in w.values():
                p.grad += around.get("l1", 0) * p.detach().sign()
            chosen.step()
            schedule.step()
            losses.append(value.item())
        yield {"optimiser": name, "settings": settings, **around, "losses": losses, "weights": plain(w)}


def write(name, cases):
    content = {
        "torch": torch.__version__.split("+")[0],
        "weights": plain(weights()),
        "data": {key: value.flatten().tolist() for key, value in data().items() if key != "classes"},
        "classes": data()["classes"].tolist(),
        "cases": list(cases),
    }
    text = json.dumps(content, separators=(",", ":"))
    for case in ['{"activation"', '{"optimiser"']:
        text = text.replace(case, "\n" + case)
    (HERE / name).write_text(text + "\n")


# Each with its operands; results that are fixed up to a sign or a turn are squared or multiplied to what is not.
ALGEBRA = {
    "det": ("square", lambda a: torch.linalg.det(a)),
    "inv": ("square", lambda a: torch.linalg.inv(a)),
    "solve": ("square right", lambda a, b: torch.linalg.solve(a, b)),
    "pinv": ("wide", lambda a: torch.linalg.pinv(a)),
    "pinv of tall": ("tall", lambda a: torch.linalg.pinv(a)),
    "lstsq": ("tall tallRight", lambda a, b: torch.linalg.lstsq(a, b).solution),
    "cholesky": ("definite", lambda a: torch.linalg.cholesky(a)),
    "qr": ("tall", lambda a: torch.cat([t.square().flatten() for t in torch.linalg.qr(a)])),
    "qr of wide": ("wide", lambda a: torch.cat([t.square().flatten() for t in torch.linalg.qr(a)])),
    "svd": ("tall", lambda a: torch.cat([t.square().flatten() for t in torch.linalg.svd(a, full_matrices=False)])),
    "svd of wide": ("wide", lambda a: torch.cat([t.square().flatten() for t in torch.linalg.svd(a, full_matrices=False)])),
    "eigh": ("definite", lambda a: torch.cat([t.square().flatten() for t in torch.linalg.eigh(a)])),
    "cov": ("wide", lambda a: torch.cov(a[0])),
}


def matrices():
    generator = torch.Generator().manual_seed(3)
    shapes = {"square": (2, 3, 3), "right": (2, 3, 2), "wide": (2, 2, 4), "tall": (2, 4, 3), "tallRight": (2, 4, 2)}
    made = {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}
    half = torch.randn(2, 3, 3, generator=generator)
    return made | {"definite": half @ half.mT + torch.diag(torch.tensor([0.5, 1.0, 2.0]))}


def algebra_cases():
    for name, (operands, function) in ALGEBRA.items():
        given = [matrices()[operand].requires_grad_() for operand in operands.split()]
        value = function(*given)
        weights = torch.cos(torch.arange(value.numel())).reshape(value.shape)
        first = torch.autograd.grad((value * weights).sum(), given, create_graph=True)
        second = torch.autograd.grad(sum(g.square().sum() for g in first), given)
        yield {
            "operation": name.split()[0], "operands": operands.split(), "value": value.flatten().tolist(),
            "gradients": [g.flatten().tolist() for g in first], "second": [g.flatten().tolist() for g in second],
        }


def write_algebra():
    made = {name: {"shape": list(t.shape), "numbers": t.flatten().tolist()} for name, t in matrices().items()}
    content = {"torch": torch.__version__.split("+")[0], "matrices": made, "cases": list(algebra_cases())}
    text = json.dumps(content, separators=(",", ":")).replace('{"operation"', '\n{"operation"')
    (HERE / "algebra.json").write_text(text + "\n")


if __name__ == "__main__":
    write_algebra()
    write("networks.json", network_cases())
    write("optimisers.json", optimiser_cases())
    cases = ",\n".join(json.dumps(case, separators=(",", ":")) for case in layer_cases())
    (HERE / "layers.json").write_text("[\n" + cases + "\n]\n")
