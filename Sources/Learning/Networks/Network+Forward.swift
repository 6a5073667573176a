import Gradients
import Tensors

/// How the layers of a network or container work together.
public enum Joining: Sendable, Equatable {
  /// Each is fed by the one before.
  case row
  /// As in a row, and what comes in is added to what comes out.
  case residual
  /// All are fed the same; their results stand side by side.
  case concat
  /// All are fed the same; their results are added.
  case sum

  /// What it is called in the language.
  public var name: String {
    switch self {
    case .row: "network"
    case .residual: "residual"
    case .concat, .sum: "parallel"
    }
  }

  var isRow: Bool { self == .row || self == .residual }
}

extension Network {
  /// What the network makes of a batch: `[batch, …]`, or of a single example where its first layer takes that.
  public func callAsFunction(_ x: Variable, pass: Pass = Pass()) throws(LearningError) -> Variable {
    if !isReady { try checkRoom(x.shape.example) }
    return try forward(x, prefix: "", isRow: true, pass: pass).last ?? x
  }

  /// - Parameter path: of the container.
  func forward(_ x: Variable, _ joining: Joining, path: String, pass: Pass) throws(LearningError) -> Variable {
    let results = try forward(x, prefix: path + ".", isRow: joining.isRow, pass: pass)
    guard let last = results.last, joining != .row else { return results.last ?? x }
    _ = try joining.join(x.shape.example, results.map(\.shape.example), path: path)
    return try operations { () throws(TensorError) in
      switch joining {
      case .row: return last
      case .residual: return try x + last
      case .concat: return try Variable.concat(results, axis: last.shape.rank == 1 ? 0 : 1 + last.shape.example.joinedAxis)
      case .sum:
        var sum = results[0]
        for next in results.dropFirst() { sum = try sum + next }
        return sum
      }
    }
  }

  /// What each layer makes of the batch, or of what the one before made of it.
  private func forward(_ x: Variable, prefix: String, isRow: Bool, pass: Pass) throws(LearningError) -> [Variable] {
    var results: [Variable] = []
    for i in places.indices {
      let input = isRow ? results.last ?? x : x
      let output = try places[i].layer.forward(
        input, path: prefix + places[i].name, previous: isRow ? previous(i) : nil, pass: pass)
      if places[i].output == nil {
        places[i].input = input.shape.example
        places[i].output = output.shape.example
      }
      results.append(output)
    }
    return results
  }

  /// Makes the weights for examples of this shape, as far as it can be told without a call.
  ///
  /// - Returns: the shape that comes out; none where it cannot be told.
  @discardableResult
  public func plan(_ input: Shape) throws(LearningError) -> Shape? {
    if !isReady { try checkRoom(input) }
    return try plan(input, .row, path: "")
  }

  func plan(_ input: Shape, _ joining: Joining, path: String) throws(LearningError) -> Shape? {
    try shapes(input, joining, path: path) { i, input, path, previous throws(LearningError) in
      let output = try places[i].layer.plan(input, path: path, previous: previous)
      if output != nil {
        places[i].input = input
        places[i].output = output
      }
      return output
    }
  }

  /// The same without making weights.
  func outputShape(_ input: Shape, _ joining: Joining, path: String) throws(LearningError) -> Shape? {
    try shapes(input, joining, path: path) { i, input, path, previous throws(LearningError) in
      try places[i].layer.outputShape(input, path: path, previous: previous)
    }
  }

  /// The shape that comes out, each layer being asked for its own.
  func shapes(
    _ input: Shape, _ joining: Joining, path: String,
    _ ask: (Int, Shape, String, String?) throws(LearningError) -> Shape?
  ) throws(LearningError) -> Shape? {
    var outputs: [Shape] = []
    for i in places.indices {
      let next = joining.isRow ? outputs.last ?? input : input
      let prefix = path.isEmpty ? "" : path + "."
      guard let output = try ask(i, next, prefix + places[i].name, joining.isRow ? previous(i) : nil) else { return nil }
      outputs.append(output)
    }
    return try joining.join(input, outputs, path: path)
  }

  private func previous(_ i: Int) -> String? { i > 0 ? places[i - 1].name : nil }
}

extension Joining {
  /// The shape of an example that joins the layers' results, or the error that these deserve.
  fileprivate func join(_ input: Shape, _ outputs: [Shape], path: String) throws(LearningError) -> Shape {
    guard let last = outputs.last else { return input }
    switch self {
    case .row: return last
    case .residual:
      guard last == input else { throw .unfitResidual(layer: path, input: input, output: last) }
      return last
    case .sum:
      guard outputs.allSatisfy({ $0 == last }) else { throw .unfitBranches(layer: path, outputs: outputs, isSum: true) }
      return last
    case .concat:
      let axis = last.joinedAxis
      guard last.rank > 0, outputs.allSatisfy({ $0.rank == last.rank && $0.removing(axis: axis) == last.removing(axis: axis) })
      else { throw .unfitBranches(layer: path, outputs: outputs, isSum: false) }
      var sizes = last.dimensions
      sizes[axis] = outputs.reduce(0) { $0 + $1[axis] }
      return try operations { [sizes] () throws(TensorError) in try Shape(sizes) }
    }
  }
}

extension Shape {
  /// The dimension of an example along which results are joined: the channels of images, else the last.
  fileprivate var joinedAxis: Int { rank == 3 ? 0 : rank - 1 }
}
