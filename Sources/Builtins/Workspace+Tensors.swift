import Checking
import Execution
import Gradients
import Tensors

// What the language takes for a tensor: tensors, numbers, and lists of them.
extension Workspace {
  /// An operand beside a tensor; nil for what is none.
  func operand(_ value: Value, like other: Variable? = nil) throws(RuntimeError) -> Variable? {
    switch value {
    case .foreign(let object as TensorObject): object.variable
    case .bool(let truth): try engine { Variable(try Tensor.number(truth ? 1 : 0)) }
    case .int(let number): try engine { Variable(try Tensor.number(number)) }
    case .float(let number): try engine { Variable(try Tensor.number(number)) }
    case .list, .tuple, .range: try variable(value, like: other)
    default: nil
    }
  }

  /// A tensor argument.
  ///
  /// Lists become tensors of the default float, or of the type of `other`.
  func variable(_ value: Value, like other: Variable? = nil) throws(RuntimeError) -> Variable {
    switch value {
    case .foreign(let object as TensorObject): return object.variable
    case .bool, .int, .float:
      if let variable = try operand(value) { return variable }
    case .list, .tuple, .range:
      return Variable(try tensor(ofList: value, dtype: other.map(\.dtype)))
    default: break
    }
    throw RuntimeError(
      .typeError, "a tensor or a list of numbers is needed here, but this is \(Given(value).noun)",
      help: value.isNone ? "does a function lack its return?" : "tensor([1.0, 2.0]) makes one")
  }

  /// The tensor that a list of numbers spells.
  func tensor(ofList value: Value, dtype: DType? = nil) throws(RuntimeError) -> Tensor {
    var reader = ListReader()
    try reader.read(value, depth: 0)
    let dtype = dtype ?? (reader.isBool ? .bool : DType.defaultFloat)
    return try engine { try Tensor(reader.numbers, shape: Shape(reader.shape), dtype: dtype) }
  }
}

/// Reads nested lists of numbers row by row, and notices where one differs from its neighbours.
private struct ListReader {
  var numbers: [Double] = []
  var shape: [Int] = []
  /// Whether all that was read is True or False.
  var isBool = true
  /// The depth at which the numbers stand; none before the first.
  private var leafDepth: Int?
  private var place: [Int] = []

  private static let deepest = 32

  mutating func read(_ value: Value, depth: Int) throws(RuntimeError) {
    switch value {
    case .list(let list): try readRow(list.elements, depth)
    case .tuple(let tuple): try readRow(tuple.elements, depth)
    case .range(let range): try readRow((0..<range.count).map { .int(range.start + $0 * range.step) }, depth)
    case .int(let number):
      try leaf(depth)
      isBool = false
      numbers.append(Double(number))
    case .float(let number):
      try leaf(depth)
      isBool = false
      numbers.append(number)
    case .bool(let truth):
      try leaf(depth)
      numbers.append(truth ? 1 : 0)
    case .foreign(let object as TensorObject): try readTensor(object.tensor, depth)
    default:
      let error = RuntimeError(
        .typeError, "a tensor is made of numbers, but\(place.isEmpty ? " this is" : " at \(row) stands") \(Given(value).noun)",
        help: "numbers and lists of numbers make a tensor; float(text) reads a number")
      error.exception.path = place
      throw error
    }
  }

  private mutating func readRow(_ elements: [Value], _ depth: Int) throws(RuntimeError) {
    guard depth < Self.deepest else { throw RuntimeError(.valueError, "lists nested deeper than \(Self.deepest) make no tensor") }
    try size(elements.count, depth)
    for (i, element) in elements.enumerated() {
      place.append(i)
      try read(element, depth: depth + 1)
      place.removeLast()
    }
  }

  private mutating func readTensor(_ tensor: Tensor, _ depth: Int) throws(RuntimeError) {
    for (i, count) in tensor.shape.dimensions.enumerated() { try size(count, depth + i) }
    try leaf(depth + tensor.shape.rank)
    if tensor.dtype != .bool { isBool = false }
    numbers += tensor.doubles
  }

  /// Notes, or checks, how many items the lists at a depth have.
  private mutating func size(_ count: Int, _ depth: Int) throws(RuntimeError) {
    if let leafDepth, depth >= leafDepth { throw ragged(RaggedRow.listAmongNumbers) }
    if depth == shape.count {
      shape.append(count)
    } else if shape[depth] != count {
      throw ragged(RaggedRow.length(count, expected: shape[depth]))
    }
  }

  private mutating func leaf(_ depth: Int) throws(RuntimeError) {
    if leafDepth == nil, depth == shape.count { leafDepth = depth }
    guard depth == leafDepth else { throw ragged(RaggedRow.numberAmongLists) }
  }

  private var row: String { place.map(String.init).joined(separator: ", ") }

  private func ragged(_ words: String) -> RuntimeError {
    let error = RuntimeError(.shapeError, "row \(row) \(words)", help: RaggedRow.help)
    error.exception.path = place
    return error
  }
}
