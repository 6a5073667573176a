import Diagnostics

extension Machine {
  /// The module of a dotted name; it runs at its first import.
  func importModule(_ name: String) throws(RuntimeError) -> ModuleObject {
    let importer = span(of: frames[depth - 1])?.source.name ?? ""
    let loaded = try surroundings.load(name, importer)
    if let start = modulesInProgress.firstIndex(of: loaded.key) {
      let ring = (modulesInProgress[start...] + [loaded.key]).map(Self.fileName).joined(separator: " → ")
      throw RuntimeError(
        .importError, "modules import each other in a ring: \(ring)", help: "move what both need into a third file")
    }
    if let module = modules[loaded.key] { return module }
    modulesInProgress.append(loaded.key)
    defer { modulesInProgress.removeLast() }
    _ = try run(loaded.program)
    let module = ModuleObject(name: name, globals: loaded.globals)
    modules[loaded.key] = module
    return module
  }

  /// Forgets a module, so that its next import runs its file again.
  public func forgetModule(key: String) {
    modules[key] = nil
  }

  private static func fileName(_ key: String) -> String {
    key.split(separator: "/").last.map(String.init) ?? key
  }
}
