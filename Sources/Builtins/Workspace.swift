import Execution
import Gradients
import Learning
import Tensors

/// What the builtins of one session share: the front, the streams of chance, the last run.
///
/// Belongs to the thread that runs the session's programs.
public final class Workspace: @unchecked Sendable {
  // Unchecked: the table's closures are Sendable, but a session calls them on its own thread only.
  public var front: any Front

  /// The words behind a script's name.
  public var arguments: [String] = []

  /// The folder that relative paths start from; ends without a slash.
  public var folder: String

  /// Whether training shows how it gets on.
  public var showsProgress = true

  /// The latest training run, whatever ended it.
  var lastRun: RunObject?

  /// Set by `exit`.
  public internal(set) var exitCode: Int32?

  private var chance: SessionChance

  /// The builtins that tensors have as methods.
  private(set) var tensorMethods: [String: NativeFunction] = [:]

  /// A value that nobody needs, to stand where a real one was taken out.
  nonisolated(unsafe) static let nothing = Variable(Tensor.zero)

  public init(front: any Front, folder: String, seed: UInt64 = 0) {
    self.front = front
    self.folder = folder
    chance = SessionChance(seed: seed)
    for builtin in Builtin.all where builtin.isTensorMethod {
      tensorMethods[builtin.name] = builtin.native(in: self)
    }
  }

  var tensorMethodNames: [String] { Array(tensorMethods.keys) }

  func tensorMethod(_ name: String) -> NativeFunction? { tensorMethods[name] }

  /// Notes the place in the program that runs now, for what is recorded next.
  func mark(_ machine: Machine) {
    Recorder.current.site = Int32(truncatingIfNeeded: machine.site)
  }

  // MARK: Chance

  /// The session's next stream of random numbers, or one of its own where a seed is given.
  func stream(seed: UInt64?) -> RandomStream {
    if let seed { return RandomStream(seed: seed, stream: 0) }
    return chance.next()
  }

  /// Starts the session's streams anew.
  func reseed(_ seed: UInt64) { chance = SessionChance(seed: seed) }

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
