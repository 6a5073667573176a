extension Session {
  /// What is known of the session's names while a source runs.
  public var knownVariables: [DebugVariable] {
    knowledge.withLock { knowledge in
      knowledge.names.sorted { $0.key < $1.key }.filter { $0.key != "_" }.map { name, known in
        DebugVariable(name: name, value: known.brief, type: known.type, expression: name)
      }
    }
  }

  /// The `.bp` files that were imported, with their full paths.
  public var moduleFiles: [(name: String, path: String)] {
    knowledge.withLock { knowledge in
      knowledge.names.compactMap { name, known in known.path.map { (name: name, path: $0) } }.sorted { $0.path < $1.path }
    }
  }
}
