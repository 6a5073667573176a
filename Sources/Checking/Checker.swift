import Diagnostics
import Parsing

/// Finds, before anything runs, the mistakes that are certain: unknown names, wrong arguments, statements out of place.
public struct Checker {
  /// What the checker may take for granted.
  public struct Knowledge {
    /// The builtins and how they are called.
    public var builtins: [String: Signature]
    /// The methods of tensors.
    public var methods: [String: Method]
    /// How shapes follow, by the names of builtins and operators.
    public var shapes: [String: ShapeRule]
    /// Names that the session has bound.
    public var names: Set<String>
    /// What is known of their values.
    public var values: [String: Known]
    /// Whether the module is all there is: then a name that a function uses must be bound in it. In a notebook a later cell may
    /// still bind it.
    public var isWhole: Bool
    /// Whether to note builtins that are hidden.
    public var notesHidden: Bool
    /// What is known of other languages and libraries.
    public var advice: Advice { makeAdvice() }
    private let makeAdvice: () -> Advice
    /// Whether a module of this name can be imported.
    public var hasModule: (String) -> Bool

    public init(
      builtins: [String: Signature] = [:], methods: [String: Method] = [:], shapes: [String: ShapeRule] = [:],
      names: Set<String> = [], values: [String: Known] = [:], isWhole: Bool = true, notesHidden: Bool = false,
      advice: @autoclosure @escaping () -> Advice = Advice(), hasModule: @escaping (String) -> Bool = { _ in false }
    ) {
      self.builtins = builtins
      self.methods = methods
      self.shapes = shapes
      self.names = names
      self.values = values
      self.isWhole = isWhole
      self.notesHidden = notesHidden
      makeAdvice = advice
      self.hasModule = hasModule
    }

    /// All that a name can be without being bound by the program.
    var given: Set<String> { names.union(builtins.keys) }
  }

  /// A method: the parameters with the receiver first, and how the shape of its result follows.
  public struct Method: Sendable {
    public var signature: Signature
    public var shape: ShapeRule?

    public init(signature: Signature, shape: ShapeRule?) {
      self.signature = signature
      self.shape = shape
    }
  }

  let knowledge: Knowledge
  var diagnostics: [Diagnostic] = []
  /// Names bound at top level, and how often.
  var topBindings: [String: Int] = [:]
  /// Functions that are bound once at top level, without a decorator that changes their arguments.
  var topFunctions: [String: Signature] = [:]
  /// The types of names that are bound once at top level, to the result of a builtin.
  var topTypes: [String: (type: String, span: Span)] = [:]
  /// Libraries of Python that were named, and hidden builtins that were noted: each is told of once.
  var told: Set<String> = []
  /// The functions around, the innermost last, with the names that they bind.
  var scopes: [Set<String>] = []
  /// Names of the comprehensions around.
  var comprehensions: [Set<String>] = []
  var loopDepth = 0
  /// Within the body of a `try` mistakes are raised when they are reached.
  var tryDepth = 0

  /// All certain mistakes of a module, in the order of the source.
  public static func check(_ module: Module, _ knowledge: Knowledge) -> [Diagnostic] {
    var checker = Checker(knowledge: knowledge)
    checker.learnTopLevel(module)
    checker.check(module.statements)
    checker.add(ShapeChecker.check(module, knowledge))
    return checker.diagnostics
  }

  /// Adds what following the shapes found, but for what stands where something else is wrong already, which may be its cause.
  private mutating func add(_ found: [Diagnostic]) {
    let wrong = diagnostics.filter(\.isError).compactMap(\.span?.range)
    let more = found.filter { mistake in
      guard let range = mistake.span?.range else { return true }
      return !wrong.contains { $0.overlaps(range) }
    }
    guard !more.isEmpty else { return }
    diagnostics = (diagnostics + more).sorted { ($0.span?.range.lowerBound ?? 0) < ($1.span?.range.lowerBound ?? 0) }
  }

  private init(knowledge: Knowledge) {
    self.knowledge = knowledge
  }

  private mutating func learnTopLevel(_ module: Module) {
    for name in Bindings.names(in: module.statements) { topBindings[name, default: 0] += 1 }
    // What is unbound somewhere is no longer bound just once.
    for name in Bindings.deleted(in: module.statements) { topBindings[name]? += 1 }
    learnFunctions(module.statements)
    learnTypes(module.statements)
  }

  private mutating func learnFunctions(_ statements: [Statement]) {
    for statement in statements {
      guard case .function(let function, let decorator) = statement.kind, topBindings[function.name] == 1 else { continue }
      if let decorator, decorator.kind != .compiled { continue }
      topFunctions[function.name] = Signature(of: function)
    }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if tryDepth == 0 { diagnostics.append(diagnostic) }
  }

  // MARK: Names

  mutating func use(_ name: String, _ span: Span, path: [String] = [], isCalled: Bool = false) {
    guard !isBound(name) else { return }
    if !scopes.isEmpty, !knowledge.isWhole { return }
    if knowledge.advice.libraries[name] != nil, !told.insert(name).inserted { return }
    report(
      knowledge.advice.unknown(name, path: path, isCalled: isCalled, known: knownNames, builtins: knowledge.given), at: span)
  }

  private func isBound(_ name: String) -> Bool {
    comprehensions.contains { $0.contains(name) } || scopes.contains { $0.contains(name) } || topBindings[name] != nil
      || knowledge.names.contains(name) || knowledge.builtins[name] != nil
  }

  private var knownNames: [String] {
    (comprehensions + scopes).flatMap(Array.init) + Array(topBindings.keys) + Array(knowledge.names)
      + Array(knowledge.builtins.keys)
  }

  /// The signature that a call of this name is certain to meet.
  func signature(of name: String) -> Signature? {
    if comprehensions.contains(where: { $0.contains(name) }) || scopes.contains(where: { $0.contains(name) }) { return nil }
    if topBindings[name] != nil { return topFunctions[name] }
    return knowledge.names.contains(name) ? nil : knowledge.builtins[name]
  }

  mutating func noteBinding(_ name: String, _ span: Span) {
    guard knowledge.notesHidden, scopes.isEmpty, knowledge.builtins[name] != nil, told.insert(name).inserted else { return }
    diagnostics.append(
      Diagnostic("note", "\(name) hides the builtin of this name", at: span, help: "del \(name) brings it back"))
  }
}

extension Signature {
  /// How a function of the program is called.
  public init(of function: Function) {
    self.init(
      function.parameters.map { parameter in
        let kind: Parameter.Kind =
          switch parameter.kind {
          case .plain: .plain
          case .keywordOnly: .keywordOnly
          case .rest: .rest
          case .keywords: .keywords
          }
        return Parameter(parameter.name, kind, defaultText: parameter.defaultValue.map { $0.span.text })
      })
  }
}
