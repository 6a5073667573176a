import Checking
import Execution
import Gradients
import Learning
import Tensors

// What the language takes for a tensor: tensors, numbers, and lists of them.
extension Workspace {
  /// An operand beside a tensor; nil for what is none.
  func operand(_ value: Value, like other: Variable? = nil) throws(RuntimeError) -> Variable? {
    switch value.boxed {
    case .foreign(let object as TensorObject): object.variable
    case .bool(let truth): try engine { Variable(try Tensor.number(truth)) }
    case .int(let number): try engine { Variable(try Tensor.number(number)) }
    case .float(let number): try engine { Variable(try Tensor.number(number)) }
    case .list, .tuple, .range: try variable(value, like: other)
    default: nil
    }
  }

  /// The same in a comparison, which is constant: a number of the tape stays one.
  func compared(_ value: Value, like other: Variable) throws(RuntimeError) -> Variable? {
    if case .foreign(let object as TensorObject) = value.boxed, object.scalarID(in: tape) != nil {
      return Variable(object.tensor)
    }
    return try operand(value, like: other)
  }

  /// A tensor argument.
  ///
  /// Lists become tensors of the default float, or of the type in which they meet `other`. What they hold of recorded values stays recorded.
  func variable(_ value: Value, like other: Variable? = nil) throws(RuntimeError) -> Variable {
    switch value.boxed {
    case .foreign(let object as TensorObject): return object.variable
    case .bool, .int, .float:
      if let variable = try operand(value) { return variable }
    case .list, .tuple, .range:
      let list = try ListReader(value)
      return try variable(ofList: list, dtype: other.map { list.dtype(beside: $0.dtype) })
    default: break
    }
    throw RuntimeError(
      .typeError, "a tensor or a list of numbers is needed here, but this is \(Given(value).noun)",
      help: value.isNone ? "does a function lack its return?" : "tensor([1.0, 2.0]) makes one")
  }

  /// Where a function is differentiated: a float tensor; a number of the program is taken in float64.
  func point(_ value: Value) throws(RuntimeError) -> Variable {
    let variable = try variable(value)
    if variable.data.isNumber { return Variable(try engine { try Tensor(try variable.value.item(), dtype: .float64) }) }
    return variable.dtype.isFloat ? variable : try engine { try variable.cast(to: .defaultFloat) }
  }

  /// Gives a weight a new value of its shape, cast to its type and unrecorded. What was written in place is there already.
  func assign(_ value: Value, to weight: Gradients.Parameter, path: String) throws(RuntimeError) {
    if case .foreign(let object as TensorObject) = value, object.parameter === weight { return }
    Trace.current?.obstruct(.change)
    let new = try variable(value).value
    guard new.shape == weight.value.shape else {
      throw RuntimeError(engine: LearningError.wrongWeightShape(path: path, expected: weight.value.shape, found: new.shape))
    }
    weight.value = try engine { try new.cast(to: weight.value.dtype) }
  }

  /// The tensor that a list of numbers spells.
  func variable(ofList list: ListReader, dtype: DType? = nil) throws(RuntimeError) -> Variable {
    let dtype = dtype ?? list.dtype
    return try engine {
      if list.isTracked { return try stacked(list.value, dtype) }
      let shape = try Shape(list.shape)
      return Variable(
        try list.wholes.map { try Tensor($0, shape: shape, dtype: dtype) }
          ?? Tensor(list.numbers, shape: shape, dtype: dtype))
    }
  }

  /// The same, recorded: rows are stacked.
  private func stacked(_ value: Value, _ dtype: DType) throws -> Variable {
    switch value {
    case .list(let list): try .stack(list.elements.map { try stacked($0, dtype) }, axis: 0)
    case .tuple(let tuple): try .stack(tuple.elements.map { try stacked($0, dtype) }, axis: 0)
    default: try variable(value).cast(to: dtype)
    }
  }
}
