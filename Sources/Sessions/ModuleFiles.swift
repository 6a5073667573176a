import Builtins
import Checking
import Diagnostics
import Execution
import Formats
import Glibc
import Parsing

/// Finds the `.bp` files that programs import, beside the file that imports them and nowhere else.
struct ModuleFiles {
  private let folder: String
  private let builtins: [String: Value]
  private var known: [String: State] = [:]

  /// What a file was when it was read.
  private struct State {
    var module: LoadedModule
    var stamp: Stamp
    /// The files that it imports.
    var imports: Set<String> = []
  }

  init(folder: String, builtins: [String: Value]) {
    self.folder = folder
    self.builtins = builtins
  }

  /// The compiled module of a dotted name; read anew when its file, or one that it imports, has changed.
  mutating func load(
    _ name: String, importer: String, machine: Machine, signatures: [String: Signature]
  ) throws(RuntimeError) -> LoadedModule {
    let path = path(of: name, importer)
    guard let stamp = Stamp(path) else {
      if let complaint = machine.advice.module(name, imported: [], builtins: []) { throw RuntimeError(complaint) }
      throw RuntimeError(
        .importError, "there is no module \(name): \(Self.shown(path)) is not there",
        help: "modules are .bp files beside the importing one")
    }
    known[importer]?.imports.insert(path)
    if let state = known[path] {
      if isFresh(path, stamp) { return state.module }
      machine.forgetModule(key: path)
    }
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path)
    } catch {
      throw RuntimeError(.fileError, error.message, help: error.help)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RuntimeError(.importError, "\(Self.shown(path)) is not a text in UTF-8")
    }
    let (module, mistakes) = Module.parse(Source(name: path, text: text))
    let knowledge = Checker.Knowledge(
      builtins: signatures, methods: Builtin.tensorMethodRules, shapes: Builtin.shapes,
      names: Set(builtins.keys).subtracting(signatures.keys), advice: machine.advice,
      hasModule: { [self] in hasFile($0, importer: path) })
    let found = mistakes.isEmpty ? Checker.check(module, knowledge) : mistakes
    if let first = found.first(where: \.isError) {
      throw RuntimeError(
        ErrorKind(rawValue: first.kind) ?? .syntaxError, first.message, help: first.help, span: first.span)
    }
    let globals = Globals(builtins: builtins)
    let loaded = LoadedModule(key: path, globals: globals, program: try compile(module, in: globals))
    known[path] = State(module: loaded, stamp: stamp)
    return loaded
  }

  /// Whether neither the file nor one that it imports has changed.
  private func isFresh(_ path: String, _ stamp: Stamp) -> Bool {
    var seen: Set<String> = []
    func isFresh(_ path: String, _ stamp: Stamp?) -> Bool {
      guard seen.insert(path).inserted else { return true }
      guard let state = known[path], state.stamp == stamp else { return false }
      return state.imports.allSatisfy { isFresh($0, Stamp($0)) }
    }
    return isFresh(path, stamp)
  }

  /// Whether there is a file for a module that a source imports.
  func hasFile(_ name: String, importer: String) -> Bool { Stamp(path(of: name, importer)) != nil }

  private func path(of name: String, _ importer: String) -> String {
    let base = importer.hasSuffix(".bp") ? Self.folder(of: importer) : folder
    return "\(base)/\(name.split(separator: ".").joined(separator: "/")).bp"
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func shown(_ path: String) -> String {
    path.hasPrefix("./") ? String(path.dropFirst(2)) : path
  }
}

/// What tells that a file has changed.
private struct Stamp: Equatable {
  var seconds: Int
  var nanoseconds: Int
  var size: Int

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    size = Int(status.st_size)
  }
}
