import Checking
import Parsing

/// What a function's annotations say: checked at each call.
struct FunctionShapes: Sendable {
  struct Parameter: Sendable {
    var name: String
    var register: Int
    var pattern: ShapePattern
  }

  var parameters: [Parameter] = []
  var result: ShapePattern?
  /// Names that have a value before anything is matched: the function's arguments.
  var arguments: [String: Int] = [:]
  /// Names that may be bound to whole numbers at top level.
  var globals: [String: Int] = [:]
  /// Names that the annotations bind, with the registers that get them.
  var bound: [String: Int] = [:]
}

extension Machine {
  /// Checks the arguments' shapes, and binds the free names in the body.
  func checkShapes(of frame: Frame) throws(RuntimeError) {
    guard let shapes = frame.code.shapes else { return }
    var solver = ShapeSolver(known: try knownSizes(shapes, frame))
    var found: [[Int]?] = []
    for (place, parameter) in shapes.parameters.enumerated() {
      let value = frame.value(in: parameter.register)
      let shape = value.isNone ? nil : try self.shape(of: value, as: "\(frame.code.name)'s argument \(parameter.name)")
      found.append(shape)
      guard let shape, !solver.add(parameter.pattern, shape, owner: place) else { continue }
      throw mismatch(frame.code.name, parameter.name, parameter.pattern, shape, solver.known)
    }
    if let misfit = solver.solve() {
      let parameter = shapes.parameters[misfit.owner]
      throw mismatch(frame.code.name, parameter.name, parameter.pattern, found[misfit.owner] ?? [], solver.known)
    }
    for (name, register) in shapes.bound {
      if let size = solver.known[name] { frame.bind(register, to: .int(size)) }
    }
  }

  /// Checks the shape of what a function returns.
  func checkResult(_ value: Value, of frame: Frame) throws(RuntimeError) {
    guard let shapes = frame.code.shapes, let pattern = shapes.result else { return }
    var known = try knownSizes(shapes, frame)
    for (name, register) in shapes.bound {
      if case .int(let size) = frame.value(in: register) { known[name] = size }
    }
    let shape = try self.shape(of: value, as: "\(frame.code.name)'s result")
    var solver = ShapeSolver(known: known)
    guard solver.add(pattern, shape), solver.solve() == nil else {
      throw mismatch(frame.code.name, nil, pattern, shape, solver.known)
    }
  }

  private func knownSizes(_ shapes: FunctionShapes, _ frame: Frame) throws(RuntimeError) -> [String: Int] {
    var known: [String: Int] = [:]
    for (name, place) in shapes.globals {
      if case .int(let size) = frame.function._withUnsafeGuaranteedRef({ $0.globalSlots[place] }) { known[name] = size }
    }
    for (name, register) in shapes.arguments {
      let value = frame.value(in: register)
      guard let size = try value.wholeNumber() else {
        throw RuntimeError(
          .typeError, "\(name) stands for a size in \(frame.code.name)'s annotations, but is \(value.typeName.withArticle)")
      }
      known[name] = size
    }
    return known
  }

  /// The sizes of a value: a tensor's shape, a list's by its nesting, none for a number.
  func shape(of value: Value, as what: String) throws(RuntimeError) -> [Int] {
    switch value.boxed {
    case .foreign(let object):
      if let shape = object.shape { return shape }
    case .int, .float, .bool: return []
    case .list(let list): return try shape(of: list.elements, as: what, depth: 0)
    case .tuple(let tuple): return try shape(of: tuple.elements, as: what, depth: 0)
    default: break
    }
    throw RuntimeError(.typeError, "\(what) is annotated with a shape, but \(value.typeName.withArticle) has none")
  }

  private func shape(of elements: [Value], as what: String, depth: Int) throws(RuntimeError) -> [Int] {
    guard depth < 64 else { throw RuntimeError.nestedTooDeep("have a shape") }
    var inner: [Int]?
    for (place, element) in elements.enumerated() {
      let shape: [Int]
      if case .list(let list) = element {
        shape = try self.shape(of: list.elements, as: what, depth: depth + 1)
      } else {
        shape = try self.shape(of: element, as: what)
      }
      guard inner == nil || inner == shape else {
        throw RuntimeError(.shapeError, "\(what) is ragged: row \(place) differs from those before it")
      }
      inner = shape
    }
    return [elements.count] + (inner ?? [])
  }

  private func mismatch(
    _ function: String, _ parameter: String?, _ pattern: ShapePattern, _ shape: [Int], _ known: [String: Int]
  ) -> RuntimeError {
    let (message, help) = pattern.mismatch(function: function, parameter: parameter, shape: shape, known: known)
    return RuntimeError(.shapeError, message, help: help)
  }
}

extension Frame {
  /// The value of a variable, wherever it lives.
  func value(in register: Int) -> Value {
    if case .cell(let cell) = base[register] { cell.value } else { base[register] }
  }

  func bind(_ register: Int, to value: Value) {
    if case .cell(let cell) = base[register] { cell.value = value } else { base[register] = value }
  }
}
