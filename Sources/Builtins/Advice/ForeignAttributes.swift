import Execution

/// Attributes and methods that such values have in PyTorch, Keras and NumPy: the attribute here, or advice.
enum ForeignAttributes {
  static let table: [String: [String: String]] = [
    "network": [
      "train": "train(net, data, loss=…, optimizer=…) trains; there is no training mode to switch on",
      "eval": "nothing to switch off: net(x) is inference; delete this line",
      "fit": "train(net, data, loss=…, optimizer=…)", "compile": "loss and optimizer are given to train(net, data, …)",
      "evaluate": "evaluate(net, data, loss=…, metrics=[accuracy])", "predict": "predict(net, x)", "forward": "net(x)",
      "zero_grad": zeroGrad, "backward": "backward(loss)", "weights": "parameters", "trainable_variables": "parameters",
      "state_dict": "parameters", "named_parameters": "parameters", "get_weights": "net.parameters is a dictionary by path",
      "num_params": count, "n_params": count, "num_parameters": count, "count_params": count,
      "add": "the layers are given at once: network(dense(8, relu), dense(1)), or network(*layers)",
      "append": "the layers are given at once: network(dense(8, relu), dense(1)), or network(*layers)",
      "to": "leave it out: networks live in memory, precision(\"float64\") sets their type", "cuda": "leave it out",
      "cpu": "leave it out", "parameters()": "net.parameters is a dictionary, without brackets",
      "shape": "net.summary() shows the shapes",
      "freeze": "freeze(net)", "copy": "copy(net)", "loss": "a loss belongs to a run: run.loss",
      "history": "run = train(…) keeps it: run.loss",
      "plot": "draw(net)", "draw": "draw(net)", "grad": "grad(loss, net) gives a dictionary by path",
    ],
    "layer": [
      "weights": "weight", "kernel": "weight", "w": "weight", "W": "weight", "b": "bias", "biases": "bias",
      "in_features": "net.summary() shows the sizes", "out_features": "net.summary() shows the sizes",
      "units": "net.summary() shows the sizes", "parameters": "a layer's are .weight and .bias; net.parameters lists all",
      "grad": "each weight has one: net.dense1.weight.grad",
    ],
    "optimizer": [
      "zero_grad": zeroGrad, "step": "optimizer.update(net, grad(loss, net))", "learning_rate": "lr",
      "minimize": "optimizer.update(net, grad(loss, net))", "apply_gradients": "optimizer.update(net, grads)",
      "apply": "optimizer.update(net, grads)", "param_groups": "rates of one's own: adam(0.01, rates={\"dense1\": 0.1})",
    ],
    "tensor": [
      "backward": "backward(loss), or grad(loss, net)", "view": "x.reshape(…)", "numpy": tensorAlready,
      "detach": "stop_gradient(x)",
      "cpu": "leave it out", "cuda": "leave it out", "requires_grad": "what is trained is a parameter: parameter(x)",
      "requires_grad_": "what is trained is a parameter: parameter(x)", "unsqueeze": "x[:, None] adds a dimension",
      "permute": "x.transpose(…)", "astype": "x.to(\"float64\")", "float": "x.to(\"float32\")", "double": "x.to(\"float64\")",
      "long": "x.to(\"int64\")", "int": "x.to(\"int64\")", "bool": "x.to(\"bool\")", "ndim": "rank", "dim": "rank",
      "numel": "x.size is a number, without brackets", "clone": "copy(x); b = a is a copy already",
      "copy": "copy(x); b = a is a copy already",
      "append": "a tensor has a fixed size: gather numbers in a list, or concat([a, b])", "ravel": "flatten",
      "normalize": "x / x.norm(); a dataset: standardize(data)", "data": "a tensor is its own data",
      "add_": inPlace, "mul_": inPlace, "sub_": inPlace, "zero_": inPlace, "t": "T", "mm": "x @ y", "matmul": "x @ y",
      "power": "x ** 2", "pow": "x ** 2",
      "length": "len(x), or x.shape", "len": "len(x), or x.shape", "index": "argmax, or a mask: x[x > 0]", "fill_": inPlace,
      "values": tensorAlready,
    ],
    "dataset": [
      "data": "x", "inputs": "x", "X": "x", "target": "y", "targets": "y", "labels": "y", "target_names": "classes",
      "class_names": "classes", "feature_names": "features", "columns": "features", "shape": "data.x.shape", "head": "take",
      "train_test_split": "split", "batch": "batches", "standardize": "standardize(data)", "normalize": "standardize(data)",
      "scale": "standardize(data)", "info": "describe", "size": "len(data)", "len": "len(data)", "iloc": "data[3:7] takes rows",
      "test": "train_set, test = data.split(0.8, seed=0)", "train": "train_set, test = data.split(0.8, seed=0)",
      "fit": "train(net, data, loss=…, optimizer=…)",
    ],
    "run": [
      "val_loss": "validation_loss", "train_loss": "loss", "losses": "loss", "loss_history": "loss",
      "history": "run.loss, run.metrics[\"accuracy\"]",
      "accuracy": "run.metrics[\"accuracy\"], if train was given metrics=[accuracy]",
      "acc": "run.metrics[\"accuracy\"], if train was given metrics=[accuracy]",
      "val_accuracy": "run.metrics[\"accuracy\"] is of the validation data", "metric": "metrics", "lr": "learning_rate",
      "rate": "learning_rate",
      "epoch": "epochs", "time": "seconds", "duration": "seconds",
      "net": "run.best is a network; train changed the one it was given",
      "model": "run.best is a network; train changed the one it was given",
      "network": "run.best is a network; train changed the one it was given",
      "weights": "run.best.parameters", "gradients": "gradient_norm", "grad_norm": "gradient_norm", "plot": "plot(run)",
    ],
    "figure": ["show": "show(fig)", "save": "save(fig, \"loss.svg\")", "savefig": "save(fig, \"loss.svg\")"],
    "list": [
      "push": "append", "add": "append", "length": "len(xs)", "size": "len(xs)", "len": "len(xs)", "shape": "tensor(xs).shape",
      "mean": "mean(xs)", "sum": "sum(xs)", "max": "max(xs)", "min": "min(xs)", "map": "[f(x) for x in xs]",
      "join": "\", \".join(xs)",
    ],
    "str": [
      "length": "len(s)", "len": "len(s)", "format_map": "f-strings: f\"{x:.2f}\"", "contains": "word in s", "trim": "strip",
      "append": "a string is joined with +", "toUpperCase": "upper", "toLowerCase": "lower", "includes": "word in s",
    ],
    "dict": [
      "length": "len(d)", "has_key": "key in d", "has": "key in d", "contains": "key in d", "append": "d[key] = value",
      "add": "d[key] = value", "iteritems": "items", "remove": "pop",
    ],
    "float": ["item": "it is a plain number already", "backward": "backward needs a loss with its record: leave out .item()"],
    "int": ["item": "it is a plain number already"],
  ]

  /// Why an attribute may be None; `…` stands for what is before the point.
  static let absent = [
    "grad": "no backward pass has reached …, call backward(loss) before",
    "y": "… has no targets: name the column with target=, or give dataset(x, y)",
  ]

  /// What helps where a value of a type, or the result of a method, is unpacked into another number of names.
  static let unpacking = [
    "dataset": "a dataset has .x and .y: x, y = data.x, data.y",
    "run": "train gives one run: run = train(…)",
    "split": "split(0.8) gives two parts; for three write split([0.7, 0.1, 0.2])",
    "tensor": "a tensor gives its rows; x.shape gives its sizes",
  ]

  private static let zeroGrad = "gradients are not added up: delete this line"
  private static let count = "net.summary() counts them, net.parameters lists them"
  private static let tensorAlready = "tensors are built in: x serves as it is, x.tolist() gives lists"
  private static let inPlace = "tensors are values: x = x + 1, or x += 1"
}
