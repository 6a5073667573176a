import Execution
import Learning
import Tensors

extension Call {
  /// The hyper-parameters that were given, whose parameters begin at a place.
  func settings(
    _ declared: [Hyperparameter], from first: Int, in workspace: Workspace
  ) throws(RuntimeError) -> [String: Setting] {
    var settings: [String: Setting] = [:]
    for (i, hyperparameter) in declared.enumerated() where has(first + i) {
      settings[hyperparameter.name] = try setting(first + i, hyperparameter.kind, workspace)
    }
    return settings
  }

  func setting(
    _ place: Int, _ kind: Hyperparameter.Kind, _ workspace: Workspace
  ) throws(RuntimeError) -> Setting {
    switch kind {
    case .integer: .integer(try int(place))
    case .number: .number(try float(place))
    case .flag: .flag(try truth(place, default: false))
    case .choice: .text(try string(place))
    case .extent: try extent(place)
    case .padding: if case .string(let word) = self[place] { .text(word.text) } else { try extent(place) }
    case .shape: .sizes(try wholes(place))
    case .activation: .activation(try activation(place, in: workspace))
    case .initialiser: .initialiser(try initialiser(place, in: workspace))
    }
  }

  /// A whole number, or some of them.
  private func extent(_ place: Int) throws(RuntimeError) -> Setting {
    switch self[place] {
    case .list, .tuple, .range: .sizes(try wholes(place))
    default: .integer(try int(place))
    }
  }

  /// An activation: a builtin's name, or a function of one's own.
  func activation(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Activation {
    if let found = workspace.builtinName(of: self[place]).flatMap(Activation.named) { return found }
    guard isFunction(place) else { throw wrong(place) }
    return Activation(workspace.layerFunction(self[place], machine))
  }

  /// An initialiser: `he`, or one with settings as `normal(0.1)`.
  func initialiser(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Initialiser {
    if case .foreign(let object as InitialiserObject) = self[place] { return object.initialiser }
    guard let kind = workspace.builtinName(of: self[place]).flatMap(InitialiserKind.named) else {
      throw wrong(place)
    }
    return try engine { try Initialiser(kind) }
  }

  /// A loss: one of the table, or a function of prediction and target.
  func loss(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Loss {
    if let kind = workspace.builtinName(of: self[place]).flatMap(LossKind.named) {
      return try engine { try Loss(kind) }
    }
    guard isFunction(place) else { throw wrong(place) }
    let (function, machine) = (self[place], machine)
    let name = function.functionName
    return Loss(name) { prediction, target in
      let value = try machine.call(function, workspace.value(prediction), workspace.value(target))
      try workspace.mark(machine)
      return try workspace.variable(value, givenBy: name)
    }
  }

  /// Metrics: names of the table, or functions of prediction and target. As layers, lambdas are `function1`, `function2`.
  func metrics(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> [Metric] {
    guard has(place) else { return [] }
    var metrics: [Metric] = []
    guard function.signature.parameters[place].wants.fits(type: self[place].typeName) else { throw wrong(place) }
    var lambdas = 0
    for (i, item) in (isFunction(place) ? [self[place]] : try items(place)).enumerated() {
      if let found = workspace.builtinName(of: item).flatMap(Metric.named) {
        metrics.append(found)
        continue
      }
      guard item.isFunction else { throw wrong(place, item: i, item) }
      let machine = machine
      var name = item.functionName
      if item.isLambda {
        lambdas += 1
        name += "\(lambdas)"
      }
      metrics.append(
        Metric(name) { [name] prediction, target in
          let value = try machine.call(item, workspace.value(prediction), workspace.value(target))
          return try workspace.number(value, givenBy: "the metric \(name)")
        })
    }
    if let twice = metrics.indices.first(where: { i in metrics[..<i].contains { $0.name == metrics[i].name } }) {
      throw RuntimeError(
        .valueError, "two metrics are called \(metrics[twice].name)", help: "give each function a name of its own")
    }
    return metrics
  }

  /// An optimiser, as `adam(0.01)`, or `adam` with its defaults.
  func optimizer(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Optimizer {
    if case .foreign(let object as OptimizerObject) = self[place] { return object.optimizer }
    guard let kind = workspace.builtinName(of: self[place]).flatMap(OptimizerKind.named) else {
      throw wrong(place)
    }
    return try engine { try Optimizer(kind) }
  }

  /// A dataset, or a pair of inputs and targets.
  func dataset(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Dataset {
    guard let data = try workspace.dataset(self[place]) else {
      throw wrong(place)
    }
    return data
  }

  func network(_ place: Int) throws(RuntimeError) -> Network {
    try foreign(place, NetworkObject.self).network
  }

  func tensor(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Tensor {
    try variable(place, in: workspace).value
  }

  /// Whether the argument can be called as a function of one's own.
  func isFunction(_ place: Int) -> Bool { self[place].isFunction }

  /// A function of one's own.
  func function(_ place: Int) throws(RuntimeError) -> Value {
    guard isFunction(place) else { throw wrong(place) }
    return self[place]
  }

  /// The function that stands first, to be differentiated in the argument that the second one tells.
  func differentiated(in workspace: Workspace) throws(RuntimeError) -> DifferentiatedFunction {
    try DifferentiatedFunction(try function(0), wrt: self[1], in: workspace)
  }
}

extension Value {
  /// Whether this is called as a function.
  var isFunction: Bool {
    switch self {
    case .function, .native, .method, .type: true
    case .foreign(let object): object is NetworkObject || object is LayerObject
    default: false
    }
  }

  var isLambda: Bool {
    if case .function(let function) = self { function.name == "lambda" } else { false }
  }

  /// A name for a function where it has to have one.
  var functionName: String {
    switch self {
    case .function(let function): isLambda ? "function" : function.name
    case .native(let function): function.name
    case .method(let method): method.function.name
    case .foreign(let object): object.typeName
    default: "function"
    }
  }
}
