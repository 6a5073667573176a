import JupyterWire
import Sessions

/// A request of the Debug Adapter Protocol, read field by field, and the response to it.
struct DebugFields: Sendable {
  let command: String?
  private let number: JSON
  private let arguments: JSON.Object

  init(_ request: JSON.Object) {
    command = request["command"]?.string
    number = request["seq"]?.integer.map(JSON.integer) ?? 0
    arguments = request["arguments"]?.object ?? [:]
  }

  subscript(name: String) -> JSON? { arguments[name] == .null ? nil : arguments[name] }

  func text(_ name: String) throws(DebugError) -> String {
    guard let text = self[name]?.string else { throw DebugError("'\(name)' must be a text") }
    return text
  }

  func integer(_ name: String) throws(DebugError) -> Int {
    guard let integer = self[name]?.integer else { throw DebugError("'\(name)' must be a whole number") }
    return integer
  }

  func sourcePath() throws(DebugError) -> String {
    guard let path = self["source"]?["path"]?.string else { throw DebugError("'source.path' must be a text") }
    return path
  }

  func breakpoints() throws(DebugError) -> [Breakpoint] {
    // Older clients send the lines alone.
    let wanted = self["breakpoints"]?.array ?? (self["lines"]?.array ?? []).map { ["line": $0] }
    var found: [Breakpoint] = []
    for breakpoint in wanted.prefix(10_000) {
      guard let line = breakpoint["line"]?.integer, line > 0, line < 1 << 24 else {
        throw DebugError("'line' of a breakpoint must be a whole number from 1 on")
      }
      let hits = breakpoint["hitCondition"]?.string.flatMap { Int($0.drop { !$0.isNumber }) }
      found.append(
        Breakpoint(
          line: line, condition: breakpoint["condition"]?.string, hits: hits, message: breakpoint["logMessage"]?.string))
    }
    return found
  }

  func response(_ result: Result<JSON.Object, DebugError>) -> JSON.Object {
    var response: JSON.Object = [
      "type": "response", "seq": number, "request_seq": number, "command": .string(command ?? ""),
    ]
    switch result {
    case .success(let body):
      response.append("success", true)
      response.append("body", .object(body))
    case .failure(let error):
      response.append("success", false)
      response.append("message", .string(error.message))
      response.append("body", ["error": ["id": 1, "format": .string(error.message), "showUser": true]])
    }
    return response
  }
}
