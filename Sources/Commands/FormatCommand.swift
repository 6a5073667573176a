import Diagnostics
import Formats
import Parsing

/// `bpsh fmt FILE...`: gives programs their one form.
///
/// A program that does not parse is left as it is and told about, which ends with status 1 as a difference under `--check` does;
/// a file that cannot be read or written ends with 2. The rest go on in any case.
struct FormatCommand {
  enum Result: Equatable {
    /// The files are written anew.
    case written
    /// Those that would change are named.
    case listed
    /// What would change is shown.
    case compared
  }

  let files: [String]
  let result: Result
  let settings: Invocation.Settings

  func run() -> Int32 {
    // The parser goes as deep as brackets do.
    ProgramThread.run { format() }
  }

  private func format() -> Int32 {
    let front = OutputFront(settings)
    var count = Count()
    for file in files {
      for program in ProgramFolder.programs(at: file) { format(program, &count, front) }
    }
    if !settings.isQuiet, files != ["-"] { front.write(count.summary(result) + "\n", toErrors: true) }
    return count.unreadable > 0 ? 2 : count.faulty > 0 || count.changed > 0 && result != .written ? 1 : 0
  }

  private func format(_ file: String, _ count: inout Count, _ front: OutputFront) {
    guard let text = ProgramFile.read(file) else { return count.unreadable += 1 }
    let name = file == "-" ? ProgramFile.standardInput : file
    let (formatted, mistakes) = Module.format(Source(name: name, text: text))
    guard let formatted else {
      let style = TerminalStyle.errors(allowsColor: settings.hasColor)
      for mistake in mistakes { front.write(mistake.rendered(style) + "\n", toErrors: true) }
      return count.faulty += 1
    }
    // Two spellings of an accented letter are equal to strings, and not to files.
    let isSame = formatted.utf8.elementsEqual(text.utf8)
    if result == .written, file == "-" { front.write(formatted, toErrors: false) }
    guard !isSame else { return count.unchanged += 1 }
    switch result {
    case .listed: front.write(name + "\n", toErrors: false)
    case .compared: front.write(UnifiedDiff(from: text, to: formatted, name: name).text, toErrors: false)
    case .written where file == "-": break
    case .written:
      do throws(FileError) {
        try FileContents.rewrite(Array(formatted.utf8), to: file)
        if !settings.isQuiet { front.write("formatted \(Printable.text(file))\n", toErrors: true) }
      } catch {
        Shell.report(error.message, help: error.help)
        return count.unreadable += 1
      }
    }
    count.changed += 1
  }
}

/// What became of the files.
private struct Count {
  var changed = 0
  var unchanged = 0
  var faulty = 0
  var unreadable = 0

  func summary(_ result: FormatCommand.Result) -> String {
    func files(_ count: Int) -> String { "\(count) file\(count == 1 ? "" : "s")" }
    var parts: [String] = []
    if changed > 0 { parts.append(files(changed) + (result == .written ? " formatted" : " would change")) }
    if unchanged > 0 { parts.append(files(unchanged) + (result == .written ? " left as they were" : " would not change")) }
    if unchanged == 1 { parts[parts.count - 1] = result == .written ? "1 file left as it was" : "1 file would not change" }
    if faulty > 0 { parts.append(files(faulty) + " with mistakes") }
    if unreadable > 0 { parts.append(files(unreadable) + (result == .written ? " not read or written" : " not read")) }
    return parts.isEmpty ? "there are no .bp files" : parts.joined(separator: ", ")
  }
}
