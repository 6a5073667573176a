import Execution
import Gradients
import Learning
import Tensors

extension Builtin {
  static let differentiation: [Builtin] = [
    Builtin(
      "parameter",
      [
        .required("value", .tensor), .named("init", "None", .initialiser), .named("name", "None", .text),
        .named("seed", "None", .seed),
      ],
      .differentiation,
      "A trainable tensor: what is computed from it is recorded. With init= the list is a shape that the initialiser fills.",
      example: "w = parameter([1.0, 2.0], name=\"w\")\nprint(grad((w * w).sum(), w))\n# [2.0000, 4.0000]",
      shape: ShapeRules.parameter
    ) { call, workspace throws(RuntimeError) in
      let (name, seed) = (try call.string(2, default: ""), try call.seed(3))
      if call.has(1) {
        let initialiser = try call.initialiser(1, in: workspace)
        let sizes = try call.wholes(0)
        var stream = workspace.stream(seed: seed)
        return try engine {
          let start = try initialiser.draw(Shape(sizes), dtype: .defaultFloat, from: &stream)
          return .foreign(TensorObject(Parameter(start, name: name), in: workspace))
        }
      }
      let value = try call.variable(0, in: workspace).value
      return try engine {
        let start = value.dtype.isFloat ? value : try value.cast(to: .defaultFloat)
        return .foreign(TensorObject(Parameter(start, name: name), in: workspace))
      }
    },
    Builtin(
      "backward", [.required("loss", .loss)], .differentiation,
      "One backward pass from a single number: fills .grad of every parameter and every value between, and gives the parameters' gradients by name.",
      example: "w = parameter([3.0], name=\"w\")\nbackward((w ** 2).sum())\nprint(w.grad)\n# [6.0000]"
    ) { call, workspace throws(RuntimeError) in
      Trace.current?.obstruct(.change)
      let loss = try call.variable(0, in: workspace)
      let found = try engine { try backward(loss) }
      let gradients = DictObject()
      for (name, gradient) in named(found) { gradients[name] = workspace.value(gradient) }
      return .dict(gradients)
    },
    Builtin(
      "grad", [.required("of", .differentiated), .optional("variables", "None", .variables), .named("wrt", "0")],
      .differentiation,
      "The gradient of a recorded number in a tensor, a list of tensors or a network; or, of a function, the function that gives its gradient in the argument wrt (a number or a name). Nests: grad(grad(f)).",
      example: "f = lambda x: x ** 3\nprint(grad(f)(2.0), grad(grad(f))(2.0))\n# 12.0 12.0"
    ) { call, workspace throws(RuntimeError) in
      if call.isFunction(0) {
        guard !call.has(1) else {
          throw RuntimeError(
            .typeError, "the gradient of a function is a function, so it takes no variables yet",
            help: "grad(f)(x), or grad(f, wrt=1)(x, y)", span: call.span(of: 1))
        }
        return .native(try DifferentiatedFunction(call[0], wrt: call[2], in: workspace).native(.gradient))
      }
      guard call.has(1) else {
        _ = try call.variable(0, in: workspace)
        throw RuntimeError(
          .typeError, "grad of a number needs what to differentiate in",
          help: "grad(loss, w), grad(loss, [w, b]) or grad(loss, net)")
      }
      if let found = try workspace.scalarGradients(of: call[0], in: call[1]) { return found }
      let loss = try call.variable(0, in: workspace)
      return try gradients(of: loss, in: call[1], call, workspace)
    },
    Builtin(
      "value_and_grad", [.required("f", .function), .named("wrt", "0")], .differentiation,
      "The function that gives both the value of f and its gradient in the argument wrt.",
      example: "value, slope = value_and_grad(lambda x: x ** 2)(3.0)\nprint(value, slope)\n# 9.0 6.0"
    ) { call, workspace throws(RuntimeError) in
      .native(try call.differentiated(in: workspace).native(.valueAndGradient))
    },
    ofTensor(
      "stop_gradient", "x", [], .differentiation, "The same value, constant in every backward pass.",
      example: "w = parameter([2.0], name=\"w\")\nprint(grad((w * stop_gradient(w)).sum(), w))\n# [2.0000]",
      shape: ShapeRules.same
    ) { x, _, _ in x.stopGradient() },
    Builtin(
      "no_grad", [], .differentiation, "In `with no_grad():` nothing is recorded.",
      example: "w = parameter([2.0], name=\"w\")\nwith no_grad():\n    y = w * 2\nprint(y)\n# [4.0000]"
    ) { _, _ throws(RuntimeError) in .foreign(NoGradObject()) },
    Builtin(
      "check_gradients",
      [.required("f", .checked), .rest("arguments"), .named("loss", "None", .lossFunction)], .differentiation,
      "Compares gradients with central differences in float64: of a function at its arguments, or of a network on a dataset under a loss.",
      example: "f = lambda x: (x ** 2).sum()\ncheck = check_gradients(f, [1.0, 2.0])\nprint(check.ok)\n# True"
    ) { call, workspace throws(RuntimeError) in
      try check(call, workspace)
    },
  ]

  private static func check(_ call: Call, _ workspace: Workspace) throws(RuntimeError) -> Value {
    if case .foreign(let object as NetworkObject) = call[0] {
      guard let value = call.rest(1).first, let data = try workspace.dataset(value), call.has(2) else {
        throw RuntimeError(
          .typeError, "check_gradients of a network needs a dataset and a loss",
          help: "check_gradients(net, data, loss=cross_entropy)")
      }
      let (network, loss) = (object.network, try call.loss(2, in: workspace))
      guard let y = data.y else { throw RuntimeError(engine: LearningError.noTarget(data.name)) }
      let found = try engine {
        _ = try network.predict(data.take(1).x)
        let x = Variable(try data.x.cast(to: .float64))
        return try checkGradients(of: { try loss(network(x), y) }, in: network.trainable.map(\.parameter))
      }
      return .foreign(GradientCheckObject(found, names: network.trainable.map(\.path)))
    }
    guard call.isFunction(0) else { throw call.wrong(0) }
    var arguments: [Tensor] = []
    for value in call.rest(1) { arguments.append(try workspace.variable(value).value) }
    let (function, machine) = (call[0], call.machine)
    let found = try engine { [arguments] in
      try checkGradients(
        { variables in
          let result = try machine.call(function, Arguments(variables.map(workspace.value)))
          return try workspace.variable(result)
        }, at: arguments)
    }
    var names = arguments.indices.map { "argument \($0 + 1)" }
    if case .function(let object) = function {
      for (i, parameter) in object.signature.parameters.enumerated() where i < names.count { names[i] = parameter.name }
    }
    return .foreign(GradientCheckObject(found, names: names))
  }

  /// Names for the gradients: `parameter1`, … where there is none, `@2` where one comes again.
  private static func named(
    _ found: [(parameter: Parameter, gradient: Tensor)]
  ) -> [(name: String, gradient: Tensor)] {
    var unnamed = 0
    var seen: [String: Int] = [:]
    return found.map { parameter, gradient in
      var name = parameter.name
      if name.isEmpty {
        unnamed += 1
        name = "parameter\(unnamed)"
      }
      seen[name, default: 0] += 1
      if let count = seen[name], count > 1 { name += "@\(count)" }
      return (name, gradient)
    }
  }

  private static func gradients(
    of loss: Variable, in target: Value, _ call: Call, _ workspace: Workspace
  ) throws(RuntimeError) -> Value {
    switch target.boxed {
    case .foreign(let object as TensorObject):
      guard let gradient = try engine({ try Gradients.gradients(of: loss, in: [object.variable], isRecorded: true)[0] }) else {
        throw RuntimeError.independent
      }
      return workspace.value(gradient)
    case .foreign(let object as NetworkObject):
      let parameters = object.network.trainable
      let found = try engine { try Gradients.gradients(of: loss, in: parameters.map(\.parameter.variable), isRecorded: true) }
      let gradients = DictObject()
      for ((path, parameter), gradient) in zip(parameters, found) {
        gradients[path] = try engine { workspace.value(try gradient ?? parameter.variable.zerosLike().stopGradient()) }
      }
      return .dict(gradients)
    case .list, .tuple:
      var variables: [Variable] = []
      for item in try items(of: target) { variables.append(try workspace.variable(item)) }
      let found = try engine { [variables] in try Gradients.gradients(of: loss, in: variables, isRecorded: true) }
      var gradients: [Value] = []
      for (variable, gradient) in zip(variables, found) {
        gradients.append(try engine { workspace.value(try gradient ?? variable.zerosLike()) })
      }
      return .list(gradients)
    default:
      throw call.wrong(1)
    }
  }

  private static func items(of value: Value) throws(RuntimeError) -> [Value] {
    switch value {
    case .list(let list): list.elements
    case .tuple(let tuple): tuple.elements
    default: []
    }
  }
}

extension RuntimeError {
  /// The loss has no gradient in what it is differentiated in.
  static var independent: RuntimeError {
    let error = RuntimeError(
      .valueError, "the loss does not depend on this tensor", help: "was it computed from it, outside of no_grad()?")
    error.exception.parameters = ["variables"]
    return error
  }
}

/// What `with no_grad():` holds.
final class NoGradObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private var wasRecording = true

  override var typeName: String { "no_grad" }

  override func enter(in machine: Machine) throws(RuntimeError) -> Value? {
    wasRecording = Recorder.current.isRecording
    Recorder.current.isRecording = false
    return Value.none
  }

  override func exit(in machine: Machine) throws(RuntimeError) {
    Recorder.current.isRecording = wasRecording
  }
}
