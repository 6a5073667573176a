import Builtins
import Execution
import Parsing

/// Something with parts that a debugger was shown.
enum Shown {
  /// The variables of a frame, by its place.
  case locals(Int)
  case globals(Globals)
  case value(Value)
}

/// A variable, or a part of a value, as a debugger shows it.
public struct DebugVariable: Sendable {
  public var name: String
  public var value: String
  public var type: String
  /// Stands for its parts; 0 where it has none.
  public var number = 0
  public var namedParts = 0
  public var indexedParts = 0
  /// The expression that gives it; nil for what has none.
  public var expression: String?
}

public struct DebugScope: Sendable {
  public var name: String
  public var number: Int
  public var count: Int
}

/// Why a debugger gets no answer.
public struct DebugError: Error, Sendable {
  public var message: String

  public init(_ message: String) { self.message = message }
}

// All of this is asked within `look`.
extension Debugger {
  public var stoppedFrames: [DebugFrame] { frames }
  public var stoppedAt: (kind: String, message: String)? { lastError }

  public func scopes(ofFrame id: Int) throws(DebugError) -> [DebugScope] {
    guard let view = view(id) else { throw DebugError("there is no frame \(id): the program has gone on") }
    let globals = DebugScope(name: "Globals", number: number(for: .globals(view.globals)), count: view.globals.boundNames.count)
    if view.function.isEmpty { return [globals] }
    return [DebugScope(name: "Locals", number: number(for: .locals(id - 1)), count: view.locals.count), globals]
  }

  /// The session's own names, stopped or not.
  public var sessionVariables: [DebugVariable] {
    if !isStopped { forgetShown() }
    return variables(of: globals)
  }

  /// The parts of what a number stands for: `count` from `start` on of those that are counted.
  public func parts(of number: Int, start: Int, count: Int?) throws(DebugError) -> [DebugVariable] {
    // What has no parts.
    if number == 0 { return [] }
    guard let what = shown[number] else { throw DebugError("there is no variable \(number): the program has gone on") }
    switch what {
    case .globals(let globals): return page(variables(of: globals), start, count)
    case .locals(let place):
      guard place < machine.frameCount else { return [] }
      let locals = machine.frameView(place).locals
      return page(locals.map { variable($0.name, $0.value, $0.name) }, start, count)
    case .value(let value): return parts(of: value, max(0, start), count)
    }
  }

  public func evaluate(_ text: String, frame id: Int?) throws(DebugError) -> DebugVariable {
    if id != nil, view(id ?? 0) == nil { throw DebugError("there is no frame \(id ?? 0): the program has gone on") }
    do throws(RuntimeError) {
      let place = id.map { $0 - 1 } ?? (machine.frameCount > 0 ? machine.frameCount - 1 : nil)
      guard let value = try evaluate(text, inFrame: place) else { return DebugVariable(name: "", value: "", type: "NoneType") }
      return variable("", value, nil)
    } catch {
      throw DebugError(described(error))
    }
  }

  /// Binds a name that a scope holds to the value of an expression.
  public func set(_ name: String, in number: Int, to text: String) throws(DebugError) -> DebugVariable {
    guard !frames.isEmpty else { throw DebugError("nothing is stopped: set it in a cell") }
    guard let what = shown[number] else { throw DebugError("there is no variable \(number): the program has gone on") }
    do throws(RuntimeError) {
      switch what {
      case .locals(let place):
        guard machine.frameView(place).locals.contains(where: { $0.name == name }) else {
          throw RuntimeError(.nameError, "\(name) is not defined")
        }
        let value = try evaluate(text, inFrame: place) ?? .none
        machine.bind(name, to: value, inFrame: place)
        return variable(name, value, name)
      case .globals(let globals):
        guard globals[name] != nil else { throw RuntimeError(.nameError, "\(name) is not defined") }
        let value = try evaluate(text, inFrame: machine.frameCount > 0 ? machine.frameCount - 1 : nil) ?? .none
        globals[name] = value
        return variable(name, value, name)
      case .value: break
      }
    } catch {
      throw DebugError(described(error))
    }
    throw DebugError("parts of a value are set by an expression: xs[0] = 5")
  }

  /// Copies a variable of a frame to a top-level name.
  public func copy(_ name: String, ofFrame id: Int, to target: String) throws(DebugError) {
    guard let view = view(id) else { throw DebugError("there is no frame \(id): the program has gone on") }
    guard let value = view.locals.first(where: { $0.name == name })?.value ?? view.globals[name] else {
      throw DebugError("\(name) is not defined in this frame")
    }
    guard target.isName else { throw DebugError("\(target) is no name") }
    view.globals[target] = value
  }

  public func representations(of name: String, frame id: Int?) throws(DebugError) -> Representations {
    var value = globals[name]
    if let id, let view = view(id) { value = view.locals.first { $0.name == name }?.value ?? view.globals[name] }
    guard name.isName, let value else { throw DebugError("\(name) is not defined") }
    do throws(RuntimeError) { return try value.representations() } catch { throw DebugError(described(error)) }
  }

  // MARK: Values

  private func view(_ id: Int) -> FrameView? {
    // A program that sleeps has frames too, but it is not stopped.
    frames.indices.contains(id - 1) ? machine.frameView(id - 1) : nil
  }

  private func described(_ error: RuntimeError) -> String { "\(error.kind.rawValue): \(error.message)" }

  private func variables(of globals: Globals) -> [DebugVariable] {
    globals.boundNames.filter { $0 != "_" }.sorted().compactMap { name in globals[name].map { variable(name, $0, name) } }
  }

  /// As much of a value's parts as is shown where nobody said how many.
  private static let most = 100

  private func page(_ parts: [DebugVariable], _ start: Int, _ count: Int?) -> [DebugVariable] {
    Array(parts.dropFirst(max(0, start)).prefix(count.map { max(0, $0) } ?? parts.count))
  }

  private func variable(_ name: String, _ value: Value, _ expression: String?) -> DebugVariable {
    let value = value.boxed
    var variable = DebugVariable(name: name, value: summary(value), type: value.typeName, expression: expression)
    switch value {
    case .list(let list): variable.indexedParts = list.elements.count
    case .tuple(let tuple): variable.indexedParts = tuple.elements.count
    case .dict(let dict): variable.namedParts = dict.count
    case .module(let module): variable.namedParts = module.globals.boundNames.count
    case .foreign(let object):
      if let shape = object.shape {
        variable.indexedParts = shape.first ?? 0
      } else {
        variable.namedParts = workspace.members(of: object).count
      }
    default: break
    }
    if variable.indexedParts + variable.namedParts > 0 { variable.number = number(for: .value(value)) }
    return variable
  }

  /// A line that tells a value: of a tensor shape and type before its numbers.
  private func summary(_ value: Value) -> String {
    guard case .foreign(let object) = value, let text = try? object.representations().text else {
      return value.preview(bytes: 200)
    }
    var lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    if object.shape != nil, lines.count > 1 { lines.insert(lines.removeLast(), at: 0) }
    let line = lines.joined(separator: " ")
    return line.count > 200 ? line.prefix(199) + "…" : line
  }

  private func parts(of value: Value, _ start: Int, _ count: Int?) -> [DebugVariable] {
    func indexed(_ total: Int, _ part: (Int) -> Value?) -> [DebugVariable] {
      let end = min(total, start + min(max(0, count ?? Self.most), total))
      guard start < end else { return [] }
      var parts = (start..<end).compactMap { i in part(i).map { variable("[\(i)]", $0, nil) } }
      if count == nil, end < total { parts.append(DebugVariable(name: "…", value: "\(total - end) more", type: "")) }
      return parts
    }
    switch value {
    case .list(let list): return indexed(list.elements.count) { list.elements[$0] }
    case .tuple(let tuple): return indexed(tuple.elements.count) { tuple.elements[$0] }
    case .dict(let dict):
      let pairs = dict.pairs
      return indexed(pairs.count) { pairs[$0].value }.enumerated().map { i, part in
        var part = part
        if start + i < pairs.count, part.name != "…" { part.name = pairs[start + i].key.preview(bytes: 60) }
        return part
      }
    case .module(let module): return page(variables(of: module.globals), start, count ?? Self.most)
    case .foreign(let object):
      if let total = object.shape?.first {
        return indexed(total) { i in (try? object.item(at: .int(i), in: machine)) ?? nil }
      }
      let members = workspace.members(of: object)
      return page(members.keys.sorted().map { variable($0, members[$0] ?? .none, nil) }, start, count)
    default: return []
    }
  }
}
