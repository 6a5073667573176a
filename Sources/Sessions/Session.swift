import Builtins
import Checking
import Diagnostics
import Execution
import Parsing
import Synchronization

/// One conversation: sources go in, values and errors come out; what the program shows goes to the front.
///
/// `run` belongs to one thread with a large stack for each shell. `interrupt`, `complete` and `inspect` may be called from others at any time.
public final class Session: @unchecked Sendable {
  // Unchecked: all but the machines' flags and `knowledge`, which are made for it, is touched with the floor taken.
  public let workspace: Workspace
  /// The shell of those who ask for no other.
  public let main: Subshell
  /// That of the main shell, as it was given; what runs may put another in its place for a while.
  let front: any Front
  /// The shell that runs now.
  unowned(unsafe) var current: Subshell
  var machine: Machine { current.machine }
  let seed: UInt64
  let subshellCount = Atomic<UInt64>(0)
  let globals: Globals
  var modules: ModuleFiles
  let signatures: [String: Signature]
  /// All names of the language in order, the kinds of errors last.
  let builtinNames: [String]
  let builtinSet: Set<String>
  /// Those of them that are types.
  let types: Set<String>
  /// Those of them that are not called by a known signature: types and numbers.
  let plainNames: Set<String>
  /// The builtins as completion offers them, in the same order.
  let builtinCandidates: [Completions.Candidate]
  let knowledge = Mutex(Knowledge())
  /// The folder that programs start from.
  let folder: String
  /// Follows what the main shell runs, once it is attached.
  public let debugger: Debugger

  /// What was entered, in order: for `%hist` and `%save`.
  var inputs: [Input] = []
  /// The files that `%save` has written, with what it wrote.
  var saved: [String: [UInt8]] = [:]

  struct Input {
    let text: String
    let failed: Bool

    init(_ text: String, _ outcome: Outcome) {
      self.text = text
      failed = if case .failure = outcome { true } else { false }
    }
  }

  public struct Settings {
    /// The folder that files and modules are looked for in.
    public var folder: String
    public var seed: UInt64
    /// The words behind a script's name.
    public var arguments: [String]
    public var showsProgress: Bool
    /// The most bytes that the program may take.
    public var memoryLimit: Int?
    /// Whether floats are made as float64 until `precision` says otherwise.
    public var usesFloat64: Bool

    public init(
      folder: String = ".", seed: UInt64 = 0, arguments: [String] = [], showsProgress: Bool = true, memoryLimit: Int? = nil,
      usesFloat64: Bool = false
    ) {
      self.folder = folder
      self.seed = seed
      self.arguments = arguments
      self.showsProgress = showsProgress
      self.memoryLimit = memoryLimit
      self.usesFloat64 = usesFloat64
    }
  }

  public init(front: any Front, settings: Settings = Settings()) {
    self.front = front
    workspace = Workspace(front: front, folder: settings.folder, seed: settings.seed, usesFloat64: settings.usesFloat64)
    workspace.arguments = settings.arguments
    workspace.showsProgress = settings.showsProgress
    let machine = Machine()
    main = Subshell(machine, workspace.speaker)
    current = main
    seed = settings.seed
    machine.makeAdvice = { [unowned workspace] in workspace.advice }
    if let limit = settings.memoryLimit { Workspace.memoryLimit = limit }
    machine.memory.limit = Workspace.memoryLimit
    let table = workspace.table
    globals = Globals(builtins: table)
    debugger = Debugger(machine, globals, workspace)
    modules = ModuleFiles(folder: settings.folder, builtins: table)
    signatures = table.compactMapValues(\.signature)
    types = Set(table.compactMap { if case .type = $0.value { $0.key } else { nil } })
    let (capital, small) = (table.keys.filter(Self.isCapital), table.keys.filter { !Self.isCapital($0) })
    builtinNames = small.sorted() + capital.sorted()
    builtinSet = Set(builtinNames)
    plainNames = builtinSet.subtracting(signatures.keys)
    builtinCandidates = builtinNames.map { [signatures, types] name in
      Completions.Candidate(
        name, kind: signatures[name] != nil ? "function" : types.contains(name) ? "type" : "name",
        signature: signatures[name]?.description ?? "")
    }
    folder = settings.folder
    machine.surroundings = surroundings()
    machine.follow(with: debugger)
    learn()
  }

  /// The language's own names are in ASCII.
  private static func isCapital(_ name: String) -> Bool {
    name.utf8.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? false
  }

  private func surroundings() -> Surroundings {
    var surroundings = Surroundings()
    surroundings.write = { [unowned(unsafe) workspace] text, stream in
      workspace.front.write(text, toErrors: stream == .error)
    }
    surroundings.load = { [unowned self] name, importer throws(RuntimeError) in
      try modules.load(name, importer: importer, machine: machine, signatures: signatures)
    }
    surroundings.mayPause = { Workspace.mayPause }
    surroundings.resumed = { [unowned self] in begin(main) }
    surroundings.decorate = { [unowned workspace] decorator, function, _ throws(RuntimeError) in
      try workspace.decorate(function, with: decorator)
    }
    return surroundings
  }

  /// Stops what runs; it raises KeyboardInterrupt soon.
  public func interrupt() {
    main.interrupt()
    debugger.wake()
  }

  /// Whether an interrupt has come that the program has not noticed yet.
  public var isInterrupted: Bool { main.isInterrupted }

  /// Whether an interrupt waits; it is then taken, and ends nothing else.
  public func takeInterrupt() -> Bool {
    main.machine.interrupt.take()
  }

  /// Forgets an interrupt that came when nothing ran any more.
  public func forgetInterrupt() { main.forgetInterrupt() }
}

/// What became of a source.
public enum Outcome {
  /// It ran; the value of its last expression, if that is to be shown.
  case value(Representations?)
  case failure(Failure)
  /// A text to be read at leisure: help.
  case page(HelpPage)
  /// The program ended itself.
  case exit(Int32)
  /// Text for the next cell.
  case nextInput(String)
}

/// Why a source did not run, or not to its end.
public struct Failure: Equatable, Sendable {
  /// The mistakes found before anything ran, or the one error that ended it.
  public var diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  public var kind: String { diagnostics.first?.kind ?? "Exception" }
  public var message: String { diagnostics.first?.message ?? "" }

  /// Whether it is an interrupt and no mistake.
  public var isInterrupt: Bool { kind == ErrorKind.keyboardInterrupt.rawValue }

  public func rendered(_ style: RenderingStyle) -> String {
    diagnostics.map { $0.rendered(style) }.joined(separator: "\n")
  }
}

extension Value {
  /// How it is called; nil for what is not called, or what takes anything.
  var signature: Signature? {
    switch self {
    case .native(let function): function.signature
    case .function(let function): function.signature
    default: nil
    }
  }
}
