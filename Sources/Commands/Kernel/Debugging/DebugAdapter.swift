import Builtins
import JupyterServer
import JupyterWire
import Sessions

/// Translates between the Debug Adapter Protocol and a session's debugger.
///
/// There is one thread, number 1. A second client that attaches shares the breakpoints of the first.
final class DebugAdapter: KernelDebugger {
  let debugger: Debugger
  private let session: Session

  init(_ session: Session) {
    self.session = session
    debugger = session.debugger
  }

  typealias Reply = @Sendable (JSON.Object) -> Void

  func answer(_ request: JSON.Object, tell: @escaping Reply, reply: @escaping Reply) {
    let fields = DebugFields(request)
    let finish: @Sendable (Result<JSON.Object, DebugError>) -> Void = { reply(fields.response($0)) }
    do throws(DebugError) {
      guard let command = fields.command else { throw DebugError("a debug request names its command") }
      if let thread = fields["threadId"], thread != 1 { throw DebugError("there is no such thread: the only one is number 1") }
      if let looked = look(command, fields) {
        let isLooking = debugger.look {
          do throws(DebugError) { finish(.success(try looked())) } catch { finish(.failure(error)) }
        }
        if !isLooking { finish(busy(command)) }
        return
      }
      finish(.success(try act(command, fields, tell)))
    } catch {
      finish(.failure(error))
    }
  }

  /// The answer while a program runs and nobody can look.
  private func busy(_ command: String) -> Result<JSON.Object, DebugError> {
    switch command {
    case "inspectVariables": .success(["variables": .array(session.knownVariables.map(\.json))])
    case "stackTrace": .success(["stackFrames": [], "totalFrames": 0])
    case "richInspectVariables": .success(["data": [:], "metadata": [:]])
    default: .failure(DebugError("the program runs: pause it to look at it"))
    }
  }

  /// What needs no look at values.
  private func act(_ command: String, _ fields: DebugFields, _ tell: @escaping Reply) throws(DebugError) -> JSON.Object {
    switch command {
    case "initialize":
      debugger.start()
      return capabilities
    case "debugInfo": return info
    case "attach", "launch":
      debugger.attach { tell($0.json) }
      tell(["type": "event", "seq": 0, "event": "initialized"])
      return [:]
    case "disconnect", "terminate":
      debugger.detach()
      return [:]
    case "dumpCell": return ["sourcePath": .string(debugger.keep(cell: try fields.text("code")))]
    case "source":
      let path = try fields.sourcePath()
      guard let text = debugger.text(ofSource: path) else { throw DebugError("there is no source \(path)") }
      return ["content": .string(text), "mimeType": "text/x-python"]
    case "modules":
      let modules = session.moduleFiles
      return [
        "modules": .array(modules.enumerated().map { ["id": .integer($0), "name": .string($1.name), "path": .string($1.path)] }),
        "totalModules": .integer(modules.count),
      ]
    case "threads": return ["threads": [["id": 1, "name": "cells"]]]
    default: break
    }
    guard debugger.isAttached else { throw DebugError("\(command) is answered after attach, and there was none") }
    switch command {
    case "configurationDone": return [:]
    case "setBreakpoints":
      let path = try fields.sourcePath()
      let set = debugger.setBreakpoints(try fields.breakpoints(), in: path)
      return ["breakpoints": .array(set.map { $0.json(path) })]
    case "setFunctionBreakpoints": return ["breakpoints": []]
    case "setExceptionBreakpoints":
      let filters = (fields["filters"]?.array ?? []).compactMap(\.string)
      debugger.stopAtErrors(raised: filters.contains("raised"), uncaught: filters.contains("uncaught"))
      return ["breakpoints": .array(filters.map { _ in ["verified": true] })]
    case "pause":
      if !debugger.isStopped { debugger.pause() }
      return [:]
    case "continue":
      try goOn { _ in .none }
      return ["allThreadsContinued": true]
    case "next": return try goOn { .over($0) }
    case "stepIn": return try goOn { _ in .into }
    case "stepOut": return try goOn { .out($0) }
    default: throw DebugError("the debugger does not know \(command)")
    }
  }

  @discardableResult
  private func goOn(_ step: (Int) -> Debugger.Step) throws(DebugError) -> JSON.Object {
    guard debugger.goOn(step) else { throw DebugError("the program is not stopped") }
    return [:]
  }

  private typealias Look = @Sendable () throws(DebugError) -> JSON.Object

  /// What looks at values, to be done where they can be looked at; nil for any other command.
  private func look(_ command: String, _ fields: DebugFields) -> Look? {
    let debugger = debugger
    switch command {
    case "stackTrace":
      return { () throws(DebugError) in
        let frames = debugger.stoppedFrames
        let start = max(0, fields["startFrame"]?.integer ?? 0)
        let levels = fields["levels"]?.integer ?? 0
        let page = frames.dropFirst(start).prefix(levels > 0 ? levels : frames.count)
        return ["stackFrames": .array(page.map(\.json)), "totalFrames": .integer(frames.count)]
      }
    case "scopes":
      return { () throws(DebugError) in
        let scopes = try debugger.scopes(ofFrame: try fields.integer("frameId"))
        return ["scopes": .array(scopes.map(\.json))]
      }
    case "variables":
      return { () throws(DebugError) in
        let parts = try debugger.parts(
          of: try fields.integer("variablesReference"), start: fields["start"]?.integer ?? 0,
          count: fields["count"]?.integer.flatMap { $0 > 0 ? $0 : nil })
        return ["variables": .array(parts.map(\.json))]
      }
    case "inspectVariables":
      return { () throws(DebugError) in ["variables": .array(debugger.sessionVariables.map(\.json))] }
    case "richInspectVariables":
      return { () throws(DebugError) in
        let shown = try debugger.representations(of: try fields.text("variableName"), frame: fields["frameId"]?.integer)
        return ["data": .object(shown.bundle.data), "metadata": [:]]
      }
    case "evaluate":
      return { () throws(DebugError) in
        // Also one that was told to go on, but has not yet.
        guard !debugger.stoppedFrames.isEmpty else { throw DebugError("nothing is stopped: run it in a cell") }
        return try debugger.evaluate(try fields.text("expression"), frame: fields["frameId"]?.integer).result
      }
    case "setVariable":
      return { () throws(DebugError) in
        let variable = try debugger.set(
          try fields.text("name"), in: try fields.integer("variablesReference"), to: try fields.text("value"))
        return [
          "value": .string(variable.value), "type": .string(variable.type), "variablesReference": .integer(variable.number),
        ]
      }
    case "copyToGlobals":
      return { () throws(DebugError) in
        try debugger.copy(
          try fields.text("srcVariableName"), ofFrame: try fields.integer("srcFrameId"), to: try fields.text("dstVariableName"))
        return [:]
      }
    case "exceptionInfo":
      return { () throws(DebugError) in
        guard let error = debugger.stoppedAt else { throw DebugError("the program did not stop at an error") }
        return ["exceptionId": .string(error.kind), "description": .string(error.message), "breakMode": "always"]
      }
    default: return nil
    }
  }
}
