import Execution
import Gradients
import Tensors

extension Workspace {
  /// What stands between the brackets of `x[...]`.
  func indices(_ key: Value) throws(RuntimeError) -> [Index] {
    guard case .tuple(let tuple) = key else { return [try index(key)] }
    var indices: [Index] = []
    for part in tuple.elements { indices.append(try index(part)) }
    return indices
  }

  private func index(_ value: Value) throws(RuntimeError) -> Index {
    switch value.boxed {
    case .int(let place): return .at(place)
    case .none: return .newAxis
    case .ellipsis: return .ellipsis
    case .slice(let slice):
      return .slice(
        start: try bound(slice.start), stop: try bound(slice.stop), step: try bound(slice.step) ?? 1)
    case .foreign(let object as TensorObject): return try index(object.tensor)
    case .list, .tuple, .range: return try index(try tensor(ofIndices: value))
    default:
      throw RuntimeError(
        .typeError, "\(value.typeName.withArticle) is no index of a tensor",
        help: "an index is a whole number, a slice, None, ..., a mask, or a list of whole numbers")
    }
  }

  private func index(_ tensor: Tensor) throws(RuntimeError) -> Index {
    switch tensor.dtype {
    case .bool: return .mask(tensor)
    case .int64: return tensor.shape.rank == 0 ? .at(try engine { try tensor.intItem() }) : .gather(tensor)
    case .float32, .float64: return try index(try places(tensor))
    }
  }

  /// Whole numbers as `int64`, whatever type holds them.
  func places(_ tensor: Tensor) throws(RuntimeError) -> Tensor {
    guard tensor.dtype.isFloat else { return try engine { try tensor.cast(to: .int64) } }
    guard tensor.doubles.allSatisfy({ $0 == $0.rounded() && $0.magnitude < 9e15 }) else {
      throw RuntimeError(
        .typeError, "an index is made of whole numbers, but this tensor of \(tensor.dtype) holds others",
        help: "round it, or compare it to get a mask: x[x > 0]")
    }
    return try engine { try tensor.cast(to: .int64) }
  }

  /// The same of an argument, where a list keeps its whole numbers exactly.
  func places(_ value: Value) throws(RuntimeError) -> Tensor {
    switch value {
    case .list, .tuple, .range: try places(try tensor(ofIndices: value))
    default: try places(try variable(value).value)
    }
  }

  /// The same, as it was computed where it is a tensor of whole numbers already.
  func recordedPlaces(_ value: Value) throws(RuntimeError) -> Variable {
    if case .foreign(let object as TensorObject) = value, object.variable.dtype == .int64 { return object.variable }
    return Variable(try places(value))
  }

  private func tensor(ofIndices value: Value) throws(RuntimeError) -> Tensor {
    let list = try ListReader(value)
    return try variable(ofList: list, dtype: list.dtype == .bool ? .bool : list.dtype(beside: .int64)).value
  }

  private func bound(_ value: Value) throws(RuntimeError) -> Int? {
    switch value.boxed {
    case .none, .unbound: return nil
    case .int(let place): return place
    case .foreign(let object):
      if case .int(let place)? = try object.number() { return place }
    default: break
    }
    throw RuntimeError(.typeError, "the bounds of a slice are whole numbers, not \(value.typeName.withArticle)")
  }
}
