import Diagnostics
import Parsing

/// A call in progress, as a debugger shows it. Valid until the program goes on.
public struct FrameView {
  /// From 0, the outermost.
  public let place: Int
  /// The function's name; empty at top level.
  public let function: String
  /// What runs in it.
  public let span: Span?
  /// The names of its own variables that are bound, with their values.
  public let locals: [(name: String, value: Value)]
  /// Its top-level names.
  public let globals: Globals
}

extension Machine {
  /// The calls in progress, the outermost first.
  public var frameViews: [FrameView] { (0..<depth).map(frameView) }

  public var frameCount: Int { depth }

  /// What tells the innermost frame's code from others.
  public var runningCode: ObjectIdentifier? { depth == 0 ? nil : ObjectIdentifier(frames[depth - 1].code) }

  public func frameView(_ place: Int) -> FrameView {
    let frame = frames[place]
    return FrameView(
      place: place, function: frame.code.name, span: span(of: frame), locals: locals(of: frame), globals: frame.globals)
  }

  private func locals(of frame: Frame) -> [(name: String, value: Value)] {
    frame.code.registerNames.enumerated().compactMap { register, name in
      let value = frame.base[register].inCell
      return value.isUnbound ? nil : (name, value)
    }
  }

  /// Binds a name of a frame: one of its own variables where it has one of that name, else a top-level name.
  public func bind(_ name: String, to value: Value, inFrame place: Int) {
    let frame = frames[place]
    guard let register = frame.code.registerNames.firstIndex(of: name) else { return frame.globals[name] = value }
    if case .cell(let cell) = frame.base[register] { cell.value = value } else { frame.base[register] = value }
  }

  /// Runs a source beside the program, with the names of a frame; nothing in it is told of.
  ///
  /// - Parameter place: nil: at top level, with the names of `globals`.
  public func evaluate(_ module: Module, inFrame place: Int?, globals: Globals) throws(RuntimeError) -> Value? {
    let wasAside = tracing.isAside
    tracing.isAside = true
    defer { tracing.isAside = wasAside }
    guard let place, !frames[place].code.registerNames.isEmpty else {
      return try runAside(try compile(module, in: place.map { frames[$0].globals } ?? globals))
    }
    // The frame's names hide those of the top level; what is bound anew is told by not being what it was.
    let frame = frames[place]
    var visible = frame.globals.values
    for (name, value) in locals(of: frame) { visible[name] = value }
    let names = Globals(builtins: visible)
    let program = try compile(module, in: names)
    defer { for name in names.boundNames { if let value = names[name] { bind(name, to: value, inFrame: place) } } }
    return try runAside(program)
  }

  /// As `run`, but the code is not kept.
  private func runAside(_ program: Program) throws(RuntimeError) -> Value? {
    let function = FunctionObject(code: program.code, globals: program.globals, defaults: [], cells: [])
    let value = try call(.function(function), Arguments())
    return value.isUnbound ? nil : value
  }
}

extension Value {
  /// What a variable holds that functions share; otherwise the value itself.
  fileprivate var inCell: Value { if case .cell(let cell) = self { cell.value } else { self } }
}
