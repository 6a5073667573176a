import Checking
import Execution

/// One function of the language, said once: calls, argument errors, `bpsh check`, completion, inspection, `help` and the
/// tests of the examples follow from it.
public struct Builtin: Sendable {
  public let name: String
  public let signature: Signature
  public let subject: Subject

  /// One paragraph: what it does, with shapes, units and defaults where they are not plain from the signature.
  public let help: String

  /// A short program that shows it; every example runs as a test.
  public let example: String

  /// The formula of an activation or a loss, as one writes it.
  public let formula: String?

  /// Whether a tensor has it as a method, itself the first argument.
  public let isTensorMethod: Bool

  /// The type that has it as a method; nil for what can be called by its name alone.
  public let owner: String?

  /// How the shape of the result follows from the arguments', for what is checked before anything runs; nil where nothing does.
  let shape: ShapeRule?

  let body: Body

  typealias Body = @Sendable (Call, Workspace) throws(RuntimeError) -> Value

  init(
    _ name: String, _ parameters: [Parameter], _ subject: Subject, _ help: String, example: String, formula: String? = nil,
    isTensorMethod: Bool = false, of owner: String? = nil, shape: ShapeRule? = nil, _ body: @escaping Body
  ) {
    self.name = name
    self.signature = Signature(
      parameters, result: Builtin.result(name, subject, isMethod: owner != nil),
      foreign: ForeignKeywords.table(name, subject))
    self.subject = subject
    self.help = help
    self.example = example
    self.formula = formula
    self.isTensorMethod = isTensorMethod
    self.owner = owner
    self.shape = shape
    self.body = body
  }

  /// The function as a value of a session.
  func native(in workspace: Workspace) -> NativeFunction {
    let scalar = ScalarFunction(self)
    var direct: NativeFunction.Direct?
    if let scalar { direct = { value, machine throws(RuntimeError) in try workspace.recorded(scalar, value, machine) } }
    return NativeFunction(name, signature, direct: direct) { [body] call throws(RuntimeError) in
      do throws(RuntimeError) {
        if let scalar, let result = try workspace.recorded(scalar, call) { return result }
        return try body(call, workspace)
      } catch {
        throw call.blaming(error)
      }
    }
  }
}

/// What a builtin is about: the chapters of the reference, in their order.
public enum Subject: String, CaseIterable, Sendable {
  case language = "Values and text"
  case making = "Making tensors"
  case elementwise = "Elementwise functions"
  case reduction = "Reductions"
  case shaping = "Shape and order"
  case algebra = "Linear algebra"
  case differentiation = "Differentiation"
  case layer = "Networks and layers"
  case initialiser = "Initialisers"
  case loss = "Losses and metrics"
  case optimiser = "Optimisers"
  case training = "Training"
  case insight = "Insight"
  case figure = "Figures"
  case data = "Data"
  case talking = "Files and the person"
}
