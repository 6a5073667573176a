import JupyterWire

/// A cell to run.
public struct ExecuteRequest: Equatable, Sendable {
  public var code: String
  /// Nothing of this cell is shown, whatever the kernel sends to its output.
  public var silent: Bool
  /// Whether the cell belongs into the history.
  public var storesHistory: Bool
  /// Whether the front end can be asked for input.
  public var allowsInput: Bool
  /// The number of the cell, `In [count]`; that of the last one in the history if this one does not belong there.
  public var count: Int
  /// Which cell of its notebook it is, where the front end says so.
  public var cell: String?

  public init(
    code: String, silent: Bool = false, storesHistory: Bool = true, allowsInput: Bool = true, count: Int = 1, cell: String? = nil
  ) {
    self.code = code
    self.silent = silent
    self.storesHistory = storesHistory
    self.allowsInput = allowsInput
    self.count = count
    self.cell = cell
  }
}

/// Why a cell or an expression has no value.
public struct Failure: Error, Equatable, Sendable {
  /// The kind of the error: `ValueError`.
  public var name: String
  public var message: String
  /// The text shown below the cell, line by line; may hold ANSI colours.
  public var traceback: [String]

  public init(name: String, message: String, traceback: [String]) {
    self.name = name
    self.message = message
    self.traceback = traceback
  }
}

/// A value in several forms, by media type; the front end shows the richest that it knows.
public struct MIMEBundle: Equatable, Sendable {
  public var data: JSON.Object
  public var metadata: JSON.Object

  public init(data: JSON.Object, metadata: JSON.Object = [:]) {
    self.data = data
    self.metadata = metadata
  }
}

/// What the front end is asked to do after a cell.
public enum Payload: Equatable, Sendable {
  /// Show a text in a pager.
  case page(MIMEBundle)
  /// Put a text into the next cell, or into this one.
  case nextInput(String, replace: Bool)
  /// End the session, as after `exit()`.
  case exit(keepKernel: Bool)
}

/// Where a running cell sends what it shows; safe to use from any thread, and in the order of the calls.
public protocol KernelOutput: Sendable {
  /// Prints a text. Texts that follow one another quickly travel in one message.
  func stream(_ stream: OutputStream, _ text: String)

  /// Shows a value. One with an `id` can be changed later by `update`.
  func display(_ bundle: MIMEBundle, id: String?)

  func update(_ bundle: MIMEBundle, id: String)

  /// Shows the value of the cell.
  func result(_ bundle: MIMEBundle)

  /// Removes what the cell has shown; with `wait` only when something new is shown.
  func clear(wait: Bool)

  /// Sends a message of a comm, also where nothing else is shown.
  func send(_ comm: CommMessage)

  /// Asks the person for a line and waits for it.
  func input(prompt: String, isPassword: Bool) throws(InputError) -> String
}

public enum OutputStream: String, Equatable, Sendable {
  case standard = "stdout"
  case error = "stderr"
}

/// Why there is no line of input.
public enum InputError: Error, Equatable, Sendable {
  /// The front end that runs this cell cannot ask for input.
  case notAllowed
  /// The cell was interrupted while it waited.
  case interrupted
  /// The kernel is shutting down.
  case closed
}
