import Diagnostics
import Glibc
import JupyterWire
import Sessions

/// `bpsh check FILE...`: all mistakes that can be told without running.
///
/// Each file is looked at on its own: what one binds is not known to the next. A file that cannot be read ends with status 2,
/// mistakes with 1.
struct CheckCommand {
  let files: [String]
  let asJSON: Bool
  let settings: Invocation.Settings

  func run() -> Int32 { ProgramThread.run { check() } }

  private func check() -> Int32 {
    let front = OutputFront(settings)
    let style = TerminalStyle.errors(allowsColor: settings.hasColor)
    var status: Int32 = 0
    var mistakes: [Int] = []
    var found: [JSON] = []
    for file in files {
      let name = file == "-" ? ProgramFile.standardInput : file
      let text: String
      do throws(ProgramFile.Unreadable) {
        text = try ProgramFile.text(of: file)
      } catch {
        status = 2
        Shell.report(error.message, help: error.help)
        found.append(error.json(file: name))
        continue
      }
      let diagnostics = settings.session(front, folder: ".").check(text, name: name)
      mistakes.append(diagnostics.count(where: \.isError))
      if asJSON {
        found += diagnostics.map { $0.json(file: name) }
      } else {
        for diagnostic in diagnostics { front.write(diagnostic.rendered(style) + "\n", toErrors: true) }
      }
    }
    if asJSON {
      front.write(String(decoding: JSON.array(found).bytes, as: UTF8.self) + "\n", toErrors: false)
    } else if !settings.isQuiet, !mistakes.isEmpty {
      front.write(summary(mistakes) + "\n", toErrors: true)
    }
    return status == 0 && mistakes.contains { $0 > 0 } ? 1 : status
  }

  private func summary(_ mistakes: [Int]) -> String {
    func counted(_ count: Int, _ word: String) -> String {
      "\(count == 0 ? "no" : String(count)) \(word)\(count == 1 ? "" : "s")"
    }
    let faulty = mistakes.count { $0 > 0 }
    let share = faulty == mistakes.count || faulty == 0 ? counted(mistakes.count, "file") : "\(faulty) of \(mistakes.count) files"
    return "\(counted(mistakes.reduce(0, +), "mistake")) in \(share)"
  }
}

extension ProgramFile.Unreadable {
  /// As a mistake without a place.
  fileprivate func json(file: String) -> JSON {
    var object: JSON.Object = [
      "file": .string(file), "severity": "error", "kind": "FileError", "message": .string(message),
    ]
    if let help { object.append("help", .string(help)) }
    return .object(object)
  }
}

extension Diagnostic {
  /// The mistake as an editor reads it.
  ///
  /// Lines and columns count from 1, columns in characters as a person sees them; `start` and `end` count bytes of the file from 0.
  /// Ends are behind the last character.
  fileprivate func json(file: String) -> JSON {
    var object: JSON.Object = ["file": .string(file)]
    if let span {
      object.append("line", .integer(span.start.line))
      object.append("column", .integer(span.start.column))
      object.append("end_line", .integer(span.end.line))
      object.append("end_column", .integer(span.end.column))
      object.append("start", .integer(span.range.lowerBound))
      object.append("end", .integer(span.range.upperBound))
    }
    object.append("severity", .string(isError ? "error" : "note"))
    object.append("kind", .string(kind))
    object.append("message", .string(message))
    if let help { object.append("help", .string(help)) }
    return .object(object)
  }
}
