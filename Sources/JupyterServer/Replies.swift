import JupyterWire

// The contents of the replies, as the protocol writes them.

extension Kernel {
  /// What it can do beyond what every kernel must.
  var features: [String] { (hasSubshells ? ["kernel subshells"] : []) + (debugger != nil ? ["debugger"] : []) }

  var infoReply: JSON.Object { info.reply(features: features, hasDebugger: debugger != nil) }
}

extension KernelInfo {
  fileprivate func reply(features: [String], hasDebugger: Bool) -> JSON.Object {
    [
      "status": "ok", "protocol_version": .string(Header.version), "implementation": .string(implementation),
      "implementation_version": .string(version), "language_info": .object(language.content), "banner": .string(banner),
      "debugger": .bool(hasDebugger), "supported_features": .array(features.map(JSON.string)),
      "help_links": .array(helpLinks.map { ["text": .string($0.text), "url": .string($0.url)] }),
    ]
  }
}

extension KernelInfo.Language {
  /// The fields of `language_info`, in replies and in notebooks.
  public var content: JSON.Object {
    [
      "name": .string(name), "version": .string(version), "mimetype": .string(mimeType),
      "file_extension": .string(fileExtension), "pygments_lexer": .string(pygmentsLexer),
      "codemirror_mode": .string(codeMirrorMode), "nbconvert_exporter": .string(exporter),
    ]
  }
}

extension Failure {
  /// The three fields of the published `error`, and of an output in a notebook.
  public var content: JSON.Object {
    ["ename": .string(name), "evalue": .string(message), "traceback": .array(traceback.map(JSON.string))]
  }

  var reply: JSON.Object {
    var reply: JSON.Object = ["status": "error"]
    for field in content.members { reply.append(field.name, field.value) }
    return reply
  }
}

extension Completions {
  var reply: JSON.Object {
    let types = matches.map { match -> JSON in
      var type: JSON.Object = [
        "start": .integer(replaced.lowerBound), "end": .integer(replaced.upperBound), "text": .string(match.text),
        "type": .string(match.type),
      ]
      if !match.signature.isEmpty { type.append("signature", .string(match.signature)) }
      return .object(type)
    }
    return [
      "status": "ok", "matches": .array(matches.map { .string($0.text) }), "cursor_start": .integer(replaced.lowerBound),
      "cursor_end": .integer(replaced.upperBound), "metadata": ["_jupyter_types_experimental": .array(types)],
    ]
  }
}

extension CommMessage {
  static func reply(_ comms: [String: String], target: String?) -> JSON.Object {
    var found = JSON.Object()
    for (id, name) in comms.sorted(by: { $0.key < $1.key }) where target == nil || target == name {
      found.append(id, ["target_name": .string(name)])
    }
    return ["status": "ok", "comms": .object(found)]
  }
}

extension MIMEBundle {
  var evaluation: JSON {
    ["status": "ok", "data": .object(data), "metadata": .object(metadata)]
  }

  static func inspection(of bundle: MIMEBundle?) -> JSON.Object {
    [
      "status": "ok", "found": .bool(bundle != nil), "data": .object(bundle?.data ?? [:]),
      "metadata": .object(bundle?.metadata ?? [:]),
    ]
  }
}

extension Completeness {
  var reply: JSON.Object {
    switch self {
    case .complete: ["status": "complete"]
    case .incomplete(let indent): ["status": "incomplete", "indent": .string(indent)]
    case .invalid: ["status": "invalid"]
    case .unknown: ["status": "unknown"]
    }
  }
}

extension HistoryEntry {
  static func reply(_ entries: [HistoryEntry], includesOutput: Bool) -> JSON.Object {
    let history = entries.map { entry -> JSON in
      let input = JSON.string(entry.input)
      let text: JSON = includesOutput ? [input, entry.output.map(JSON.string) ?? .null] : input
      return [.integer(entry.session), .integer(entry.line), text]
    }
    return ["status": "ok", "history": .array(history)]
  }
}

extension Payload {
  var reply: JSON {
    switch self {
    case .page(let bundle): ["source": "page", "data": .object(bundle.data), "start": 0]
    case .nextInput(let text, let replace): ["source": "set_next_input", "text": .string(text), "replace": .bool(replace)]
    case .exit(let keepKernel): ["source": "ask_exit", "keepkernel": .bool(keepKernel)]
    }
  }
}
