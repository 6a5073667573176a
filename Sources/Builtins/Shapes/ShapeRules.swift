import Checking
import Execution
import Gradients
import Tensors

/// How shapes follow from shapes, for what is checked before anything runs.
///
/// Nothing is said twice: a rule runs the function itself, on zeros of the operands' shapes, and looks at what comes out.
enum ShapeRules {
  /// Beyond so many entries a rule has no opinion: the checker is to be quick.
  private static let limit = 1 << 14

  /// The rule of a function of the tensors that stand at `places`.
  ///
  /// - Parameter body: the function; nil where the other arguments cannot be told.
  static func function(
    of places: [Int] = [0],
    _ body: @escaping @Sendable ([Variable], KnownArguments) throws(TensorError) -> Variable?
  ) -> ShapeRule {
    { arguments throws(ShapeMistake) in
      var operands: [Variable] = []
      for place in places {
        guard let shape = arguments.shape(place), let zeros = zeros(shape) else { return .unknown }
        operands.append(zeros)
      }
      return try shape { () throws(TensorError) in try body(operands, arguments) }
    }
  }

  /// The rule of a function of a tensor and whole numbers in a rest parameter.
  static func resized(
    _ body: @escaping @Sendable (Variable, [Int]) throws(TensorError) -> Variable
  ) -> ShapeRule {
    function { operands, given throws(TensorError) in
      guard let sizes = given.sizes(1) else { return nil }
      return try body(operands[0], sizes)
    }
  }

  static let reshape = resized { x, sizes throws(TensorError) in try x.reshape(sizes) }

  /// The rule of a function of a tensor and one axis, which may be left out for `usual`.
  static func alongAxis(
    _ usual: Int, _ body: @escaping @Sendable (Variable, Int) throws(TensorError) -> Variable
  ) -> ShapeRule {
    function { operands, given throws(TensorError) in
      guard let axis = given.whole(1, default: usual) else { return nil }
      return try body(operands[0], axis)
    }
  }

  /// The rule of a function of a tensor and a whole number, 0 unless given.
  static func counted(_ body: @escaping @Sendable (Variable, Int) throws(TensorError) -> Variable) -> ShapeRule {
    alongAxis(0, body)
  }

  /// The rule of a function of a tensor and axes, all where none is given.
  static func alongAxes(
    _ body: @escaping @Sendable (Variable, [Int]?) throws(TensorError) -> Variable
  ) -> ShapeRule {
    function { operands, given throws(TensorError) in
      guard let axes = given.axes(1) else { return nil }
      return try body(operands[0], axes.list)
    }
  }

  /// The rule of a function of square matrices that gives matrices as large.
  static func square(_ name: String) -> ShapeRule {
    function { operands, _ throws(TensorError) in
      _ = try operands[0].shape.squareMatrices(in: name)
      return operands[0]
    }
  }

  /// The rule of a function of a list of tensors and an axis.
  static func joined(
    _ body: @escaping @Sendable ([Variable], Int) throws(TensorError) -> Variable
  ) -> ShapeRule {
    { given throws(ShapeMistake) in
      guard case .list(let items)? = given[0], let axis = given.whole(1, default: 0) else { return .unknown }
      let operands = items.compactMap { $0.shape.flatMap(zeros) }
      guard operands.count == items.count else { return .unknown }
      return try shape { () throws(TensorError) in try body(operands, axis) }
    }
  }

  /// The rule of a function that makes a tensor of the sizes in its rest parameter.
  static let sizes: ShapeRule = { arguments in
    guard let sizes = arguments.sizes(0), sizes.allSatisfy({ $0 >= 0 }) else { return .unknown }
    return .tensor(sizes)
  }

  /// Of a function whose result has its first argument's shape.
  static let same: ShapeRule = { arguments in arguments.shape(0).map(Known.tensor) ?? .unknown }

  /// Of a function that makes a tensor of the sizes in the list that comes first.
  static let listed: ShapeRule = { arguments in arguments[0]?.wholes.map(Known.tensor) ?? .unknown }

  /// Of `parameter`, where with `init=` the list is a shape.
  static let parameter: ShapeRule = { arguments throws(ShapeMistake) in
    arguments[1] == nil ? try same(arguments) : try listed(arguments)
  }

  private static func zeros(_ shape: [Int]) -> Variable? {
    guard let shape = try? Shape(shape), shape.count <= limit, let zeros = try? Tensor.zeros(shape, dtype: .float32) else {
      return nil
    }
    return Variable(zeros)
  }

  private static func shape(_ body: () throws(TensorError) -> Variable?) throws(ShapeMistake) -> Known {
    do {
      return try withoutRecording { () throws(TensorError) in try body() }.map { .tensor($0.shape.dimensions) } ?? .unknown
    } catch {
      // What depends on more than shapes, as the entries' type, is not known here.
      guard error.category == .shapeError || error.category == .indexError else { return .unknown }
      throw ShapeMistake(error.message, kind: error.category.rawValue, help: error.help)
    }
  }
}

extension Known {
  /// The whole numbers that it is: one, or a list of them.
  var wholes: [Int]? {
    switch self {
    case .whole(let number): return [number]
    case .list(let items):
      var wholes: [Int] = []
      for case .whole(let number) in items { wholes.append(number) }
      return wholes.count == items.count ? wholes : nil
    default: return nil
    }
  }
}

/// The axes of a reduction, as far as they are known.
enum KnownAxes {
  case all
  case some([Int])

  var list: [Int]? {
    if case .some(let axes) = self { axes } else { nil }
  }
}

extension KnownArguments {
  /// nil where they cannot be told.
  func axes(_ place: Int) -> KnownAxes? {
    guard let value = self[place] else { return .all }
    return value.wholes.map { .some($0) }
  }

  /// Sizes that stand one after the other in a rest parameter, or in one list.
  func sizes(_ place: Int) -> [Int]? {
    let rest = rest(place)
    return rest.count == 1 ? rest[0].wholes : Known.list(rest).wholes
  }

  /// The shape of an argument that is a tensor and no list of numbers.
  func tensor(_ place: Int) -> [Int]? {
    guard case .tensor(let shape)? = self[place] else { return nil }
    return shape
  }

  /// A whole number, or the default where none is given; nil where it cannot be told.
  func whole(_ place: Int, default fallback: Int) -> Int? {
    guard let value = self[place] else { return fallback }
    guard case .whole(let number) = value else { return nil }
    return number
  }
}

extension Builtin {
  /// How shapes follow, by the names of functions and operators.
  public static let shapes: [String: ShapeRule] = Dictionary(
    all.compactMap { builtin in builtin.owner == nil ? builtin.shape.map { (builtin.name, $0) } : nil } + operators,
    uniquingKeysWith: { first, _ in first })

  /// How tensors' methods are called, and how shapes follow.
  public static let tensorMethodRules: [String: Checker.Method] = Dictionary(
    all.filter { $0.isTensorMethod || $0.owner == "tensor" }.map {
      ($0.name, Checker.Method(signature: $0.signature, shape: $0.shape))
    }, uniquingKeysWith: { first, _ in first })

  private static let operators: [(String, ShapeRule)] =
    Execution.BinaryOperation.allCases.map { operation in
      pair(operation.rawValue) { a, b throws(TensorError) in try a.applying(operation, b) }
    }
    + Execution.Comparison.allCases.map { comparison in
      pair(comparison.rawValue) { a, b throws(TensorError) in try a.comparing(comparison, b) }
    }

  private static func pair(
    _ symbol: String, _ body: @escaping @Sendable (Variable, Variable) throws(TensorError) -> Variable
  ) -> (String, ShapeRule) {
    (symbol, ShapeRules.function(of: [0, 1]) { operands, _ throws(TensorError) in try body(operands[0], operands[1]) })
  }
}
