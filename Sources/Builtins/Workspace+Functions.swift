import Checking
import Execution
import Gradients
import Learning
import Tensors

extension Workspace {
  /// The name of the builtin that a value is; nil for all that is not one.
  func builtinName(of value: Value) -> String? {
    guard case .native(let function) = value, natives[function.name] === function else { return nil }
    return function.name
  }

  /// A function of the program as a layer or an activation: of one tensor, and `training=` where it has that parameter.
  func layerFunction(_ function: Value, _ machine: Machine) -> Function {
    var takesTraining = false
    if case .function(let object) = function {
      takesTraining = object.signature.parameters.contains { $0.name == "training" }
    }
    let name = function.functionName
    return Function(name) { [unowned self] x, pass in
      let training: [(name: String, value: Value)] = takesTraining ? [("training", .bool(pass.isTraining))] : []
      let result = try machine.call(function, Arguments([value(x)], keywords: training))
      try mark(machine)
      return try variable(result, givenBy: name)
    }
  }

  /// The tensor that a function of the program gave.
  func variable(_ value: Value, givenBy name: String) throws(RuntimeError) -> Variable {
    switch value.boxed {
    case .bool, .int, .float, .list, .tuple, .range, .foreign(is TensorObject): try variable(value)
    default:
      throw RuntimeError(
        .typeError, "\(name) must give a tensor, but gave \(value.typeName.withArticle)", help: "end the function with return …")
    }
  }

  /// The number that a function of the program gave.
  func number(_ value: Value, givenBy name: String) throws(RuntimeError) -> Double {
    let tensor = try variable(value, givenBy: name).value
    guard tensor.count == 1 else {
      throw RuntimeError(
        .shapeError, "\(name) must give a single number, but gave a tensor of shape \(tensor.shape)", help: "end it with mean(…)")
    }
    return try engine { try tensor.item() }
  }

  /// The dataset that a value is, or that a pair of inputs and targets makes.
  func dataset(_ value: Value) throws(RuntimeError) -> Dataset? {
    switch value {
    case .foreign(let object as DatasetObject): return object.dataset
    case .tuple(let pair) where pair.elements.count == 2:
      let (x, y) = (try variable(pair.elements[0]).value, try labels(pair.elements[1]))
      return try engine { try Dataset(x: x, y: y) }
    default: return nil
    }
  }

  /// The targets of a dataset: of a list, class numbers if it holds whole numbers from 0 without a gap, else numbers.
  func labels(_ value: Value) throws(RuntimeError) -> Tensor {
    let tensor = try variable(value).value
    guard value.isOfWholeNumbers, Dataset.areClassNumbers(tensor.doubles, rows: 1) else { return tensor }
    return try engine { try tensor.cast(to: .int64) }
  }

  /// The layer that a value stands for among the arguments of `network`; nil for what is none.
  func layer(_ value: Value, _ machine: Machine) throws(RuntimeError) -> Layer? {
    switch value {
    case .foreign(let object as LayerObject): return object.layer
    case .foreign(let object as NetworkObject): return .network(object.network)
    default: break
    }
    if let name = builtinName(of: value) {
      if let activation = Activation.named(name) { return try engine { try Layer.bare(activation) } }
      if name == "flatten" { return try engine { try Layer.flatten() } }
      if LayerKind.named(name) != nil {
        throw RuntimeError(.typeError, "\(name) stands here without its arguments", help: "write \(name)(…)")
      }
    }
    guard value.isFunction else { return nil }
    return .function(layerFunction(value, machine))
  }
}

extension Value {
  /// Whether this is a list of whole numbers and nothing else.
  fileprivate var isOfWholeNumbers: Bool {
    let elements: [Value]
    switch self {
    case .list(let list): elements = list.elements
    case .tuple(let tuple): elements = tuple.elements
    case .range: return true
    default: return false
    }
    return elements.allSatisfy { if case .int = $0 { true } else { false } }
  }
}
