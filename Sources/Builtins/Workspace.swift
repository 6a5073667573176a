import Diagnostics
import Execution
import Glibc
import Gradients
import Learning
import Tensors

/// What the builtins of one session share: the front, the streams of chance, the last run.
///
/// Touched with the floor taken.
public final class Workspace: @unchecked Sendable {
  // Unchecked: the table's closures are Sendable, but a session calls them with the floor taken only.
  public var front: any Front {
    get {
      Trace.current?.obstruct(.output)
      return speaker.front
    }
    set { speaker.front = newValue }
  }

  /// Who runs a program now.
  public var speaker: Speaker

  /// The most bytes that programs may take: of tensors, and of all that the process holds.
  public static var memoryLimit: Int {
    get { MemoryBudget.limit }
    set { MemoryBudget.limit = newValue }
  }

  /// The words behind a script's name.
  public var arguments: [String] = []

  /// The folder that relative paths start from; ends without a slash.
  public var folder: String

  /// Whether training shows how it gets on.
  public var showsProgress = true

  /// The latest training run, whatever ended it.
  var lastRun: RunObject?

  var displayCount = 0

  /// What was in the way of compiling a training, as was said, and where, if that is known.
  var uncompiledReasons: [(span: Span?, kind: Trace.Obstacle)] = []

  /// The type of floats that the next source starts with.
  private var defaultFloat: DType

  /// The builtins by name, as values of this session.
  private(set) var natives: [String: NativeFunction] = [:]

  /// By the type that has them: the builtins that are methods.
  private var methods: [String: [String: NativeFunction]] = [:]

  public init(front: any Front, folder: String, seed: UInt64 = 0, usesFloat64: Bool = false) {
    defaultFloat = usesFloat64 ? .float64 : .float32
    speaker = Speaker(front: front, seed: seed)
    self.folder = folder
    for builtin in Builtin.all {
      let native = builtin.native(in: self)
      if let owner = builtin.owner {
        methods[owner, default: [:]][builtin.name] = native
      } else {
        natives[builtin.name] = native
        if builtin.isTensorMethod { methods["tensor", default: [:]][builtin.name] = native }
      }
    }
  }

  /// What the names of the language stand for in a session.
  public var table: [String: Value] {
    var table = CoreFunctions.table
    for (name, native) in natives { table[name] = .native(native) }
    table["args"] = .list(arguments.map { .string($0) })
    for (name, value) in [("pi", Double.pi), ("e", M_E), ("inf", Double.infinity), ("nan", Double.nan)] {
      table[name] = .float(value)
    }
    return table
  }

  /// What is recorded of computations on single numbers.
  let tape = ScalarTape()

  /// The exit status that the program asked for, once.
  public func takeExitCode() -> Int32? {
    defer { exitCode = nil }
    return exitCode
  }

  func method(_ name: String, of receiver: ForeignObject) -> Value? {
    methods[receiver.typeName]?[name].map { .method(MethodObject(receiver: .foreign(receiver), function: $0)) }
  }

  /// Notes the place in the program that runs now, for what is recorded next; an interrupt ends the program before it.
  func mark(_ machine: Machine) throws(RuntimeError) {
    try machine.checkInterrupt()
    Recorder.current.site = Int32(truncatingIfNeeded: machine.site)
  }

  /// Runs one source: its trainings show their progress in an output of its own and leave their last state standing, floats are
  /// made as `precision` said in an earlier one, and `interrupt` stops its long loops.
  public func running<Result>(stoppedBy interrupt: InterruptFlag, _ source: () -> Result) -> Result {
    let speaker = speaker
    trainingShown = TrainingShown()
    let (outerType, outerQuestion) = (DType.defaultFloat, Interruption.question)
    DType.defaultFloat = defaultFloat
    Interruption.question = { interrupt.take() }
    defer {
      // What a subshell computes in is its own business.
      if speaker.isFirst { defaultFloat = DType.defaultFloat }
      DType.defaultFloat = outerType
      Interruption.question = outerQuestion
      trainingShown.unshown?()
      trainingShown = TrainingShown()
    }
    return source()
  }

  /// Runs `body` while a debugger keeps the program at one place and looks at its values, or nothing runs.
  ///
  /// What was being traced makes no plan: who stops once in it wants to stop again, and meanwhile others may change what it reads.
  /// That its values are stand-ins does not matter then, as they have the same numbers.
  public func aside<Result>(_ body: () -> Result) -> Result {
    Trace.current?.obstruct(.stop)
    return Trace.aside(body)
  }

  // MARK: Chance

  /// The session's next stream of random numbers, or one of its own where a seed is given.
  func stream(seed: UInt64?) -> RandomStream {
    if let seed { return RandomStream(seed: seed, stream: 0) }
    Trace.current?.obstruct(.chance)
    return chance.next()
  }

  /// A tensor that is drawn; in a compiled function anew at each call, unless a seed is given.
  func drawn(seed: UInt64?, _ draw: @escaping (inout RandomStream) throws -> Tensor) throws -> Variable {
    let drawOne = { [unowned self] in
      var stream = stream(seed: seed)
      return try draw(&stream)
    }
    guard seed == nil, let trace = Trace.current else { return Variable(try drawOne()) }
    return try trace.input(drawnBy: drawOne)
  }

  /// Starts the session's streams anew.
  func reseed(_ seed: UInt64) {
    Trace.current?.obstruct(.chance)
    chance = SessionChance(seed: seed)
  }

  // MARK: Values

  func value(_ variable: Variable) -> Value { .foreign(TensorObject(variable, in: self)) }

  func value(_ tensor: Tensor) -> Value { value(Variable(tensor)) }
}

/// The streams of a session: each call of a random builtin, and each network, takes the next.
struct SessionChance {
  private let seed: UInt64
  private var taken: UInt64 = 0

  init(seed: UInt64) {
    self.seed = seed
  }

  mutating func next() -> RandomStream {
    taken += 1
    return RandomStream(seed: seed, stream: taken)
  }
}
