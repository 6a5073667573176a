import Checking
import Diagnostics
import Execution
import Gradients
import Learning
import Tensors

extension Builtin {
  static let training: [Builtin] = [
    Builtin(
      "train",
      [
        .required("net", .network), .required("data", .dataset),
        Checking.Parameter("loss", .keywordOnly, wants: .lossFunction),
        Checking.Parameter("optimizer", .keywordOnly, wants: .optimizer),
        .named("epochs", "20", .whole(atLeast: 0)), .named("batch", "64", .whole(atLeast: 1)),
        .named("validation", "None", .validation), .named("metrics", "[]", .metrics),
        .named("schedule", "None", .schedule), .named("clip", "None", .positive), .named("clip_value", "None", .positive),
        .named("shuffle", "True", .flag), .named("seed", "0", .seed), .named("patience", "None", .whole(atLeast: 1)),
        .named("record", "True", .flag),
      ], .training,
      """
      Trains a network on a dataset, or a pair (x, y), going on from its present weights, and gives the run. loss: one of the \
      losses, or any function of prediction and target that gives one number. epochs: how often it goes through the data; \
      batch: examples in a step. validation: a share held out, or a dataset; metrics: what is measured at each epoch's end, on \
      the validation data if there is any. clip: the largest norm of all gradients together; clip_value: the largest size of an \
      entry. patience: stops after so many epochs without a better loss and goes back to the best weights. schedule: a factor \
      on the rate by the step from 0. seed: of the order of the examples, of dropout and of what is held out. record: whether \
      gradients are watched layer by layer. An interrupt ends it with the weights kept. A subshell of a notebook sees the weights of the last finished step, and \
      last_run() the run so far. The same seed gives the same weights to \
      the last bit.
      """,
      example: """
        net = network(input(2), dense(4, tanh), dense(1))
        run = train(net, make_xor(), loss=binary_cross_entropy,
                    optimizer=adam(0.1), epochs=100)
        print(run.steps, run.stopped)
        # 100 finished
        """
    ) { call, workspace throws(RuntimeError) in
      let network = try call.network(0)
      let data = try call.dataset(1, in: workspace)
      let options = try call.trainingOptions(in: workspace)
      let report = TrainingReport(workspace)
      let machine = call.machine
      try workspace.mark(machine)
      var observer = TrainingObserver(
        report: report.show, isDue: report.isDue, isInterrupted: { machine.interrupt.isRaised },
        isInterruption: { RuntimeError(engine: $0).kind == .keyboardInterrupt },
        runsUncompiled: workspace.uncompiledTraining("train", machine),
        presentSite: { Int32(truncatingIfNeeded: machine.site) }, watching: workspace.watching(machine))
      observer.isPauseDue = { machine.isWaitedFor }
      observer.pause = { run in
        workspace.lastRun = RunObject(run, in: workspace)
        machine.letOthersRun()
      }
      let run = try engine { [observer] in try network.train(on: data, options, observer: observer) }
      let object = RunObject(run, in: workspace)
      workspace.lastRun = object
      report.finish(run)
      switch run.stopped {
      case .running, .finished, .patience: break
      // The assignment completes; the next call or turn of a loop, or the end of the cell, raises KeyboardInterrupt.
      case .interrupted: machine.interrupt.raise()
      case .notFinite(let finding):
        throw RuntimeError(
          .numericalError, finding.message, help: finding.help, span: workspace.span(of: finding, machine),
          attributes: ["run": .foreign(object)])
      }
      return .foreign(object)
    },
    Builtin(
      "last_run", [], .training, "The latest run of train, whatever ended it; in a subshell also one that is still running.",
      example:
        "net = network(input(2), dense(1))\nrun = train(net, make_xor(), loss=mse,\n            optimizer=sgd(0.1), epochs=2)\nprint(last_run().epochs)\n# 2"
    ) { _, workspace throws(RuntimeError) in
      guard let run = workspace.lastRun else {
        throw RuntimeError(.valueError, "nothing has been trained in this session yet", help: "train(net, data, …) gives a run")
      }
      return .foreign(run)
    },
    Builtin(
      "evaluate",
      [
        .required("net", .network), .required("data", .dataset), .named("loss", "None", .lossFunction),
        .named("metrics", "[]", .metrics),
      ], .training,
      "Loss and metrics of a network on a dataset, in inference, as a dictionary. Under a loss from logits a metric takes a single output for a logit: class 1 is above 0.",
      example: "net = network(input(2), dense(1))\nprint(evaluate(net, make_xor(), loss=mse)[\"loss\"] > 0)\n# True"
    ) { call, workspace throws(RuntimeError) in
      let (network, data) = (try call.network(0), try call.dataset(1, in: workspace))
      let metrics = try call.metrics(3, in: workspace)
      guard call.has(2) else {
        let values = try engine { try network.measure(data, metrics) }
        return .dict(DictObject(values.map { ($0.name, .float($0.value)) }))
      }
      let loss = try call.loss(2, in: workspace)
      let found = try engine { try network.evaluate(data, loss: loss, metrics: metrics) }
      return .dict(DictObject([("loss", .float(found.loss))] + found.metrics.map { ($0.name, .float($0.value)) }))
    },
    Builtin(
      "predict", [.required("net", .network), .required("x", .tensor)], .training,
      "The outputs of a network in inference, a batch of rows at a time; nothing is recorded.",
      example: "net = network(input(2), dense(3))\nprint(predict(net, ones(5, 2)).shape)\n# (5, 3)"
    ) { call, workspace throws(RuntimeError) in
      let (network, x) = (try call.network(0), try call.tensor(1, in: workspace))
      return try engine { workspace.value(try network.predict(x.dtype.isFloat ? x : x.cast(to: .defaultFloat))) }
    },
    Builtin(
      "hash", [.required("net", .network)], .training,
      "A text that is equal for equal weights, to the last bit.",
      example: "net = network(input(2), dense(1))\nprint(net.hash() == copy(net).hash())\n# True", of: "network"
    ) { call, _ throws(RuntimeError) in .string(try call.network(0).hash) },
  ]
}

extension Call {
  fileprivate func trainingOptions(in workspace: Workspace) throws(RuntimeError) -> TrainingOptions {
    var options = TrainingOptions(loss: try loss(2, in: workspace), optimizer: try optimizer(3, in: workspace))
    options.epochs = try int(4, default: options.epochs)
    options.batch = try int(5, default: options.batch)
    if has(6) {
      if let data = try workspace.dataset(self[6]) {
        options.validation = .dataset(data)
      } else {
        options.validation = .fraction(try float(6))
      }
    }
    options.metrics = try metrics(7, in: workspace)
    if has(8) {
      guard isFunction(8) else { throw wrong(8) }
      let (function, machine) = (self[8], machine)
      options.schedule = { step in
        let factor = try machine.call(function, .int(step))
        return try workspace.number(factor, givenBy: "the schedule")
      }
    }
    options.clip = has(9) ? try float(9) : nil
    options.clipValue = has(10) ? try float(10) : nil
    options.shuffle = try truth(11, default: true)
    if self[12].isNone {
      var stream = workspace.stream(seed: nil)
      options.seed = stream.integer(below: .max)
    } else {
      options.seed = try seed(12) ?? 0
    }
    options.patience = has(13) ? try int(13) : nil
    options.record = try truth(14, default: true)
    return options
  }
}

extension Workspace {
  fileprivate func span(of finding: NonFinite, _ machine: Machine) -> Span? {
    guard case .operation(let culprit) = finding.origin, culprit.site != Recorder.noSite else { return nil }
    return machine.span(ofSite: Int(culprit.site))
  }
}
