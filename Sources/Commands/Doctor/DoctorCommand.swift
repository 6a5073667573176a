import Diagnostics
import Glibc
import JupyterWire

/// `bpsh doctor`: what works here, what does not, and what to do about it.
struct DoctorCommand {
  let asJSON: Bool
  let settings: Invocation.Settings

  func run() -> Int32 {
    ProgramThread.run {
      let parts = Examination(settings: settings).parts
      if asJSON {
        StandardStream.write(String(decoding: json(parts).laidOut(indent: 2), as: UTF8.self) + "\n", to: STDOUT_FILENO)
      } else {
        show(parts)
      }
      return parts.contains { $0.findings.contains { $0.level == .failure } } ? 1 : 0
    }
  }

  private func json(_ parts: [(title: String, findings: [Finding])]) -> JSON {
    [
      "version": .string(Shell.version), "program": .string(Program.path),
      "findings": .array(
        parts.flatMap { part in
          part.findings.map { finding in
            var object: JSON.Object = ["part": .string(part.title)]
            for member in finding.json.object?.members ?? [] { object.append(member.name, member.value) }
            return .object(object)
          }
        }),
    ]
  }

  private func show(_ parts: [(title: String, findings: [Finding])]) {
    let style = TerminalStyle.text(on: STDOUT_FILENO, allowsColor: settings.hasColor)
    let width = min(style.width, 100)
    var text = "bpsh \(Shell.version)\n  \(Program.path)\n"
    for part in parts {
      text += "\n\(part.title)\n"
      for finding in part.findings {
        let mark = Self.mark(finding.level, style.hasColor)
        // The mark takes six columns; its colour takes none.
        let line = Printable.text("\(finding.subject): \(finding.state)").wrapped(to: width - 8, indent: 2)
        text += "  \(mark) " + line.split(separator: "\n").joined(separator: "\n        ") + "\n"
        if let advice = finding.advice {
          let advice = Printable.text(advice).wrapped(to: width - 10).split(separator: "\n").joined(separator: "\n          ")
          text += "          \(advice)\n"
        }
      }
    }
    StandardStream.write(text, to: STDOUT_FILENO)
  }

  private static func mark(_ level: Finding.Level, _ hasColor: Bool) -> String {
    let (word, color) =
      switch level {
      case .ok: ("ok   ", "32")
      case .warning: ("warn ", "33")
      case .failure: ("fails", "31")
      }
    return hasColor ? "\u{1B}[\(color)m\(word)\u{1B}[0m" : word
  }
}
