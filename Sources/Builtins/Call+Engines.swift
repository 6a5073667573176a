import Execution
import Gradients
import Tensors

// Reads the arguments of a builtin, with an error that names the argument.
extension Call {
  func variable(_ place: Int, in workspace: Workspace) throws(RuntimeError) -> Variable {
    switch arguments[place] {
    case .foreign(let object as TensorObject): return object.variable
    case .bool, .int, .float, .list, .tuple, .range:
      do throws(RuntimeError) {
        return try workspace.variable(arguments[place])
      } catch {
        throw blaming(place, error)
      }
    default: throw wrong(place)
    }
  }

  func foreign<Object: ForeignObject>(_ place: Int, _ type: Object.Type) throws(RuntimeError) -> Object {
    guard case .foreign(let object) = arguments[place], let object = object as? Object else {
      throw wrong(place)
    }
    return object
  }

  /// Whole numbers: one, or a list of them.
  func wholes(_ place: Int) throws(RuntimeError) -> [Int] {
    switch arguments[place] {
    case .list, .tuple, .range:
      var wholes: [Int] = []
      for item in try items(place) {
        guard let number = try item.wholeNumber() else { throw wrong(place, wanted: "whole numbers") }
        wholes.append(number)
      }
      return wholes
    case .foreign(let object as TensorObject) where object.variable.shape.rank == 1 && !object.variable.dtype.isFloat:
      return try engine { try object.tensor.ints() }
    default: return [try int(place)]
    }
  }

  /// Whether the argument is several numbers and not one.
  func isList(_ place: Int) -> Bool {
    switch arguments[place] {
    case .list, .tuple, .range: true
    case .foreign(let object as TensorObject): object.variable.shape.rank > 0
    default: false
    }
  }

  /// Places before and after for each of `rank` dimensions: from one number, one pair, or a pair for each.
  func paddings(_ place: Int, rank: Int) throws(RuntimeError) -> [(before: Int, after: Int)] {
    let list = try ListReader(arguments[place])
    guard let widths = list.wholes else { throw wrong(place) }
    switch list.shape {
    case []: return Array(repeating: (widths[0], widths[0]), count: rank)
    case [1]: return Array(repeating: (widths[0], widths[0]), count: rank)
    case [2]: return Array(repeating: (widths[0], widths[1]), count: rank)
    case [rank, 2]: return (0..<rank).map { (widths[2 * $0], widths[2 * $0 + 1]) }
    case [1, 2]: return Array(repeating: (widths[0], widths[1]), count: rank)
    default:
      throw RuntimeError(
        .valueError, "pad needs a pair of widths for each of \(rank) dimensions, but got a list of shape \(list.shape)",
        help: "pad(x, 1), pad(x, (1, 2)) or pad(x, [(1, 1), (0, 2)])", span: span(of: place))
    }
  }

  /// The axes of a reduction; nil for all.
  func axes(_ place: Int) throws(RuntimeError) -> [Int]? { has(place) ? try wholes(place) : nil }

  /// Whole numbers from a rest parameter, one after the other or as one list; -1 is allowed.
  func sizes(_ place: Int) throws(RuntimeError) -> [Int] {
    let rest = rest(place)
    if rest.count == 1, case .list(let list) = rest[0] { return try wholes(list.elements, place) }
    if rest.count == 1, case .tuple(let tuple) = rest[0] { return try wholes(tuple.elements, place) }
    return try wholes(rest, place)
  }

  /// A shape: as a list, or as numbers one after the other from a rest parameter on.
  func shape(_ place: Int) throws(RuntimeError) -> Shape {
    let sizes = try sizes(place)
    return try engine { try Shape(sizes) }
  }

  private func wholes(_ values: [Value], _ place: Int) throws(RuntimeError) -> [Int] {
    var wholes: [Int] = []
    for (i, value) in values.enumerated() {
      switch value.boxed {
      case .int(let number): wholes.append(number)
      case .foreign(let object):
        guard case .int(let number)? = try object.number() else { throw wrong(place, wanted: "whole numbers as sizes") }
        wholes.append(number)
      default: throw wrong(place, rest: values.count == rest(place).count ? i : 0)
      }
    }
    return wholes
  }

  func dtype(_ place: Int, default fallback: DType) throws(RuntimeError) -> DType {
    guard has(place) else { return fallback }
    let name = try string(place)
    guard let dtype = DType(rawValue: name) else { throw wrong(place) }
    return dtype
  }

  /// A seed that was given.
  func seed(_ place: Int) throws(RuntimeError) -> UInt64? {
    has(place) ? UInt64(bitPattern: Int64(try int(place))) : nil
  }
}
