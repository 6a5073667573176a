import Builtins
import Checking
import Diagnostics
import Execution
import Parsing

extension Session {
  /// How a source is run.
  public struct Mode: Sendable {
    /// Whether the source is all there is, as a script is: every name must be bound in it.
    public var isWhole = false
    /// Whether lines such as `name?` and `%time` are understood.
    public var isInteractive = true
    /// Whether it is kept for `%save`.
    public var isKept = true

    public init(isWhole: Bool = false, isInteractive: Bool = true, isKept: Bool = true) {
      self.isWhole = isWhole
      self.isInteractive = isInteractive
      self.isKept = isKept
    }

    public static let script = Mode(isWhole: true, isInteractive: false, isKept: false)
  }

  /// Runs a source in the session's scope.
  ///
  /// - Parameters:
  ///   - name: what errors call it: a file's path, `cell 3`.
  ///   - subshell: the shell that runs it, if not the main one.
  public func run(_ text: String, name: String, mode: Mode = Mode(), in subshell: Subshell? = nil) -> Outcome {
    having(subshell) {
      defer { learn() }
      // What runs in a subshell is not debugged.
      if subshell == nil { debugger.begin() }
      return workspace.running(stoppedBy: machine.interrupt) { perform(text, name: name, mode) }
    }
  }

  /// Lets controls that a person has moved take their values and call their functions, in the main shell.
  public func react<Result>(_ body: (Machine) -> Result) -> Result {
    having(nil) {
      defer { learn() }
      // A control ends no session.
      defer { _ = workspace.takeExitCode() }
      debugger.begin()
      return workspace.running(stoppedBy: machine.interrupt) { body(machine) }
    }
  }

  private func perform(_ text: String, name: String, _ mode: Mode) -> Outcome {
    if mode.isInteractive {
      switch SessionText(text) {
      case .program:
        // Who wants to leave may forget the brackets.
        let word = text.split(whereSeparator: \.isWhitespace)
        if word == ["exit"] || word == ["quit"], !globals.boundNames.contains(String(word[0])) { return .exit(0) }
      case .question(let name, let isWhole): return answer(name, isWhole: isWhole)
      case .command(let command, let rest): return perform(command, rest, name: name)
      }
    }
    let outcome = runProgram(text, name: name, mode)
    if mode.isKept { inputs.append(Input(text, outcome)) }
    return outcome
  }

  func runProgram(_ text: String, name: String, _ mode: Mode) -> Outcome {
    do {
      guard let value = try value(of: text, name: name, mode) else { return .value(nil) }
      if value.isNone { return .value(nil) }
      let shown = try value.representations()
      globals["_"] = value
      return .value(shown)
    } catch {
      return outcome(of: error)
    }
  }

  /// The value of the last expression of a source.
  func value(of text: String, name: String, _ mode: Mode) throws -> Value? {
    let (module, mistakes) = Module.parse(Source(name: name, text: text))
    let found = mistakes.isEmpty ? check(module, name: name, mode) : mistakes
    guard !found.contains(where: \.isError) else { throw Failed(Failure(found.filter(\.isError))) }
    return try machine.run(try compile(module, in: globals))
  }

  private func check(_ module: Module, name: String, _ mode: Mode, notesHidden: Bool = false) -> [Diagnostic] {
    let bound = Set(globals.boundNames)
    let isShadowed = bound.contains { signatures[$0] != nil }
    return Checker.check(
      module,
      Checker.Knowledge(
        builtins: isShadowed ? signatures.filter { !bound.contains($0.key) } : signatures, methods: Builtin.tensorMethodRules,
        shapes: Builtin.shapes, names: plainNames.union(bound), values: knownValues, isWhole: mode.isWhole,
        notesHidden: notesHidden, advice: self.machine.advice, hasModule: { [modules] in modules.hasFile($0, importer: name) }))
  }

  /// What the checker may know of the session's values.
  private var knownValues: [String: Known] {
    var known: [String: Known] = [:]
    for name in globals.boundNames {
      switch globals[name]?.boxed {
      case .int(let number)?: known[name] = .whole(number)
      case .foreign(let object)?: known[name] = object.shape.map(Known.tensor) ?? .unknown
      default: known[name] = .unknown
      }
    }
    return known
  }

  /// All mistakes of a whole file that can be told without running it.
  public func check(_ text: String, name: String) -> [Diagnostic] {
    let (module, mistakes) = Module.parse(Source(name: name, text: text))
    return mistakes.isEmpty ? check(module, name: name, .script, notesHidden: true) : mistakes
  }

  func outcome(of error: any Error) -> Outcome {
    switch error {
    case let failed as Failed: return .failure(failed.failure)
    case let error as RuntimeError:
      if let code = workspace.takeExitCode() { return .exit(code) }
      return .failure(Failure([error.diagnostic]))
    default: return .failure(Failure([Diagnostic(ErrorKind.exception.rawValue, String(describing: error))]))
    }
  }

  /// The value of one expression, for Jupyter's user expressions.
  public func evaluate(_ expression: String, in subshell: Subshell? = nil) -> Result<Representations, Failure> {
    having(subshell) { evaluated(expression) }
  }

  private func evaluated(_ expression: String) -> Result<Representations, Failure> {
    do {
      let (module, _) = Module.parse(Source(name: "expression", text: expression))
      if module.statements.contains(where: { if case .expression = $0.kind { false } else { true } })
        || module.statements.count > 1
      {
        throw RuntimeError(.syntaxError, "expected one expression, not a statement", help: "statements belong in the cell")
      }
      let mode = Mode(isInteractive: false, isKept: false)
      let value = try value(of: expression, name: "expression", mode) ?? .none
      return .success(try value.representations())
    } catch {
      if case .failure(let failure) = outcome(of: error) { return .failure(failure) }
      return .failure(Failure([]))
    }
  }
}

/// Carries the mistakes that kept a source from running.
struct Failed: Error {
  var failure: Failure

  init(_ failure: Failure) {
    self.failure = failure
  }
}

extension Failure: Error {}
