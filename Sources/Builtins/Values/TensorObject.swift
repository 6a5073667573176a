import Execution
import Gradients
import Learning
import Tensors

/// A tensor as a value of the language: a constant, a recorded result, or a parameter.
final class TensorObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it belongs to one machine.
  enum Content {
    case variable(Variable)
    /// Has an identity: all who hold it see its new value.
    case parameter(Parameter)
    /// Taken out, only while its storage is written to.
    case taken
  }

  private(set) var content: Content
  /// The weight and the place in it that this entry was read from.
  private(set) var origin: (parameter: Parameter, place: [Int])?
  /// The loss that gave this number, as `explain` wants to know.
  var madeBy: LossKind?

  /// A weight of a single number is its own entry.
  var onlyEntry: (parameter: Parameter, place: [Int])? {
    parameter.flatMap { $0.value.count == 1 ? ($0, Array(repeating: 0, count: $0.value.rank)) : nil }
  }
  let workspace: Workspace

  /// A value; that of a parameter too has no identity of its own.
  init(_ variable: Variable, in workspace: Workspace) {
    content = .variable(variable)
    self.workspace = workspace
  }

  init(_ parameter: Parameter, in workspace: Workspace) {
    content = .parameter(parameter)
    self.workspace = workspace
  }

  /// What operations are applied to.
  var variable: Variable {
    switch content {
    case .variable(let variable): variable
    case .parameter(let parameter): parameter.variable
    case .taken: preconditionFailure("a tensor is read while it is written to")
    }
  }

  var parameter: Parameter? {
    if case .parameter(let parameter) = content { parameter } else { nil }
  }

  var tensor: Tensor { variable.value }

  override var typeName: String { "tensor" }
  override var shape: [Int]? { variable.shape.dimensions }
  override var isValueLike: Bool { parameter == nil }
  override var identity: AnyObject { parameter ?? self }

  // MARK: Text

  override func text() throws(RuntimeError) -> String { tensor.description }

  override func representations() throws(RuntimeError) -> Representations {
    let text = tensor.description
    guard tensor.shape.rank > 0 || tensor.dtype != .float32 else { return Representations(text: text) }
    let kind = parameter == nil ? "tensor" : "parameter"
    return Representations(text: "\(text)\n\(kind) \(tensor.shape) \(tensor.dtype)")
  }

  // MARK: As something else

  override func number() throws(RuntimeError) -> Value? {
    guard variable.shape.rank == 0 else { return nil }
    let item = try engine { try tensor.item() }
    switch tensor.dtype {
    case .bool: return .bool(item != 0)
    case .int64: return .int(try engine { try tensor.intItem() })
    case .float32, .float64: return .float(item)
    }
  }

  override func truth() throws(RuntimeError) -> Bool {
    guard variable.shape.count == 1 else {
      throw RuntimeError(
        .valueError, "a tensor of shape \(variable.shape) is neither true nor false", help: "ask any(x) or all(x)")
    }
    return try engine { try tensor.item() } != 0
  }

  override func length() throws(RuntimeError) -> Int? {
    guard let first = variable.shape.dimensions.first else {
      throw RuntimeError(.typeError, "a tensor of rank 0 has no length")
    }
    return first
  }

  override func iterate(in machine: Machine) throws(RuntimeError) -> IteratorObject.Next? {
    guard let count = variable.shape.dimensions.first else {
      throw RuntimeError(.typeError, "a tensor of rank 0 has no rows to go over")
    }
    let rows = variable
    let workspace = workspace
    var row = 0
    return { () throws(RuntimeError) -> Value? in
      guard row < count else { return nil }
      defer { row += 1 }
      return try engine { workspace.value(try rows.row(row)) }
    }
  }

  override func contains(_ value: Value, in machine: Machine) throws(RuntimeError) -> Bool? {
    let other = try workspace.variable(value, like: variable)
    return try engine { try variable.equal(other).any().value.item() != 0 }
  }

  // MARK: Attributes

  override var attributeNames: [String] { TensorAttribute.allCases.map(\.rawValue) + workspace.methodNames(of: typeName) }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    if let attribute = TensorAttribute(rawValue: name) { return try attribute.value(of: self, in: machine) }
    return workspace.method(name, of: self)
  }

  // MARK: Items

  override func item(at key: Value, in machine: Machine) throws(RuntimeError) -> Value? {
    // Rows by computed places: an operation on both, which can be traced.
    if case .foreign(let object as TensorObject) = key, variable.shape.rank > 0, object.variable.isListOfPlaces {
      try workspace.mark(machine)
      return try engine { workspace.value(try variable.gather(object.variable)) }
    }
    let indices = try workspace.indices(key)
    try workspace.mark(machine)
    let item = TensorObject(try engine { try variable.subscripted(indices) }, in: workspace)
    if let parameter, let place = Self.place(indices), place.count == variable.shape.rank { item.origin = (parameter, place) }
    return .foreign(item)
  }

  /// The place of a single entry, as far as whole numbers say it.
  private static func place(_ indices: [Index]) -> [Int]? {
    var place: [Int] = []
    for index in indices {
      guard case .at(let i) = index else { return nil }
      place.append(i)
    }
    return place
  }

  override func settingItem(
    at key: Value, to value: Value, isUnique: Bool, in machine: Machine
  ) throws(RuntimeError) -> ForeignObject? {
    let indices = try workspace.indices(key)
    let new = try workspace.variable(value, like: variable)
    switch content {
    case .taken: return nil
    case .parameter(let parameter):
      Trace.current?.obstruct(.change)
      var changed = parameter.value
      try engine { try changed.setting(indices, to: new.value) }
      parameter.value = changed
      return self
    case .variable(let old):
      if old.isTracked || new.isTracked || old.isTraced || new.isTraced {
        return TensorObject(try engine { try old.setting(indices, to: new) }, in: workspace)
      }
      return try setInPlace(indices, new.value, isUnique: isUnique)
    }
  }

  /// Writes into the storage where nobody else holds it, and into a copy otherwise.
  private func setInPlace(_ indices: [Index], _ new: Tensor, isUnique: Bool) throws(RuntimeError) -> TensorObject {
    var changed = tensor
    guard isUnique else {
      try engine { try changed.setting(indices, to: new) }
      return TensorObject(Variable(changed), in: workspace)
    }
    // The object lets go of its storage, so that the copy on write finds one holder.
    content = .taken
    defer { content = .variable(Variable(changed)) }
    try engine { try changed.setting(indices, to: new) }
    return self
  }

  // MARK: Operators

  override func binary(
    _ operation: Execution.BinaryOperation, _ other: Value, isReflected: Bool, in machine: Machine
  ) throws(RuntimeError) -> Value? {
    guard let other = try workspace.operand(other, like: variable) else { return nil }
    try workspace.mark(machine)
    let (a, b) = isReflected ? (other, variable) : (variable, other)
    return try engine { workspace.value(try a.applying(operation, b)) }
  }

  override func updating(
    _ operation: Execution.BinaryOperation, _ other: Value, isUnique: Bool, in machine: Machine
  ) throws(RuntimeError) -> Value? {
    guard case .parameter(let parameter) = content, let other = try workspace.operand(other, like: variable) else { return nil }
    Trace.current?.obstruct(.change)
    try engine {
      let new = try withoutRecording { try Variable(parameter.value).applying(operation, other).value }
      guard new.shape == parameter.value.shape else {
        throw RuntimeError(
          .shapeError, "\(operation.rawValue)= would change this parameter's shape from \(parameter.value.shape) to \(new.shape)",
          help: "a parameter keeps its shape: sum what has more dimensions first")
      }
      parameter.value = try new.cast(to: parameter.value.dtype)
    }
    return .foreign(self)
  }

  override func compare(_ comparison: Execution.Comparison, _ other: Value, in machine: Machine) throws(RuntimeError) -> Value? {
    guard let other = try workspace.operand(other, like: variable) else { return nil }
    return try engine { workspace.value(try variable.comparing(comparison, other)) }
  }

  override func unary(_ operation: Execution.UnaryOperation, in machine: Machine) throws(RuntimeError) -> Value? {
    try workspace.mark(machine)
    return try engine {
      switch operation {
      case .negate: workspace.value(try variable.negate())
      case .plus: workspace.value(variable)
      case .invert: workspace.value(try variable.logicalNot())
      }
    }
  }
}

extension Variable {
  fileprivate var isListOfPlaces: Bool { dtype == .int64 && shape.rank > 0 }

  func applying(_ operation: Execution.BinaryOperation, _ other: Variable) throws(TensorError) -> Variable {
    switch operation {
    case .add: try add(other)
    case .subtract: try subtract(other)
    case .multiply: try multiply(other)
    case .divide: try divide(other)
    case .floorDivide: try floorDivide(other)
    case .modulo: try remainder(other)
    case .power: try power(other)
    case .matrixMultiply: try matmul(other)
    case .and: try logicalAnd(other)
    case .or: try logicalOr(other)
    }
  }

  func comparing(_ comparison: Execution.Comparison, _ other: Variable) throws(TensorError) -> Variable {
    switch comparison {
    case .equal: try equal(other)
    case .notEqual: try notEqual(other)
    case .less: try less(other)
    case .lessOrEqual: try lessEqual(other)
    case .greater: try greater(other)
    case .greaterOrEqual: try greaterEqual(other)
    }
  }
}

/// What can be asked of a tensor without a call.
enum TensorAttribute: String, CaseIterable {
  case shape, size, rank, dtype, T, grad, name

  func value(of object: TensorObject, in machine: Machine) throws(RuntimeError) -> Value {
    let variable = object.variable
    switch self {
    case .shape: return .tuple(variable.shape.dimensions.map(Value.int))
    case .size: return .int(variable.shape.count)
    case .rank: return .int(variable.shape.rank)
    case .dtype: return .string(variable.dtype.rawValue)
    case .T:
      try object.workspace.mark(machine)
      return try engine { object.workspace.value(try object.variable.transpose()) }
    case .grad:
      Trace.current?.obstruct(.read)
      return object.variable.gradient.map { object.workspace.value(Variable($0)) } ?? .none
    case .name: return object.parameter.map { .string($0.name) } ?? .none
    }
  }
}
