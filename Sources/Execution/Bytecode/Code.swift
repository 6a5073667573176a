import Checking
import Diagnostics
import Parsing
import Synchronization

/// The instructions of one function, or of a file's or cell's top level.
final class Code: @unchecked Sendable {
  // Unchecked: never changed after it was made, but for the traps, which are set with the floor taken. Unsafe: the machine reads
  // instructions and constants without bounds checks, which the compiler's own jumps and places keep.
  /// The number that marks the place of the first instruction; those after it have the next ones.
  let firstSite: Int
  let name: String
  let signature: Signature
  /// Whether a call with as many positional arguments as there are parameters may begin at once.
  let takesPlainArguments: Bool
  let instructions: UnsafeMutablePointer<Instruction>
  let count: Int
  let constants: UnsafeMutablePointer<Value>
  let constantCount: Int
  let spans: [Span]
  /// Where its statements begin, in the order of the instructions.
  let marks: [StatementMark]
  /// What calls, operators and the like were compiled from, by instruction: only errors look it up.
  let expressions: [Int: Expression]
  /// Where names were bound that hide builtins in this function.
  let hidings: [String: Span]
  let resultNote: ResultNote
  let registerCount: Int
  let registerNames: [String]
  let parameterCount: Int
  let codes: [Code]
  let layouts: [CallLayout]
  let methods: [MethodName]
  let paths: [AssignmentPath]
  let handlers: [Handler]
  let captures: [Int]
  let shapes: FunctionShapes?
  /// The text of a `def`, and the words that its body begins with.
  let definition: Span?
  let documentation: String?
  /// The instructions as they were compiled, once a debugger has set traps among those that run.
  var plainInstructions: UnsafeMutablePointer<Instruction>?

  /// Places are numbered through all code of the process, from 1.
  private static let placesTaken = Atomic<Int>(1)

  init(_ draft: CodeDraft) {
    firstSite = Self.placesTaken.wrappingAdd(draft.instructions.count, ordering: .relaxed).oldValue
    name = draft.name
    signature = draft.signature
    takesPlainArguments = draft.signature.takesPositionsAlone
    count = draft.instructions.count
    instructions = .allocate(capacity: max(count, 1))
    instructions.initialize(from: draft.instructions, count: count)
    constantCount = draft.constants.count
    constants = .allocate(capacity: max(constantCount, 1))
    constants.initialize(from: draft.constants, count: constantCount)
    spans = draft.spans
    marks = draft.marks
    expressions = draft.expressions
    hidings = draft.hidings
    resultNote = draft.resultNote
    registerCount = draft.registerCount
    registerNames = draft.registerNames
    parameterCount = draft.parameterCount
    codes = draft.codes
    layouts = draft.layouts
    methods = draft.methods
    paths = draft.paths
    handlers = draft.handlers
    captures = draft.captures
    shapes = draft.shapes
    definition = draft.definition
    documentation = draft.documentation
  }

  deinit {
    instructions.deinitialize(count: count)
    instructions.deallocate()
    plainInstructions?.deallocate()
    constants.deinitialize(count: constantCount)
    constants.deallocate()
  }
}

/// The contents of a `Code` before it is laid out.
struct CodeDraft {
  var name = ""
  var signature: Signature
  var instructions: [Instruction] = []
  var constants: [Value] = []
  var spans: [Span] = []
  var marks: [StatementMark] = []
  var expressions: [Int: Expression] = [:]
  var hidings: [String: Span] = [:]
  var resultNote = ResultNote()
  var registerCount = 0
  /// Names of the first registers: the function's own variables.
  var registerNames: [String] = []
  var parameterCount = 0
  var codes: [Code] = []
  var layouts: [CallLayout] = []
  var methods: [MethodName] = []
  var paths: [AssignmentPath] = []
  var handlers: [Handler] = []
  /// The registers of the enclosing function whose cells this one captures.
  var captures: [Int] = []
  var shapes: FunctionShapes?
  var definition: Span?
  var documentation: String?
}

/// What helps to tell where a None came from.
struct ResultNote: Sendable {
  /// Whether any `return` has a value behind it.
  var returnsValue = false
  /// The name that the body bound last.
  var lastName: String?
  /// By name: the call that it was last bound to the result of.
  var calls: [String: Expression] = [:]
}

/// How a call's window is to be read: what each register after the function is.
struct CallLayout: Equatable, Sendable {
  enum Item: Equatable, Sendable {
    case positional
    case keyword(String)
    case spread
    case spreadKeywords
  }

  var items: [Item]
}

/// The steps from a name to the item or attribute that is assigned to: `net.dense1.weight[0, 1]`.
struct AssignmentPath: Sendable {
  enum Step: Equatable, Sendable {
    case attribute(String)
    /// The key is the next register of the window.
    case item
  }

  var steps: [Step]
  /// The root is a cell in a register.
  var startsInCell = false
}

/// A stretch of instructions whose errors are caught.
struct Handler: Sendable {
  var range: Range<Int>
  var target: Int
  /// Gets the exception.
  var register: Int
  /// Which errors end there; those that do not go on from its end.
  var catches: Catches

  enum Catches: Sendable {
    /// A block that runs on the way out, as `finally` does.
    case nothing
    /// The kinds behind `except` of each of its blocks; a block without kinds takes all.
    case kinds([[Expression]])
  }
}
