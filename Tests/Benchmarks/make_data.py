#!/usr/bin/env python3
"""Writes the batches and starting parameters of every workload of peers.py for bp, with peers.py's own functions.

    make_data.py                # all of them, into Tests/Benchmarks/workloads/data
    make_data.py xor spirals    # those

One `.npz` file a workload. Parameters lie in bp's layouts and have the names that they have in the network; the batches of
a trained network stand one behind the other in `x` and `y`, so that training without shuffling goes through them in their
cycle.
"""

import pathlib
import sys

import numpy as np

import peers

FOLDER = pathlib.Path(__file__).resolve().parent / "workloads" / "data"


def dense(p, name, number):
    """A dense layer, whose weights bp keeps as [inputs, outputs]."""
    return {f"dense{number}.weight": p[name + ".w"].T, f"dense{number}.bias": p[name + ".b"]}


def layers(p, count):
    return {k: v for i in range(count) for k, v in dense(p, f"l{i}", i + 1).items()}


def xor(p):
    return layers(p, 2)


def three(p):
    return layers(p, 3)


def conv28(p):
    d = {}
    for i in range(2):
        d[f"conv2d{i + 1}.weight"], d[f"conv2d{i + 1}.bias"] = p[f"c{i}.w"], p[f"c{i}.b"]
    return d | layers(p, 2)


def lstm(p):
    return {"lstm1.input_weight": p["wx"].T, "lstm1.hidden_weight": p["wh"].T, "lstm1.input_bias": p["bx"],
            "lstm1.hidden_bias": p["bh"]} | dense(p, "head", 1)


def deepnorm(p):
    d = layers(p, 20)
    for i in range(20):
        d[f"batch_norm{i + 1}.scale"], d[f"batch_norm{i + 1}.shift"] = p[f"n{i}.g"], p[f"n{i}.b"]
        d[f"batch_norm{i + 1}.running_mean"] = np.zeros(256, "f4")
        d[f"batch_norm{i + 1}.running_variance"] = np.ones(256, "f4")
    return d | dense(p, "head", 21)


def transformer(p):
    d = {"embedding1.weight": p["E"], "positional1.weight": p["P"]}
    for k in range(2):
        first, second = f"residual{2 * k + 1}.", f"residual{2 * k + 2}."
        weights, biases = np.split(p[f"{k}.qkv.w"], 3), np.split(p[f"{k}.qkv.b"], 3)
        for part, w, b in zip(("query", "key", "value", "output"), weights + [p[f"{k}.proj.w"]], biases + [p[f"{k}.proj.b"]]):
            d[f"{first}attention1.{part}_weight"], d[f"{first}attention1.{part}_bias"] = w.T, b
        for prefix, norm in ((first, "n1"), (second, "n2")):
            d[prefix + "layer_norm1.scale"], d[prefix + "layer_norm1.shift"] = p[f"{k}.{norm}.g"], p[f"{k}.{norm}.b"]
        d |= {second + name: v for name, v in (dense(p, f"{k}.up", 1) | dense(p, f"{k}.down", 2)).items()}
    d["layer_norm1.scale"], d["layer_norm1.shift"] = p["nf.g"], p["nf.b"]
    return d | dense(p, "head", 1)


def gradscalar(p):
    return {"leaves": p["leaves"]}


PARAMETERS = {"xor": xor, "spirals": three, "digits": three, "mlp784": three, "mlp4096": three, "conv28": conv28, "lstm": lstm,
              "deepnorm": deepnorm, "transformer": transformer, "maml2": three, "gradscalar": gradscalar}


def batches(workload):
    """The batches, as bp's programs read them."""
    made = peers.Digits().epoch() if workload == "digits" else peers.batches(workload)
    if workload == "gradscalar":
        return {}
    if workload == "maml2":
        return {name: np.stack(part) for name, part in zip(("xs", "ys", "xq", "yq"), zip(*made))}
    if workload == "lstm":
        # Time comes first in peers.py, the examples in bp.
        made = [tuple(a.transpose(1, 0, 2) for a in batch) for batch in made]
    return {"x": np.concatenate([b[0] for b in made]), "y": np.concatenate([b[1] for b in made])}


def write(workload):
    arrays = PARAMETERS[workload](peers.params(workload)) | batches(workload)
    FOLDER.mkdir(exist_ok=True)
    np.savez(FOLDER / f"{workload}.npz", **{k: np.ascontiguousarray(v) for k, v in arrays.items()})


if __name__ == "__main__":
    for workload in sys.argv[1:] or peers.WORKLOADS:
        write(workload)
