"""The layers of layers.json: settings, shapes, and what PyTorch makes of them, with weights in bp's layouts."""

import math

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


def each(size, dimensions):
    return list(size) if isinstance(size, list) else [size] * dimensions


def pads(s, size, images, word):
    """What stands before and after images in each dimension, the last first, as F.pad takes it."""
    n = len(images)
    stride, dilation = each(s.get("stride", 1 if "filters" in s else size), n), each(s.get("dilation", 1), n)
    padding = s.get("padding", word)
    flat = []
    for i in reversed(range(n)):
        if padding == "same":
            places = -(-images[i] // stride[i])
            total = max(0, (places - 1) * stride[i] + (size[i] - 1) * dilation[i] + 1 - images[i])
            flat += [total // 2, total - total // 2]
        else:
            flat += [0 if padding == "valid" else each(padding, n)[i]] * 2
    return flat


def conv(x, p, s):
    n = x.dim() - 2
    x = F.pad(x, pads(s, each(s["size"], n), x.shape[2:], "same"))
    return {"relu": F.relu, None: lambda z: z}[s.get("activation")](
        [F.conv1d, F.conv2d][n - 1](
            x, p["weight"], p.get("bias"), stride=s.get("stride", 1), dilation=s.get("dilation", 1), groups=s.get("groups", 1)
        )
    )


def conv_transpose(x, p, s):
    groups, (height, width) = s.get("groups", 1), each(s["size"], 2)
    stride, dilation = each(s.get("stride", 1), 2), s.get("dilation", 1)
    weight = torch.cat([part.transpose(0, 1) for part in p["weight"].chunk(groups)])
    padding = s.get("padding", "same")
    y = F.conv_transpose2d(
        x, weight, None, stride, 0 if isinstance(padding, str) else padding,
        output_padding=[max(0, t - ((k - 1) * dilation + 1)) for t, k in zip(stride, (height, width))] if padding == "same" else 0,
        dilation=dilation, groups=groups,
    )
    if padding == "same":
        sizes = [n * t for n, t in zip(x.shape[2:], stride)]
        top, left = [(n - m) // 2 for n, m in zip(y.shape[2:], sizes)]
        y = y[:, :, top:top + sizes[0], left:left + sizes[1]]
    return y + p["bias"][:, None, None] if "bias" in p else y


def filters(dimensions):
    return lambda x, s: {
        "weight": (s["filters"], x[1] // s.get("groups", 1), *each(s["size"], dimensions))
    } | ({"bias": (s["filters"],)} if s.get("bias", True) else {})


def pool(kind, border):
    def forward(x, p, s):
        size = each(s["size"], 2)
        x = F.pad(x, pads(s, size, x.shape[2:], "valid"), value=border)
        return kind(x, size, s.get("stride"))

    return forward


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
    "conv1d": (
        conv, filters(1),
        [((2, 3, 6), {"filters": 4, "size": 3}), ((2, 2, 7), {"filters": 2, "size": 2, "stride": 2, "activation": "relu"}),
         ((1, 4, 9), {"filters": 6, "size": 3, "padding": "valid", "dilation": 2, "groups": 2, "bias": False})],
    ),
    "conv2d": (
        conv, filters(2),
        [((2, 3, 5, 4), {"filters": 4, "size": 3}), ((2, 1, 5, 6), {"filters": 2, "size": 3, "padding": "valid"}),
         ((1, 2, 6, 5), {"filters": 3, "size": [2, 3], "stride": 2, "activation": "relu"}),
         ((2, 2, 5, 5), {"filters": 2, "size": 3, "padding": 1, "stride": [2, 1], "dilation": 2}),
         ((1, 4, 4, 4), {"filters": 6, "size": 2, "groups": 2}), ((1, 2, 4, 3), {"filters": 2, "size": 3, "padding": [2, 1], "bias": False})],
    ),
    "conv_transpose2d": (
        conv_transpose, filters(2),
        [((2, 3, 3, 4), {"filters": 2, "size": 3}), ((1, 2, 3, 3), {"filters": 3, "size": 3, "stride": 2}),
         ((1, 2, 3, 2), {"filters": 2, "size": 2, "stride": 3}), ((2, 4, 3, 3), {"filters": 6, "size": 2, "padding": "valid", "groups": 2}),
         ((1, 2, 4, 3), {"filters": 1, "size": [3, 2], "padding": 1, "stride": [2, 1], "bias": False}),
         ((1, 1, 3, 3), {"filters": 2, "size": 2, "dilation": 2, "padding": "valid"})],
    ),
    "max_pool2d": (
        pool(F.max_pool2d, -math.inf), nothing,
        [((2, 2, 4, 6), {"size": 2}), ((1, 2, 5, 5), {"size": 3, "stride": 2}), ((1, 1, 5, 4), {"size": [2, 3], "padding": "same"}),
         ((1, 2, 4, 4), {"size": 3, "stride": 1, "padding": 1})],
    ),
    "avg_pool2d": (
        pool(F.avg_pool2d, 0), nothing,
        [((2, 2, 4, 6), {"size": 2}), ((1, 2, 5, 5), {"size": 3, "stride": 2}), ((1, 1, 5, 4), {"size": [2, 3], "padding": "same"}),
         ((1, 2, 4, 4), {"size": 3, "stride": 1, "padding": 1})],
    ),
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
