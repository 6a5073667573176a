import Diagnostics
import Formats
import Glibc

/// A file of source, as the command line names it.
enum ProgramFile {
  /// What errors call the program that comes on the standard input.
  static let standardInput = "standard input"

  /// A longer program is none.
  private static let longest = 1 << 30

  /// The text of a file, of a pipe, or with `-` of the standard input; nil, with a report, where there is none.
  static func read(_ path: String) -> String? {
    do throws(Unreadable) {
      return try text(of: path)
    } catch {
      Shell.report(error.message, help: error.help)
      return nil
    }
  }

  /// Why there is no text of a program.
  struct Unreadable: Error {
    var message: String
    var help: String?
  }

  /// The text of a file, of a pipe, or with `-` of the standard input.
  static func text(of path: String) throws(Unreadable) -> String {
    let name = path == "-" ? standardInput : path
    guard !path.hasSuffix(".ipynb") else {
      throw Unreadable(message: "\(name) is a notebook", help: "bpsh run \(name.shellWord) runs it and writes its outputs back")
    }
    let bytes = try bytes(of: path, endings: [".bp"])
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Unreadable(message: "\(name) is not a text in UTF-8", help: "a program is a text, as an editor writes it")
    }
    return text
  }

  /// The bytes of a file, of a pipe, or with `-` of the standard input.
  ///
  /// - Parameter endings: of the names that may have been meant.
  static func bytes(of path: String, endings: [String]) throws(Unreadable) -> [UInt8] {
    do throws(FileError) {
      return path == "-" ? readAll(STDIN_FILENO) : try contents(of: path)
    } catch {
      throw Unreadable(message: error.message, help: help(for: error, endings))
    }
  }

  /// The folder that a script's own paths start from: a link leads to the file that it stands for.
  static func folder(of path: String) -> String {
    let target = FileContents.kind(of: path, followsLinks: false) == .link ? FileContents.realPath(path) : nil
    let file = target ?? path
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  private static func contents(of path: String) throws(FileError) -> [UInt8] {
    do throws(FileError) {
      return try FileContents.read(path)
    } catch {
      // What `<(…)` and /dev/stdin name is a pipe: a program, other than data, may come through one.
      guard error.kind == .notRegular, case let file = open(path, O_RDONLY | O_CLOEXEC), file >= 0 else { throw error }
      defer { close(file) }
      return readAll(file)
    }
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < longest {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// What was meant by a name that leads nowhere.
  private static func help(for error: FileError, _ endings: [String]) -> String? {
    let path = error.path
    switch error.kind {
    case .notFound:
      let folder = folder(of: path)
      let names = ((try? FileContents.names(in: folder)) ?? []).filter { name in endings.contains { name.hasSuffix($0) } }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let whole = endings.map { name + $0 }
      let file =
        whole.first(where: names.contains) ?? nearest(to: name, among: names)
        ?? whole.lazy.compactMap { nearest(to: $0, among: names) }.first
      let command = nearest(to: path, among: Invocation.Command.allCases.map(\.rawValue)).map { "bpsh \($0)" }
      let meant = command ?? file.map { path.hasSuffix(name) ? path.dropLast(name.count) + $0 : $0[...] }.map(String.init)
      return meant.map { "did you mean \($0)?" } ?? others(in: folder, of: path, names, endings)
    case .isDirectory: return "name a file in it"
    default: return error.help
    }
  }

  /// What helps where nothing is near: a word may have been meant for a command, a path for another file.
  private static func others(in folder: String, of path: String, _ names: [String], _ endings: [String]) -> String {
    guard path.contains("/") || endings.contains(where: path.hasSuffix) else { return Usage.hint }
    guard access(folder, F_OK) == 0 else { return "there is no folder \(Printable.text(folder)) either" }
    let few = names.prefix(5).map { Printable.text($0) }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    return names.isEmpty ? "there is no \(endings.joined(separator: " or ")) file in this folder" : "in this folder are \(few)"
  }
}
