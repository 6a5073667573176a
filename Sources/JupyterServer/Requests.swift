import JupyterWire

/// What a client asks for.
enum Request: Equatable, Sendable {
  case kernelInfo
  case execute(ExecuteFields)
  case complete(code: String, cursor: Cursor)
  case inspect(code: String, cursor: Cursor, detail: DetailLevel)
  case isComplete(code: String)
  case history(HistoryRequest)
  case commInfo(target: String?)
  case comm(CommMessage)
  case createSubshell
  case deleteSubshell(id: String)
  case listSubshells
  case interrupt
  case shutdown(restart: Bool)
  /// A request of the Debug Adapter Protocol.
  case debug(JSON.Object)
  /// A message that needs no answer.
  case ignored
}

/// The content of an `execute_request`.
struct ExecuteFields: Equatable, Sendable {
  var code: String
  var silent: Bool
  var storesHistory: Bool
  var allowsInput: Bool
  var stopsOnError: Bool
  var expressions: [Expression]

  /// A user expression: a name for it, and its code.
  struct Expression: Equatable, Sendable {
    var name: String
    var code: String
  }
}

extension Request {
  /// Reads a request; fails if it is unknown or a field is missing or of the wrong type.
  init(_ message: Message) throws(Failure) {
    let fields = RequestFields(type: message.header.type, content: message.content)
    switch message.header.type {
    case "kernel_info_request": self = .kernelInfo
    case "execute_request": self = .execute(try ExecuteFields(fields))
    case "complete_request":
      let code = try fields.text("code")
      self = .complete(code: code, cursor: try fields.cursor(in: code))
    case "inspect_request":
      let code = try fields.text("code")
      let detail: DetailLevel = try fields.integer("detail_level", default: 0) == 0 ? .brief : .full
      self = .inspect(code: code, cursor: try fields.cursor(in: code), detail: detail)
    case "is_complete_request": self = .isComplete(code: try fields.text("code"))
    case "history_request": self = .history(try HistoryRequest(fields))
    case "comm_info_request": self = .commInfo(target: try fields.optionalText("target_name"))
    case "comm_open", "comm_msg", "comm_close": self = .comm(try CommMessage(message, fields))
    case "create_subshell_request": self = .createSubshell
    case "delete_subshell_request": self = .deleteSubshell(id: try fields.text("subshell_id"))
    case "list_subshell_request": self = .listSubshells
    case "interrupt_request": self = .interrupt
    case "debug_request": self = .debug(message.content)
    case "shutdown_request": self = .shutdown(restart: try fields.flag("restart", default: false))
    case let type where type.hasSuffix("_request"):
      throw .unknownRequest(type)
    default: self = .ignored
    }
  }
}

extension Failure {
  static func unknownRequest(_ type: String) -> Failure {
    Failure(name: "UnknownRequest", message: "this kernel does not know \(type)", traceback: [])
  }
}

extension ExecuteFields {
  fileprivate init(_ fields: RequestFields) throws(Failure) {
    code = try fields.text("code")
    silent = try fields.flag("silent", default: false)
    storesHistory = try fields.flag("store_history", default: !silent) && !silent
    allowsInput = try fields.flag("allow_stdin", default: true)
    stopsOnError = try fields.flag("stop_on_error", default: true)
    expressions = try fields.texts("user_expressions").map { Expression(name: $0, code: $1) }
  }
}

extension HistoryRequest {
  fileprivate init(_ fields: RequestFields) throws(Failure) {
    let access: Access
    switch try fields.text("hist_access_type") {
    case "tail": access = .tail(count: max(0, try fields.integer("n", default: 10)))
    case "range":
      access = .range(
        session: try fields.integer("session", default: 0), start: try fields.integer("start", default: 0),
        stop: try fields.optionalInteger("stop"))
    case "search":
      access = .search(
        pattern: try fields.text("pattern", default: "*"), count: try fields.optionalInteger("n").map { max(0, $0) },
        unique: try fields.flag("unique", default: false))
    case let other: throw fields.failure("hist_access_type", "'tail', 'range' or 'search', and not '\(other)'")
    }
    self.init(
      access, includesOutput: try fields.flag("output", default: false), raw: try fields.flag("raw", default: true))
  }
}
