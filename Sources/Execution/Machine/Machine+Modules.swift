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
    if let module = library.modules[loaded.key] { return module }
    modulesInProgress.append(loaded.key)
    defer { modulesInProgress.removeLast() }
    _ = try run(loaded.program)
    let module = ModuleObject(name: name, globals: loaded.globals, file: loaded.key)
    library.modules[loaded.key] = module
    return module
  }

  /// The module under the first word of a dotted name, which holds the others; what it held before stays in it.
  func importPackage(_ name: String, into globals: Globals) throws(RuntimeError) -> ModuleObject {
    let module = try importModule(name)
    let words = name.split(separator: ".").map(String.init)
    var package: ModuleObject?
    if case .module(let known)? = globals[words[0]], known.isPackage { package = known }
    let first = package ?? ModuleObject(name: words[0], globals: Globals(), isPackage: true)
    var holder = first
    for place in 1..<(words.count - 1) {
      if case .module(let known)? = holder.globals[words[place]], known.isPackage {
        holder = known
      } else {
        let inner = ModuleObject(name: words[...place].joined(separator: "."), globals: Globals(), isPackage: true)
        holder.globals[words[place]] = .module(inner)
        holder = inner
      }
    }
    holder.globals[words[words.count - 1]] = .module(module)
    return first
  }

  /// Forgets a module, so that its next import runs its file again.
  public func forgetModule(key: String) {
    library.modules[key] = nil
  }

  private static func fileName(_ key: String) -> String {
    key.split(separator: "/").last.map(String.init) ?? key
  }
}
