"""The layers of layers.json: settings, shapes, and what PyTorch makes of them, with weights in bp's layouts."""

import torch
from torch.nn import functional as F

GENERATOR = torch.Generator()


def numbers(*shape):
    return torch.randn(shape, generator=GENERATOR, dtype=torch.float64)


def dense(x, p, s):
    return {"relu": F.relu, "tanh": torch.tanh, None: lambda z: z}[s.get("activation")](x @ p["weight"] + p.get("bias", 0))


def batch_norm(x, p, s, training=False):
    return F.batch_norm(
        x, p["running_mean"], p["running_variance"], p["scale"], p["shift"], training, s.get("momentum", 0.1), s.get("eps", 1e-5)
    )


def attention(x, p, s):
    def linear(x, part):
        return x @ p[part + "_weight"] + p.get(part + "_bias", 0)

    batch, time, features = x.shape
    q, k, v = (
        linear(x, part).view(batch, time, s["heads"], -1).transpose(1, 2) for part in ["query", "key", "value"]
    )
    mixed = F.scaled_dot_product_attention(q, k, v, is_causal=s.get("causal", False))
    return linear(mixed.transpose(1, 2).reshape(batch, time, features), "output")


def recurrent(kind, gates, states):
    def forward(x, p, s):
        directions = ["", "reverse_"] if s.get("bidirectional") else [""]
        bias = s.get("bias", True)
        flat = []
        for d in directions:
            flat += [p[d + "input_weight"].T, p[d + "hidden_weight"].T]
            if bias:
                flat += [p[d + "input_bias"], p[d + "hidden_bias"]]
        zeros = torch.zeros(len(directions), x.shape[0], s["units"])
        start = (zeros, zeros) if states == 2 else zeros
        out, *last = kind(x, start, flat, bias, 1, 0.0, False, len(directions) == 2, True)
        return out if s.get("return_sequences") else last[0].transpose(0, 1).flatten(1)

    def weights(x, s):
        shapes = {}
        for d in ["", "reverse_"] if s.get("bidirectional") else [""]:
            shapes[d + "input_weight"] = (x[-1], gates * s["units"])
            shapes[d + "hidden_weight"] = (s["units"], gates * s["units"])
            if s.get("bias", True):
                shapes[d + "input_bias"] = shapes[d + "hidden_bias"] = (gates * s["units"],)
        return shapes

    return forward, weights


def normal(axis):
    return lambda x, s: {"scale": (x[axis],), "shift": (x[axis],)}


def running(x, s):
    return {name: (x[1],) for name in ["scale", "shift", "running_mean", "running_variance"]}


def attention_weights(x, s):
    parts = ["query", "key", "value", "output"]
    shapes = {part + "_weight": (x[-1], x[-1]) for part in parts}
    return shapes | ({part + "_bias": (x[-1],) for part in parts} if s.get("bias", True) else {})


def nothing(x, s):
    return {}


# By kind: what it computes, the shapes of its weights, and the cases: the input's shape and the settings.
LAYERS = {
    "dense": (
        dense,
        lambda x, s: {"weight": (x[-1], s["units"])} | ({"bias": (s["units"],)} if s.get("bias", True) else {}),
        [((3, 4), {"units": 2}), ((3, 4), {"units": 5, "activation": "relu", "bias": False}),
         ((2, 3, 4), {"units": 3, "activation": "tanh"})],
    ),
    "activation": (lambda x, p, s: torch.tanh(x), nothing, [((3, 4), {"activation": "tanh"})]),
    # Outside training; what it draws in training has tests of its own.
    "dropout": (lambda x, p, s: x * 1, nothing, [((3, 4), {"p": 0.5})]),
    "flatten": (lambda x, p, s: x.flatten(1), nothing, [((2, 3, 4), {}), ((2, 5), {})]),
    "reshape": (
        lambda x, p, s: x.reshape(x.shape[0], *s["shape"]), nothing,
        [((2, 12), {"shape": [3, 4]}), ((2, 3, 4), {"shape": [2, -1]})],
    ),
    "global_avg_pool": (lambda x, p, s: x.flatten(2).mean(2), nothing, [((2, 3, 4, 5), {}), ((2, 3, 4), {})]),
    "batch_norm": (
        batch_norm, running,
        [((5, 3), {}), ((4, 3), {"momentum": 0.4, "eps": 0.01}), ((3, 2, 4, 5), {}), ((3, 2, 4), {})],
    ),
    "layer_norm": (
        lambda x, p, s: F.layer_norm(x, x.shape[-1:], p["scale"], p["shift"], s.get("eps", 1e-5)), normal(-1),
        [((3, 4), {}), ((2, 3, 5), {"eps": 0.01})],
    ),
    "group_norm": (
        lambda x, p, s: F.group_norm(x, s["groups"], p["scale"], p["shift"], s.get("eps", 1e-5)), normal(1),
        [((3, 6), {"groups": 3}), ((2, 4, 3, 5), {"groups": 2}), ((2, 4, 3), {"groups": 1, "eps": 0.1})],
    ),
    "embedding": (
        lambda x, p, s: F.embedding(x, p["weight"]), lambda x, s: {"weight": (s["count"], s["units"])},
        [((3, 4), {"count": 5, "units": 2}), ((2, 1), {"count": 3, "units": 4})],
    ),
    "positional": (
        lambda x, p, s: x + p["weight"][: x.shape[1]], lambda x, s: {"weight": (s.get("count", x[1]), x[2])},
        [((2, 3, 4), {}), ((2, 3, 4), {"count": 5})],
    ),
    "attention": (
        attention, attention_weights,
        [((2, 5, 4), {"heads": 2}), ((2, 4, 6), {"heads": 3, "causal": True}), ((1, 3, 4), {"heads": 1, "bias": False})],
    ),
    "rnn": (*recurrent(torch.rnn_tanh, 1, 1), None),
    "lstm": (*recurrent(torch.lstm, 4, 2), None),
    "gru": (*recurrent(torch.gru, 3, 1), None),
}

SERIES = [
    ((2, 5, 3), {"units": 4}), ((2, 4, 3), {"units": 2, "return_sequences": True}),
    ((3, 3, 2), {"units": 3, "bidirectional": True}), ((2, 1, 3), {"units": 3}),
    ((2, 4, 3), {"units": 2, "return_sequences": True, "bidirectional": True, "bias": False}),
]


def case(kind, shape, settings, training):
    forward, weights, _ = LAYERS[kind]
    x = torch.randint(settings["count"], shape, generator=GENERATOR) if kind == "embedding" else numbers(*shape).requires_grad_()
    p = {name: numbers(*size) for name, size in weights(shape, settings).items()}
    state = {name: p[name].abs() + 0.5 for name in p if name.startswith("running")}
    p |= state
    given = {name: value.clone() for name, value in p.items()}
    for name in p.keys() - state.keys():
        p[name].requires_grad_()
    y = forward(x, p, settings, training=True) if training else forward(x, p, settings)
    upstream = numbers(*y.shape)
    (y * upstream).sum().backward()
    flat = lambda t: t.detach().flatten().tolist()
    return {
        "kind": kind, "settings": settings, "training": training, "shape": list(shape), "x": flat(x),
        "parameters": {name: flat(value) for name, value in given.items()}, "outputShape": list(y.shape), "y": flat(y),
        "upstream": flat(upstream), "inputGradient": flat(x.grad) if x.is_floating_point() else [],
        "gradients": {name: flat(p[name].grad) for name in p if name not in state},
        "state": {name: flat(p[name]) for name in state} if training else {},
    }


def layer_cases():
    GENERATOR.manual_seed(3)
    for kind, (_, _, cases) in LAYERS.items():
        for shape, settings in cases or SERIES:
            yield case(kind, shape, settings, training=False)
            if kind == "batch_norm":
                yield case(kind, shape, settings, training=True)
