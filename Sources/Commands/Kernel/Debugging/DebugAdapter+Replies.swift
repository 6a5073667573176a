import JupyterWire
import Sessions

// The contents of responses and events, as the Debug Adapter Protocol and Jupyter write them.

extension DebugAdapter {
  var capabilities: JSON.Object {
    [
      "supportsConfigurationDoneRequest": true, "supportsConditionalBreakpoints": true, "supportsHitConditionalBreakpoints": true,
      "supportsLogPoints": true, "supportsEvaluateForHovers": true, "supportsSetVariable": true, "supportsModulesRequest": true,
      "supportsExceptionInfoRequest": true, "supportsTerminateRequest": true,
      "exceptionBreakpointFilters": [
        [
          "filter": "raised", "label": "Raised errors", "description": "Stop where an error is raised, caught or not",
          "default": false,
        ],
        [
          "filter": "uncaught", "label": "Uncaught errors", "description": "Stop where an error is raised that nothing catches",
          "default": true,
        ],
      ],
    ]
  }

  /// Jupyter's own: how the paths of cells are made, and what is set.
  var info: JSON.Object {
    [
      "isStarted": .bool(debugger.isStarted), "hashMethod": "Murmur2", "hashSeed": .integer(Int(SourcePath.seed)),
      "tmpFilePrefix": .string(SourcePath.cellPrefix), "tmpFileSuffix": .string(SourcePath.cellSuffix),
      "breakpoints": .array(
        debugger.breakpoints.map { path, breakpoints in
          ["source": .string(path), "breakpoints": .array(breakpoints.map { $0.json(path) })]
        }),
      "stoppedThreads": debugger.isStopped ? [1] : [], "richRendering": true, "exceptionPaths": ["Errors"],
      "copyToGlobals": true,
    ]
  }
}

extension Breakpoint {
  func json(_ path: String) -> JSON {
    var json: JSON.Object = [
      "id": .integer(id), "verified": .bool(complaint == nil), "line": .integer(line), "source": ["path": .string(path)],
    ]
    if let complaint { json.append("message", .string(complaint)) }
    return .object(json)
  }
}

extension DebugFrame {
  var json: JSON {
    var json: JSON.Object = [
      "id": .integer(id), "name": .string(name), "line": .integer(line), "column": .integer(column),
    ]
    if let path { json.append("source", ["name": .string(source ?? path), "path": .string(path)]) }
    return .object(json)
  }
}

extension DebugScope {
  var json: JSON {
    [
      "name": .string(name), "variablesReference": .integer(number), "namedVariables": .integer(count), "expensive": false,
      "presentationHint": name == "Locals" ? "locals" : "globals",
    ]
  }
}

extension DebugVariable {
  var json: JSON {
    var json: JSON.Object = [
      "name": .string(name), "value": .string(value), "variablesReference": .integer(number),
      "namedVariables": .integer(namedParts), "indexedVariables": .integer(indexedParts),
    ]
    // JupyterLab shows the type in place of the value for all but these types, and the value where there is no type. The value
    // of a tensor begins with its type.
    if ["int", "float", "bool", "str"].contains(type) { json.append("type", .string(type)) }
    if let expression { json.append("evaluateName", .string(expression)) }
    return .object(json)
  }

  /// As the result of an evaluation.
  var result: JSON.Object {
    [
      "result": .string(value), "type": .string(type), "variablesReference": .integer(number),
      "namedVariables": .integer(namedParts), "indexedVariables": .integer(indexedParts),
    ]
  }
}

extension DebugEvent {
  var json: JSON.Object {
    switch self {
    case .stopped(let reason): event("stopped", reason.body)
    case .continued: event("continued", ["threadId": 1, "allThreadsContinued": true])
    case .output(let text): event("output", ["category": "console", "output": .string(text)])
    }
  }

  private func event(_ name: String, _ body: JSON.Object) -> JSON.Object {
    ["type": "event", "seq": 0, "event": .string(name), "body": .object(body)]
  }
}

extension StopReason {
  fileprivate var body: JSON.Object {
    var body: JSON.Object = ["threadId": 1, "allThreadsStopped": true, "preserveFocusHint": false]
    switch self {
    case .breakpoint(let id):
      body.append("reason", "breakpoint")
      body.append("hitBreakpointIds", [.integer(id)])
    case .step: body.append("reason", "step")
    case .pause: body.append("reason", "pause")
    case .exception(let text):
      body.append("reason", "exception")
      body.append("description", .string(text))
      body.append("text", .string(text))
    }
    return body
  }
}
