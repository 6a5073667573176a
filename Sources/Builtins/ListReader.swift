import Checking
import Execution
import Gradients
import Tensors

/// Nested lists of numbers and tensors, read row by row; an error tells where one row differs from its neighbours.
struct ListReader {
  let value: Value
  private(set) var shape: [Int] = []
  private(set) var numbers: [Double] = []
  /// The same, exactly, if all that was read is whole.
  private(set) var wholes: [Int]? = []
  /// Whether a gradient could flow to a tensor in it, or a trace note it.
  private(set) var isTracked = false

  private var isBool = true
  private var holdsNumbers = false
  private var tensorTypes: Set<DType> = []
  /// The depth at which the numbers stand; none before the first.
  private var leafDepth: Int?
  private var place: [Int] = []

  private static let deepest = 32

  init(_ value: Value) throws(RuntimeError) {
    self.value = value
    try read(value, depth: 0)
  }

  /// bool of truths alone, the type of tensors that are all whole or partly float64, else the default float.
  var dtype: DType {
    if numbers.isEmpty { return .defaultFloat }
    if isBool { return .bool }
    if tensorTypes.contains(.float64) { return .float64 }
    return tensorTypes == [.int64] && !holdsNumbers ? .int64 : .defaultFloat
  }

  /// Its type as an operand beside a tensor: numbers do not widen that, but fractions make whole numbers floats.
  func dtype(beside other: DType) -> DType {
    if other.isFloat || numbers.isEmpty { return other }
    if isBool { return .bool }
    return wholes == nil ? .defaultFloat : .int64
  }

  private mutating func read(_ value: Value, depth: Int) throws(RuntimeError) {
    switch value.boxed {
    case .list(let list): try readRow(list.elements, depth)
    case .tuple(let tuple): try readRow(tuple.elements, depth)
    case .range(let range): try readRow((0..<range.count).map { .int(range.start + $0 * range.step) }, depth)
    case .int(let number): try readNumber(Double(number), number, depth)
    case .float(let number): try readNumber(number, nil, depth)
    case .bool(let truth):
      try leaf(depth)
      numbers.append(truth ? 1 : 0)
      wholes?.append(truth ? 1 : 0)
    case .foreign(let object as TensorObject): try readTensor(object.variable, depth)
    default:
      let error = RuntimeError(
        .typeError, "a tensor is made of numbers, but\(place.isEmpty ? " this is" : " at \(row) stands") \(Given(value).noun)",
        help: "put numbers, tensors or lists of them there")
      error.exception.path = place
      throw error
    }
  }

  private mutating func readRow(_ elements: [Value], _ depth: Int) throws(RuntimeError) {
    guard depth < Self.deepest else {
      throw RuntimeError(
        .valueError, "lists nested deeper than \(Self.deepest) make no tensor", help: "does the list hold itself?")
    }
    try size(elements.count, depth)
    for (i, element) in elements.enumerated() {
      place.append(i)
      try read(element, depth: depth + 1)
      place.removeLast()
    }
  }

  private mutating func readNumber(_ number: Double, _ whole: Int?, _ depth: Int) throws(RuntimeError) {
    try leaf(depth)
    isBool = false
    holdsNumbers = true
    numbers.append(number)
    if let whole { wholes?.append(whole) } else { wholes = nil }
  }

  private mutating func readTensor(_ variable: Variable, _ depth: Int) throws(RuntimeError) {
    // Entries of a traced tensor decide nothing here: such a list is stacked.
    let tensor = variable.data
    for (i, count) in tensor.shape.dimensions.enumerated() { try size(count, depth + i) }
    try leaf(depth + tensor.shape.rank)
    tensorTypes.insert(tensor.dtype)
    if tensor.dtype != .bool { isBool = false }
    numbers += tensor.doubles
    if tensor.dtype.isFloat { wholes = nil } else { wholes? += try engine { try tensor.ints() } }
    if variable.isFollowed || variable.isTraced || variable.parameter != nil && Trace.current != nil { isTracked = true }
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
