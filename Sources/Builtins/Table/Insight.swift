import Checking
import Execution
import Gradients
import Insight
import Learning

extension Builtin {
  static let insight: [Builtin] = [
    Builtin(
      "explain", [.required("loss", .recordedLoss), .required("weight", .tensor)], .insight,
      """
      How the gradient of one weight came to be: every path from the loss to it, each local derivative with its formula and \
      value, their products and the sum, beside what backprop found and a central difference. Of very many paths the strongest \
      are told, and the exact rest. It has .value .numeric .backprop .paths .rest .ok.
      """,
      example: """
        net = network(input(2), dense(2, tanh), dense(1))
        loss = binary_cross_entropy(net([[1, 0]]), [1.0])
        print(explain(loss, net.dense1.weight[0, 1]).ok)
        # True
        """
    ) { call, workspace throws(RuntimeError) in
      let object = try call.foreign(0, TensorObject.self)
      guard case .foreign(let weight as TensorObject) = call[1], let origin = weight.origin ?? weight.onlyEntry else {
        if object.origin != nil {
          throw call.exchanged(0, 1, "explain takes the loss first, but gets an entry of a weight there")
        }
        throw RuntimeError(engine: InsightError.notWeight)
      }
      return try engine {
        let found = try Insight.explain(object.variable, origin.parameter, at: origin.place, kind: object.madeBy)
        return .foreign(ExplanationObject(found, in: workspace))
      }
    },
    Builtin(
      "worked_example",
      [
        .required("net", .network), .required("x", .tensor), .required("y", .tensor),
        Checking.Parameter("loss", .keywordOnly, wants: .lossFunction),
        Checking.Parameter("optimizer", .keywordOnly, wants: .optimizer),
      ], .insight,
      "One forward pass, backward pass and update as a textbook prints them: z, a and δ by layer, each weight's gradient and next value. The network stays as it is.",
      example: """
        net = network(input(2), dense(2, tanh), dense(1))
        step = worked_example(net, [[1, 0]], [1.0],
                              loss=mse, optimizer=sgd(0.1))
        print(step.loss > 0)
        # True
        """
    ) { call, workspace throws(RuntimeError) in
      let (network, x) = (try call.network(0), try call.tensor(1, in: workspace))
      let loss = try call.loss(3, in: workspace)
      let y = if let kind = loss.kind { try workspace.target(call[2], of: kind) } else { try call.tensor(2, in: workspace) }
      let optimizer = try call.optimizer(4, in: workspace)
      return try engine {
        .foreign(WorkedExampleObject(try workedExample(network, x: x, y: y, loss: loss, optimizer: optimizer), in: workspace))
      }
    },
    Builtin(
      "gradient_flow", [.required("run", .run)], .insight,
      "A heat map of a training: layers down, steps across, the colour the logarithm of the gradient's norm; below it the size of the updates beside that of the weights.",
      example: """
        net = network(input(2), dense(4, tanh), dense(1))
        run = train(net, make_xor(), loss=mse,
                    optimizer=sgd(0.1), epochs=5)
        print(gradient_flow(run).title)
        # gradient norm by layer; update beside weight
        """
    ) { call, workspace throws(RuntimeError) in
      let run = try call.foreign(0, RunObject.self).run
      return try engine { .foreign(FigureObject(try gradientFlow(run), in: workspace)) }
    },
    Builtin(
      "decision_boundary", [.required("net", .network), .required("data", .dataset)], .insight,
      "The class that a network gives to each place of the plane, or of a regression its prediction, for data of two features, with the data upon it.",
      example:
        "net = network(input(2), dense(3, tanh), dense(1))\nprint(decision_boundary(net, make_xor()).title)\n# decision boundary"
    ) { call, workspace throws(RuntimeError) in
      let (network, data) = (try call.network(0), try call.dataset(1, in: workspace))
      return try engine { .foreign(FigureObject(try decisionBoundary(network, data), in: workspace)) }
    },
    Builtin(
      "confusion_matrix", [.required("net", .network), .required("data", .dataset)], .insight,
      "How many examples of each class were taken for which.",
      example: "net = network(input(4), dense(3))\nprint(confusion_matrix(net, load_iris()).title)\n# confusion matrix"
    ) { call, workspace throws(RuntimeError) in
      let (network, data) = (try call.network(0), try call.dataset(1, in: workspace))
      return try engine { .foreign(FigureObject(try confusionMatrix(network, data), in: workspace)) }
    },
    Builtin(
      "weight_histograms", [.required("net", .network)], .insight, "How the weights of each layer are spread.",
      example: "net = network(input(4), dense(3))\nprint(weight_histograms(net).title)\n# dense1.weight"
    ) { call, workspace throws(RuntimeError) in
      let network = try call.network(0)
      return try engine { .foreign(FigureObject(try weightHistograms(network), in: workspace)) }
    },
    Builtin(
      "profile", [.required("f", .checked), .rest("arguments"), .keywords("settings")], .insight,
      """
      Runs a function or network many times as a plan, and gives a table of the plan's instructions: what each does and reads \
      and writes, its line, multiply-adds and time; below it the totals. s are operands and results, a what is computed on the \
      way, k constants. It has .instructions .instruction_seconds .instruction_multiply_adds .seconds .multiply_adds \
      .arena_bytes .constant_bytes .runs. profile(net, x, y, loss=, optimizer=) is of the step that train would run on this \
      batch, forward, backward and update; clip=, clip_value= \
      and record= are train's. The network stays as it is.
      """,
      example: """
        net = network(input(8), dense(16, relu), dense(4))
        p = profile(net, ones(32, 8))
        print(p.multiply_adds >= 32 * (8 * 16 + 16 * 4))
        # True
        step = profile(net, ones(32, 8), zeros(32, 4),
                       loss=mse, optimizer=adam(0.01))
        print(step.multiply_adds > 2 * p.multiply_adds)
        # True
        """
    ) { call, workspace throws(RuntimeError) in try workspace.profile(call) },
    Builtin(
      "draw", [.required("net", .network)], .insight,
      "A network as neurons and weights: the sign as colour, the size as width, with gradients where the last backward pass left some.",
      example: "net = network(input(2), dense(3, tanh), dense(1))\nprint(draw(net).title)\n# network"
    ) { call, workspace throws(RuntimeError) in
      let network = try call.network(0)
      guard let figure = drawing(of: network) else {
        throw RuntimeError(engine: network.isReady ? InsightError.notDrawable : InsightError.notReady)
      }
      return .foreign(FigureObject(figure, in: workspace))
    },
  ]
}
