import Checking
import Execution
import Gradients
import Tensors

/// What `per_example(f)` gives: `f` of each row of its arguments, and what comes out stacked.
struct RowByRow: @unchecked Sendable {
  // Unchecked: made and called on the thread of one session.
  private let function: Value
  private let workspace: Workspace

  init(_ function: Value, in workspace: Workspace) {
    self.function = function
    self.workspace = workspace
  }

  func native() -> NativeFunction {
    NativeFunction("per_example", Signature([.rest("arguments", .tensor), .keywords("settings")])) {
      call throws(RuntimeError) in
      var batches: [Variable] = []
      for value in call.rest(0) { batches.append(try workspace.variable(value)) }
      let count = try rows(of: batches)
      try workspace.mark(call.machine)
      var results: [Value] = []
      for row in 0..<count {
        let rows = try engine { [batches] in try batches.map { workspace.value(try $0.row(row)) } }
        results.append(try call.machine.call(function, Arguments(rows, keywords: call.keywords(1))))
      }
      return try engine { [results] in try stacked(results) }
    }
  }

  /// How many rows the arguments have, all of them the same.
  private func rows(of batches: [Variable]) throws(RuntimeError) -> Int {
    guard let first = batches.first else {
      throw RuntimeError(
        .typeError, "per_example needs an argument by position, whose rows are the examples",
        help: "per_example(f)(x, y)")
    }
    for batch in batches {
      guard let count = batch.shape.dimensions.first, count == first.shape.dimensions.first else {
        throw RuntimeError(
          .shapeError, "per_example needs as many rows in each argument, but got \(first.shape) and \(batch.shape)",
          help: "what all examples share is given by name: per_example(f)(x, w=w)")
      }
    }
    guard first.shape[0] > 0 else {
      throw RuntimeError(.valueError, "per_example of no rows has no result", help: "give it one row at least")
    }
    return first.shape[0]
  }

  /// Tensors as one, with a row for each example; tuples, lists and dictionaries item by item.
  private func stacked(_ results: [Value]) throws -> Value {
    switch results[0] {
    case .tuple(let first): return .tuple(try items(results, first.elements.count))
    case .list(let first) where (try? ListReader(.list(first))) == nil || first.elements.contains(where: \.isTensor):
      return .list(try items(results, first.elements.count))
    case .dict(let first):
      let stack = DictObject()
      for (key, _) in first.pairs {
        let column = try results.map { result in
          guard case .dict(let dict) = result, let value = try dict.value(for: key) else { throw uneven }
          return value
        }
        try stack.set(key, to: try stacked(column))
      }
      return .dict(stack)
    default:
      return workspace.value(
        try Variable.stack(try results.map { try workspace.variable($0, givenBy: function.functionName) }, axis: 0))
    }
  }

  private func items(_ results: [Value], _ count: Int) throws -> [Value] {
    let rows = try results.map { result -> [Value] in
      switch result {
      case .tuple(let tuple) where tuple.elements.count == count: return tuple.elements
      case .list(let list) where list.elements.count == count: return list.elements
      default: throw uneven
      }
    }
    return try (0..<count).map { i in try stacked(rows.map { $0[i] }) }
  }

  private var uneven: RuntimeError {
    RuntimeError(
      .shapeError, "\(function.functionName) gives results of different structure for different rows",
      help: "give tensors of one shape for each row")
  }
}

extension Value {
  fileprivate var isTensor: Bool {
    if case .foreign(let object) = boxed { object is TensorObject } else { false }
  }
}
