/// Keywords that functions of this kind have in Keras, PyTorch and scikit-learn: the parameter here, or advice.
enum ForeignKeywords {
  /// For a builtin by its name, and before that by its subject.
  static func table(_ name: String, _ subject: Subject) -> [String: String] {
    let common = bySubject[subject] ?? [:]
    return byName[name].map { common.merging($0) { _, own in own } } ?? common
  }

  private static let bySubject: [Subject: [String: String]] = [
    .optimiser: [
      "learning_rate": "lr", "rate": "lr", "alpha": "lr", "eta": "lr", "decay": "weight_decay", "l2": "weight_decay",
      "weight_l2": "weight_decay", "beta_1": "beta1", "beta_2": "beta2", "epsilon": "eps",
      "betas": "beta1=0.9, beta2=0.999 are given one by one",
      "params": parameters, "parameters": parameters, "clipnorm": clipping, "clip": clipping, "clipvalue": clipping,
      "amsgrad": "adam is plain Adam (Kingma and Ba 2015); leave it out",
    ],
    .layer: [
      "out_features": "units", "features": "units", "n_units": "units", "size": "units", "neurons": "units",
      "act": "activation", "fn": "activation", "func": "activation",
      "in_features": "input", "input_dim": "input", "input_shape": inputs, "input_size": "input",
      "kernel_initializer": "init", "weight_init": "init", "initializer": "init", "initialiser": "init",
      "use_bias": "bias", "bias_initializer": "biases start at 0; set them afterwards: net.dense1.bias = …",
    ],
    .figure: [
      "label": "name the line itself: plot(name=y)", "color": "lines get their colours by themselves; scatter has color=",
      "c": "scatter has color=", "figsize": "width= and height= are in pixels", "xscale": "log=\"x\"", "yscale": "log=\"y\"",
    ],
  ]

  private static let byName: [String: [String: String]] = [
    "train": [
      "lr": rate, "learning_rate": rate, "rate": rate, "momentum": rate, "weight_decay": rate,
      "opt": "optimizer", "optim": "optimizer", "optimiser": "optimizer", "loss_fn": "loss", "criterion": "loss",
      "objective": "loss", "batch_size": "batch", "batchsize": "batch", "n_epochs": "epochs", "num_epochs": "epochs",
      "iterations": "epochs", "steps": "epochs", "validation_split": "validation", "validation_data": "validation",
      "val": "validation", "val_data": "validation", "test": "validation", "metric": "metrics", "scheduler": "schedule",
      "lr_schedule": "schedule", "clip_norm": "clip", "random_state": "seed", "random_seed": "seed",
      "verbose": "progress shows by itself; bpsh --quiet leaves it out", "early_stopping": "patience",
      "callbacks": "patience=5 stops early, schedule= changes the rate, run.best is the best network",
      "class_weight": "write a loss of your own: a function of (prediction, target)",
      "x": pair, "y": pair, "targets": pair, "labels": pair,
    ],
    "evaluate": [
      "metric": "metrics", "loss_fn": "loss", "batch_size": "it is computed in parts by itself; leave it out",
      "verbose": "evaluate shows nothing by itself; leave it out", "x": pair, "y": pair,
    ],
    "predict": ["batch_size": "it is computed in parts by itself; leave it out", "verbose": "leave it out"],
    "dropout": ["rate": "p", "prob": "p", "probability": "p", "drop": "p"],
    "rnn": series, "lstm": series, "gru": series,
    "conv1d": windows, "conv2d": windows, "conv_transpose2d": windows, "max_pool2d": windows, "avg_pool2d": windows,
    "embedding": [
      "num_embeddings": "count", "input_dim": "count", "vocab_size": "count", "embedding_dim": "units", "output_dim": "units",
      "dim": "units",
    ],
    "attention": [
      "num_heads": "heads", "embed_dim": inputs, "is_causal": "causal", "use_causal_mask": "causal",
      "dropout": "dropout is a layer of its own: attention(4), dropout(0.1)",
    ],
    "batch_norm": norm, "layer_norm": norm,
    "group_norm": norm.merging(["num_groups": "groups", "num_channels": inputs]) { a, _ in a },
    "parallel": ["merge": "join", "mode": "join", "axis": "images are joined in the channels, all else in the last dimension"],
    "dense": ["n_classes": "units", "num_classes": "units", "classes": "units"],
    "split": [
      "test_size": "give the share of the first part: split(0.8)", "train_size": "shares", "ratio": "shares",
      "fraction": "shares", "share": "shares", "random_state": "seed", "shuffle": "the rows are drawn at random by seed=",
    ],
    "batches": ["batch_size": "size", "batch": "size", "shuffle": "data.shuffle().batches(32)"],
    "shuffle": ["random_state": "seed"],
    "read_csv": [
      "label": "target", "labels": "target", "y": "target", "column": "target", "na_values": "missing", "nan": "missing",
      "header": "the first row names the columns", "sep": "the cells stand between commas",
      "delimiter": "the cells stand between commas",
    ],
    "tensor": ["requires_grad": "what is trained is a parameter: parameter([1.0, 2.0])", "device": "leave it out"],
    "parameter": ["requires_grad": "a parameter is always trained; freeze(w) leaves it out", "initializer": "init"],
    "linspace": ["num": "count", "steps": "count", "n": "count"],
    "make_moons": samples, "make_circles": samples,
    "make_blobs": samples.merging(["centers": "classes", "n_features": "features"]) { a, _ in a },
    "make_spirals": samples.merging(["n_classes": "classes"]) { a, _ in a },
    "cross_entropy": prediction, "mse": prediction, "binary_cross_entropy": prediction, "accuracy": prediction,
    "mean": axis, "var": axis, "std": axis, "prod": axis, "argmax": axis, "argmin": axis, "softmax": axis, "sum": axis,
    "min": axis, "max": axis, "log_softmax": axis, "cumsum": axis, "concat": axis, "stack": axis,
  ]

  private static let parameters = "the optimiser meets the weights later: train(net, data, …) or optimizer.update(net, grads)"
  private static let clipping = "clipping belongs to training: train(…, clip=1.0)"
  private static let inputs = "the size of the input is inferred, or stands in a layer before: input(64)"
  private static let rate = "it belongs to the optimiser: optimizer=adam(0.01)"
  private static let pair = "data is one argument: a dataset or a pair (x, y)"
  private static let series = [
    "hidden_size": "units", "hidden": "units", "return_sequence": "return_sequences",
    "batch_first": "[batch, time, features] is what it takes",
    "num_layers": "one layer each: lstm(8, return_sequences=True), lstm(8)", "recurrent_initializer": "init",
    "go_backwards": "bidirectional",
  ]
  private static let windows = [
    "kernel_size": "size", "kernel": "size", "pool_size": "size", "out_channels": "filters", "channels": "filters",
    "strides": "stride", "dilation_rate": "dilation", "in_channels": inputs,
    "data_format": "[batch, channels, height, width] is what it takes",
  ]
  private static let norm = [
    "epsilon": "eps", "num_features": inputs, "normalized_shape": inputs,
    "affine": "scale starts at 1 and shift at 0; freeze them",
    "gamma": "after the call: net.layer_norm1.scale = …", "beta": "after the call: net.layer_norm1.shift = …",
  ]
  private static let samples = ["n_samples": "n", "samples": "n", "count": "n", "random_state": "seed", "std": "noise"]
  private static let prediction = [
    "y_pred": "prediction", "input": "prediction", "logits": "prediction", "output": "prediction", "y_true": "target",
    "labels": "target", "y": "target", "from_logits": "logits are what it takes; leave it out",
  ]
  private static let axis = ["dim": "axis", "keepdim": "keepdims", "ddof": "correction", "unbiased": "correction"]
}
