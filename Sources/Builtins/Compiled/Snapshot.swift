import Execution
import Gradients
import Tensors

/// What a value was when a function was traced, to tell whether the one of a later call would be traced alike.
indirect enum Snapshot {
  /// None, a number, a text: compared by content.
  case plain(Value)
  case range(RangeObject)
  case slice([Snapshot])
  /// A tensor that may differ in its entries, as an argument.
  case operand(Shape, DType, isNumber: Bool, isTracked: Bool)
  /// A tensor that is what it was, as one that is captured.
  case constant(Variable)
  case list([Snapshot])
  case tuple([Snapshot])
  case dict(keys: [Value], values: [Snapshot])
  /// A function of the program among the arguments: the same lines over the same captured values.
  case function(FunctionObject, captured: [Snapshot])
  /// All else is compared by identity.
  case object(AnyObject)

  /// Values nested deeper than this are compared by identity.
  private static let deepest = 32

  /// An argument, whose tensors are operands.
  init(argument value: Value, _ operands: inout [Variable]) { self.init(value, &operands, areOperands: true, depth: 0) }

  /// A captured value.
  init(captured value: Value) {
    var none: [Variable] = []
    self.init(value, &none, areOperands: false, depth: 0)
  }

  private init(_ value: Value, _ operands: inout [Variable], areOperands: Bool, depth: Int) {
    func inner(_ values: [Value]) -> [Snapshot] {
      values.map { Snapshot($0, &operands, areOperands: areOperands, depth: depth + 1) }
    }
    let value = value.boxed
    switch value {
    case _ where depth > Snapshot.deepest: self = value.object.map(Snapshot.object) ?? .plain(value)
    case .list(let list): self = .list(inner(list.elements))
    case .tuple(let tuple): self = .tuple(inner(tuple.elements))
    case .dict(let dict): self = .dict(keys: dict.keys, values: inner(dict.values))
    case .slice(let slice): self = .slice([slice.start, slice.stop, slice.step].map(Snapshot.init(captured:)))
    case .range(let range): self = .range(range)
    case .function(let function) where areOperands:
      let captured = (function.cellsRead.map(\.value) + function.defaultValues).map {
        Snapshot($0, &operands, areOperands: false, depth: depth + 1)
      }
      self = .function(function, captured: captured)
    case .foreign(let object as TensorObject):
      if let parameter = object.parameter {
        self = .object(parameter)
      } else if areOperands {
        let variable = object.variable
        self = .operand(
          variable.shape, variable.dtype, isNumber: variable.data.isNumber, isTracked: variable.isFollowed)
        operands.append(variable)
      } else {
        self = .constant(object.variable)
      }
    default: self = value.object.flatMap { value.isText ? nil : .object($0) } ?? .plain(value)
    }
  }

  /// Whether a value would be traced alike; its operands are added to `operands` in their order.
  func matches(_ value: Value, _ operands: inout [Variable]) -> Bool {
    let value = value.boxed
    switch (self, value) {
    case (.operand(let shape, let dtype, let isNumber, let isTracked), .foreign(let object as TensorObject)):
      guard object.parameter == nil else { return false }
      let variable = object.variable
      operands.append(variable)
      return variable.dtype == dtype && variable.shape == shape && variable.isFollowed == isTracked
        && variable.data.isNumber == isNumber
    case (.constant(let variable), .foreign(let object as TensorObject)):
      return object.parameter == nil && object.variable === variable
    case (.object(let object), _): return value.object === object
    case (.plain(let known), _): return value.isIdentical(to: known) && value.typeName == known.typeName
    case (.list(let parts), .list(let list)): return Snapshot.match(parts, list.elements, &operands)
    case (.tuple(let parts), .tuple(let tuple)): return Snapshot.match(parts, tuple.elements, &operands)
    case (.dict(let keys, let parts), .dict(let dict)):
      return dict.count == keys.count && zip(keys, dict.keys).allSatisfy { $0.isIdentical(to: $1) }
        && Snapshot.match(parts, dict.values, &operands)
    case (.slice(let parts), .slice(let slice)):
      return Snapshot.match(parts, [slice.start, slice.stop, slice.step], &operands)
    case (.range(let known), .range(let range)):
      return known.start == range.start && known.stop == range.stop && known.step == range.step
    case (.function(let known, let captured), .function(let function)):
      if known === function, captured.isEmpty { return true }
      return known.hasSameCode(as: function)
        && Snapshot.match(captured, function.cellsRead.map(\.value) + function.defaultValues, &operands)
    default: return false
    }
  }

  private static func match(_ parts: [Snapshot], _ values: [Value], _ operands: inout [Variable]) -> Bool {
    guard parts.count == values.count else { return false }
    for i in parts.indices where !parts[i].matches(values[i], &operands) { return false }
    return true
  }
}

extension Variable {
  /// Whether what is computed from it now would be recorded.
  var isFollowed: Bool { isTracked && Recorder.current.isRecording }
}

extension Value {
  fileprivate var isText: Bool {
    if case .string = self { true } else { false }
  }
}
