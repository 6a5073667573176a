import Builtins
import Diagnostics
import Execution
import Formats
import Parsing

// Files that a half-written text speaks of.
extension Session {
  /// The names of files that go on with a path.
  ///
  /// - Parameter end: where the path ends in the text, in bytes.
  func paths(_ path: String, endingAt end: Int) -> Completions {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.index(after: $0) } ?? path.startIndex
    let (inner, start) = (String(path[..<slash]), String(path[slash...]))
    let folder = inner.hasPrefix("/") ? inner : "\(folder)/\(inner)"
    let names = (try? FileContents.names(in: folder)) ?? []
    let shown = names.filter { !$0.hasPrefix(".") || start.hasPrefix(".") }.prefix(Self.mostFiles).filter { name in
      !name.unicodeScalars.contains { $0 == "\"" || $0 == "'" || $0 == "\\" || $0.value < 32 }
    }
    let candidates = shown.map { name in
      let isFolder = FileContents.kind(of: "\(folder)/\(name)") == .folder
      return Completions.Candidate(isFolder ? name + "/" : name, kind: isFolder ? "folder" : "path")
    }
    return Completions(replaced: (end - start.utf8.count)..<end, candidates: candidates.fitting(start))
  }

  /// The modules in the folder of the program, and the folders that may have some.
  func moduleNames(within folders: [String]) -> [Completions.Candidate] {
    let folder = ([self.folder] + folders).joined(separator: "/")
    return ((try? FileContents.names(in: folder)) ?? []).prefix(Self.mostFiles).compactMap { name in
      if name.hasSuffix(".bp"), name.count > 3 { return Completions.Candidate(String(name.dropLast(3)), kind: "module") }
      guard !name.contains("."), FileContents.kind(of: "\(folder)/\(name)") == .folder,
        ((try? FileContents.names(in: "\(folder)/\(name)")) ?? []).contains(where: { $0.hasSuffix(".bp") })
      else { return nil }
      return Completions.Candidate(name, kind: "folder")
    }
  }

  /// The names that a module's file binds at its top.
  func members(ofModule module: String) -> [Completions.Candidate] {
    let path = "\(folder)/\(module.split(separator: ".").joined(separator: "/")).bp"
    guard let bytes = try? FileContents.read(path), bytes.count < 1 << 20,
      let text = String(validating: bytes, as: UTF8.self)
    else { return [] }
    return Module.parse(Source(name: path, text: text)).0.topNames.map { name, isFunction in
      Completions.Candidate(name, kind: isFunction ? "function" : "name")
    }
  }

  private static let mostFiles = 2000
}

extension Module {
  /// The functions and names that it binds at its top, in their order.
  fileprivate var topNames: [(name: String, isFunction: Bool)] {
    var names: [(String, Bool)] = []
    for statement in statements {
      switch statement.kind {
      case .function(let function, _): names.append((function.name, true))
      case .assignment(let targets, _):
        for case .name(let name) in targets.map(\.kind) { names.append((name, false)) }
      default: break
      }
    }
    return names
  }
}
