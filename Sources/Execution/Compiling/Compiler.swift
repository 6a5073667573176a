import Checking
import Diagnostics
import Parsing

/// Compiles a module for a namespace.
///
/// - Throws: MemoryError when the namespace would hold more names than it can.
public func compile(_ module: Module, in globals: Globals) throws(RuntimeError) -> Program {
  let compiler = FunctionCompiler(topLevelIn: globals)
  compiler.compileTopLevel(module)
  if let failure = compiler.failure { throw failure }
  return Program(code: Code(compiler.builder.draft), globals: globals)
}

/// Compiles one function, or the top level of a module; the functions within get compilers of their own.
final class FunctionCompiler {
  let parent: FunctionCompiler?
  let globals: Globals
  let analysis: NameAnalysis
  var builder: FunctionBuilder
  /// What surrounds the statement being compiled and concerns jumps out of it; the innermost last.
  var enclosures: [Enclosure] = []
  /// The function's own variables and those captured.
  private var variables: [String: Variable] = [:]
  /// Variables of the comprehensions around the expression being compiled, the innermost last.
  private var blocks: [[String: Variable]] = []
  /// The first thing that made compiling impossible.
  var failure: RuntimeError?

  struct Variable {
    var register: Int
    var isCell: Bool
  }

  /// Where a name lives.
  enum Place {
    case register(Int)
    case cell(Int)
    case global(Int)
  }

  init(topLevelIn globals: Globals) {
    parent = nil
    self.globals = globals
    analysis = NameAnalysis()
    // What stands in no function has no name.
    builder = FunctionBuilder(name: "", signature: Signature([]), variables: [])
  }

  init(_ function: Function, within parent: FunctionCompiler) {
    self.parent = parent
    globals = parent.globals
    analysis = parent.analysis
    let names = analysis.names(of: function)
    let own = function.parameters.map(\.name) + names.bound
    let outer = names.free.sorted().compactMap { name in parent.register(capturing: name).map { (name, $0) } }
    let name = function.name.isEmpty ? "lambda" : function.name
    builder = FunctionBuilder(name: name, signature: Signature(of: function), variables: own + outer.map(\.0))
    builder.draft.parameterCount = function.parameters.count
    builder.draft.captures = outer.map(\.1)
    for (register, name) in own.enumerated() {
      variables[name] = Variable(register: register, isCell: names.captured.contains(name))
    }
    for (place, capture) in outer.enumerated() {
      variables[capture.0] = Variable(register: own.count + place, isCell: true)
      builder.emit(Instruction(.loadCaptured, a: UInt32(own.count + place), b: UInt32(place)), at: function.span)
    }
    for name in own {
      if let variable = variables[name], variable.isCell {
        builder.emit(.makeCell, .register(variable.register), at: function.span)
      }
    }
  }

  /// The register of this function whose cell an inner function captures; nil for what is no variable of a function.
  private func register(capturing name: String) -> Int? {
    if case .cell(let register) = place(of: name) { register } else { nil }
  }

  func place(of name: String) -> Place {
    for block in blocks.reversed() {
      if let variable = block[name] { return variable.isCell ? .cell(variable.register) : .register(variable.register) }
    }
    if let variable = variables[name] { return variable.isCell ? .cell(variable.register) : .register(variable.register) }
    guard let place = globals.place(of: name) else {
      fail("a program cannot have more than \(Globals.capacity) names at top level")
      return .global(0)
    }
    return .global(place)
  }

  /// The register of one of the function's own variables.
  func register(of name: String) -> Int? { variables[name]?.register }

  /// Whether an operand is a register for an intermediate value, which is read once.
  func isTemporary(_ operand: Operand) -> Bool {
    guard operand.isRegister, operand.place >= builder.draft.registerNames.count else { return false }
    return !blocks.contains { $0.values.contains { $0.register == operand.place } }
  }

  /// Makes names visible while the body is compiled.
  func withBlock(_ names: [String: Variable], _ body: () -> Void) {
    blocks.append(names)
    body()
    blocks.removeLast()
  }

  func fail(_ message: String) {
    failure = failure ?? RuntimeError(.memoryError, message, help: "split it into parts")
  }

  /// Compiles something whose intermediate values are not needed afterwards.
  @discardableResult
  func scratch<Result>(_ body: () -> Result) -> Result {
    let mark = builder.nextRegister
    defer { builder.release(to: mark) }
    return body()
  }
}

extension FunctionCompiler {
  fileprivate func compileTopLevel(_ module: Module) {
    var statements = module.statements[...]
    var result: Expression?
    if !module.hidesLastValue, let last = statements.last, case .expression(let expression) = last.kind {
      result = expression
      statements.removeLast()
    }
    compile(Array(statements))
    let end = Span(module.source, module.source.utf8.count..<module.source.utf8.count)
    if let result {
      let target = builder.takeRegister()
      builder.mark(result.span)
      compile(result, into: target)
      builder.emit(.returnValue, target, at: result.span)
    } else {
      builder.emit(.returnValue, builder.constant(.unbound), at: end)
    }
  }
}
