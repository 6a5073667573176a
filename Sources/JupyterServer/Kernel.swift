import JupyterWire

/// Where a kernel runs cells, one after the other: the kernel itself is its main shell.
///
/// `execute` and `evaluate` are called on one thread of their own with a large stack, one request at a time and in order; `interrupt`
/// is called from other threads at any time, and `history` too if the kernel `answersWhileBusy`.
public protocol KernelShell: Sendable {
  /// Runs a cell; everything it shows goes to `output`.
  ///
  /// An interruption is a failure named `KeyboardInterrupt`. The server publishes the failure and answers the request.
  func execute(_ request: ExecuteRequest, output: any KernelOutput) throws(Failure) -> [Payload]

  /// The value of one of the request's `user_expressions`, asked for after its cell succeeded; what it shows is the cell's.
  func evaluate(_ expression: String, output: any KernelOutput) throws(Failure) -> MIMEBundle

  func history(_ request: HistoryRequest) -> [HistoryEntry]

  /// Stops the running cell soon. Only called while one, or a comm's message, is at work.
  func interrupt()

  /// Whether an interrupt has come that the running cell has not noticed yet. Called on the cell's own thread.
  var isInterrupted: Bool { get }

  /// Forgets an interrupt that came too late for the cell before.
  ///
  /// Called before each cell. An `interrupt` after it stops that cell, even one that comes before `execute` has begun.
  func forgetInterrupt()
}

/// What a language must be able to do so that `Server` can offer it to Jupyter.
///
/// `shutdown` is called from other threads at any time. The questions (`complete`, `inspect`, `isComplete`, `history`) are also
/// called while a cell runs, one at a time, if the kernel `answersWhileBusy`; else they wait for their turn on the thread of the main
/// shell.
public protocol Kernel: KernelShell {
  var info: KernelInfo { get }

  var answersWhileBusy: Bool { get }

  /// Who debugs what runs; nil where that cannot be done.
  var debugger: (any KernelDebugger)? { get }

  /// Whether cells can run in subshells while the main shell is busy.
  var hasSubshells: Bool { get }

  /// A further shell, which runs its cells beside the others; `nil` if the kernel has but one.
  func makeSubshell() -> (any KernelShell)?

  /// The open comms: the target of each by its id. Asked at any time, from any thread.
  var comms: [String: String] { get }

  /// The answer to a message of a comm that needs no turn among the cells; nil for one that does, and is then received.
  ///
  /// Asked and given at any time, on the thread of the shell socket.
  func answer(_ comm: CommMessage) -> ((any KernelOutput) -> Void)?

  /// Takes a message of a comm; called on the main shell's thread, in order with them.
  ///
  /// - Parameter isFollowed: whether the next message of a comm waits already, so that work may be left to that one.
  /// - Returns: whether the comm is known; one that was opened and is not wanted is closed.
  func receive(_ comm: CommMessage, isFollowed: Bool, output: any KernelOutput) -> Bool

  func complete(_ code: String, cursor: Cursor) -> Completions

  /// What is known of the thing at the cursor; `nil` if nothing is.
  func inspect(_ code: String, cursor: Cursor, detail: DetailLevel) -> MIMEBundle?

  func isComplete(_ code: String) -> Completeness

  /// The process ends within milliseconds of the return: saves what must be saved, and stops the running cell.
  func shutdown(restart: Bool)
}

extension Kernel {
  public var hasSubshells: Bool { false }

  public func makeSubshell() -> (any KernelShell)? { nil }

  public var debugger: (any KernelDebugger)? { nil }

  // A kernel without comms.
  public var comms: [String: String] { [:] }
  public func answer(_ comm: CommMessage) -> ((any KernelOutput) -> Void)? { nil }
  public func receive(_ comm: CommMessage, isFollowed: Bool, output: any KernelOutput) -> Bool { false }
}

/// Who the kernel is, for `kernel_info_reply`.
public struct KernelInfo: Equatable, Sendable {
  public var implementation: String
  public var version: String
  public var banner: String
  public var language: Language
  public var helpLinks: [HelpLink]

  public init(implementation: String, version: String, banner: String, language: Language, helpLinks: [HelpLink] = []) {
    self.implementation = implementation
    self.version = version
    self.banner = banner
    self.language = language
    self.helpLinks = helpLinks
  }

  public struct Language: Equatable, Sendable {
    public var name: String
    public var version: String
    public var mimeType: String
    public var fileExtension: String
    public var pygmentsLexer: String
    public var codeMirrorMode: String
    public var exporter: String

    public init(
      name: String, version: String, mimeType: String, fileExtension: String, pygmentsLexer: String, codeMirrorMode: String,
      exporter: String = "script"
    ) {
      self.name = name
      self.version = version
      self.mimeType = mimeType
      self.fileExtension = fileExtension
      self.pygmentsLexer = pygmentsLexer
      self.codeMirrorMode = codeMirrorMode
      self.exporter = exporter
    }
  }

  public struct HelpLink: Equatable, Sendable {
    public var text: String
    public var url: String

    public init(text: String, url: String) {
      self.text = text
      self.url = url
    }
  }
}
