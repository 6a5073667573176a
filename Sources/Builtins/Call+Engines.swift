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
        guard case .int(let number) = item else { throw wrong(place, wanted: "whole numbers") }
        wholes.append(number)
      }
      return wholes
    default: return [try int(place)]
    }
  }

  /// The axes of a reduction; nil for all.
  func axes(_ place: Int) throws(RuntimeError) -> [Int]? { has(place) ? try wholes(place) : nil }

  /// A shape: as a list, or as numbers one after the other from a rest parameter on.
  func shape(_ place: Int) throws(RuntimeError) -> Shape {
    let rest = rest(place)
    var sizes: [Int] = []
    if rest.count == 1, case .list(let list) = rest[0] {
      sizes = try wholes(list.elements, place)
    } else if rest.count == 1, case .tuple(let tuple) = rest[0] {
      sizes = try wholes(tuple.elements, place)
    } else {
      sizes = try wholes(rest, place)
    }
    return try engine { try Shape(sizes) }
  }

  private func wholes(_ values: [Value], _ place: Int) throws(RuntimeError) -> [Int] {
    var wholes: [Int] = []
    for (i, value) in values.enumerated() {
      switch value {
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
