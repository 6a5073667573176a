import Execution
import Gradients
import Learning
import Tensors

/// A tensor as a value of the language: a constant, a recorded result, or a parameter.
final class TensorObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  enum Content {
    case variable(Variable)
    /// Has an identity: all who hold it see its new value.
    case parameter(Parameter)
    /// A recorded number, which becomes a variable where one is needed.
    case scalar(ScalarRow, ScalarID)
    /// Taken out, only while its storage is written to.
    case taken
  }

  @exclusivity(unchecked) private(set) var content: Content
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

  init(_ row: ScalarRow, _ id: ScalarID, in workspace: Workspace) {
    content = .scalar(row, id)
    self.workspace = workspace
  }

  /// What operations are applied to.
  var variable: Variable {
    switch content {
    case .variable(let variable): variable
    case .parameter(let parameter): parameter.variable
    case .scalar(let row, let id): row.tape.variable(of: id)
    case .taken: preconditionFailure("a tensor is read while it is written to")
    }
  }

  var parameter: Parameter? {
    if case .parameter(let parameter) = content { parameter } else { nil }
  }

  var tensor: Tensor {
    if case .scalar(let row, let id) = content { row.tape.tensor(of: id) } else { variable.value }
  }

  /// The value for what changes no result, as its shape.
  var data: Tensor {
    if case .scalar(let row, let id) = content { row.tape.tensor(of: id) } else { variable.data }
  }

  /// Whether it is a number that the tape may take.
  private var mayBeScalar: Bool {
    switch content {
    case .variable(let variable): variable.data.rank == 0 && variable.operation == nil
    case .parameter(let parameter): parameter.value.rank == 0
    case .scalar: true
    case .taken: false
    }
  }

  /// The number of the tape that it is; nil if it is none.
  func scalarID(in tape: ScalarTape) -> ScalarID? {
    if case .scalar(let row, let id) = content, row.tape === tape { id } else { nil }
  }

  /// As an operand of a tape; nil for what is none.
  @inline(__always)
  func operand(of tape: ScalarTape) throws(TensorError) -> ScalarOperand? {
    switch content {
    case .variable(let variable): try tape.operand(variable)
    case .parameter(let parameter): try tape.operand(parameter)
    case .scalar(let row, let id): row.tape === tape ? tape.operand(id) : nil
    case .taken: nil
    }
  }

  override var typeName: String { "tensor" }
  override var shape: [Int]? { data.shape.dimensions }
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
    guard data.rank == 0 else { return nil }
    let item = try engine { try tensor.item() }
    switch tensor.dtype {
    case .bool: return .bool(item != 0)
    case .int64: return .int(try engine { try tensor.intItem() })
    case .float32, .float64: return .float(item)
    }
  }

  override func truth() throws(RuntimeError) -> Bool {
    guard data.count == 1 else {
      throw RuntimeError(
        .valueError, "a tensor of shape \(data.shape) is neither true nor false", help: "ask any(x) or all(x)")
    }
    return try engine { try tensor.item() } != 0
  }

  override func length() throws(RuntimeError) -> Int? {
    guard let first = data.shape.dimensions.first else {
      throw RuntimeError(.typeError, "a tensor of rank 0 has no length")
    }
    return first
  }

  override func iterate(in machine: Machine) throws(RuntimeError) -> IteratorObject.Next? {
    guard let count = data.shape.dimensions.first else {
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

  override var attributeNames: [String] { TensorAttribute.allCases.map(\.rawValue) + Builtin.methodNames[typeName, default: []] }

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
    case .variable, .scalar:
      let old = variable
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
    if let result = try recorded(operation, other, isReflected: isReflected, machine) { return result }
    guard let other = try workspace.operand(other, like: variable) else { return nil }
    try workspace.mark(machine)
    let (a, b) = isReflected ? (other, variable) : (variable, other)
    return try engine { workspace.value(try a.applying(operation, b)) }
  }

  /// The same of single numbers, on the tape; nil where this is nothing for it.
  private func recorded(
    _ operation: Execution.BinaryOperation, _ other: Value, isReflected: Bool, _ machine: Machine
  ) throws(RuntimeError) -> Value? {
    guard mayBeScalar else { return nil }
    return try withUnsafePointer(to: Value.foreign(self)) { this throws(RuntimeError) in
      try withUnsafePointer(to: other) { other throws(RuntimeError) in
        try workspace.recorded(operation.scalar, isReflected ? other : this, isReflected ? this : other, machine)
      }
    }
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
    // A comparison is constant, so a number of the tape need not become a variable for it.
    let this = if case .scalar = content { Variable(tensor) } else { variable }
    guard let other = try workspace.compared(other, like: this) else { return nil }
    return try engine { workspace.value(try this.comparing(comparison, other)) }
  }

  override func unary(_ operation: Execution.UnaryOperation, in machine: Machine) throws(RuntimeError) -> Value? {
    if operation == .negate, mayBeScalar {
      let result = try withUnsafePointer(to: Value.foreign(self)) { this throws(RuntimeError) in
        try workspace.recorded(ScalarFunction.negation, this, nil, machine)
      }
      if let result { return result }
    }
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
