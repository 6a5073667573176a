import Execution
import Gradients

/// Puts operands of a trace in the place of the tensors among some arguments, and takes them out again.
///
/// Lists and dictionaries stay the same objects meanwhile, so that what is written to them is written where it should be.
struct Substitution {
  private(set) var arguments: [Value] = []
  /// The lists and dictionaries that were met.
  private(set) var containers: Set<ObjectIdentifier> = []
  private var exchanges: [Exchange] = []

  /// An operand that stands where a tensor stood.
  private struct Exchange {
    let container: Container
    let old: Value
    let new: Value

    enum Container {
      case list(ListObject, Int)
      case dict(DictObject, Value)
    }
  }

  private var inputs: ArraySlice<Variable>
  private let workspace: Workspace

  /// - Parameter inputs: in the order in which snapshots meet the tensors.
  init(_ arguments: [Value], _ inputs: [Variable], in workspace: Workspace) throws(RuntimeError) {
    self.inputs = inputs[...]
    self.workspace = workspace
    for value in arguments { self.arguments.append(try replaced(value, depth: 0)) }
  }

  private mutating func replaced(_ value: Value, depth: Int) throws(RuntimeError) -> Value {
    guard depth <= 32 else { return value }
    switch value.boxed {
    case .foreign(let object as TensorObject):
      guard object.parameter == nil, let input = inputs.popFirst() else { return value }
      return workspace.value(input)
    case .tuple(let tuple):
      var elements: [Value] = []
      for element in tuple.elements { elements.append(try replaced(element, depth: depth + 1)) }
      return .tuple(elements)
    case .list(let list):
      containers.insert(ObjectIdentifier(list))
      for i in list.elements.indices {
        let (old, new) = (list.elements[i], try replaced(list.elements[i], depth: depth + 1))
        if new.isIdentical(to: old) { continue }
        list.elements[i] = new
        exchanges.append(Exchange(container: .list(list, i), old: old, new: new))
      }
      return value
    case .dict(let dict):
      containers.insert(ObjectIdentifier(dict))
      for (key, old) in dict.pairs {
        let new = try replaced(old, depth: depth + 1)
        if new.isIdentical(to: old) { continue }
        try dict.set(key, to: new)
        exchanges.append(Exchange(container: .dict(dict, key), old: old, new: new))
      }
      return value
    default: return value
    }
  }

  /// Puts the tensors back where nothing else was put in their place.
  func undo() throws(RuntimeError) {
    for exchange in exchanges.reversed() {
      switch exchange.container {
      case .list(let list, let i):
        if i < list.elements.count, list.elements[i].isIdentical(to: exchange.new) { list.elements[i] = exchange.old }
      case .dict(let dict, let key):
        if let present = try dict.value(for: key), present.isIdentical(to: exchange.new) { try dict.set(key, to: exchange.old) }
      }
    }
  }
}
