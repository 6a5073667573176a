import Builtins
import Checking
import Diagnostics
import Execution
import FoundationEssentials
import Parsing

/// Keeps what a program shows, as a script's output would have it.
final class RecordingFront: Front {
  var output = ""
  let textStyle = TextStyle(width: 80)
  let progressStyle = ProgressStyle.none

  func write(_ text: String, toErrors: Bool) { output += text }
  func display(_ shown: Representations, id: String?, isUpdate: Bool) { output += shown.text + "\n" }
  func clear(wait: Bool) {}
  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String { "an answer" }
  func progressLine(_ text: String?) {}
}

/// What a program printed, and the error that ended it.
struct ProgramOutcome: Equatable {
  var output: String
  var error: String?
}

/// Runs a program with all builtins, in a folder of its own.
func run(_ code: String) -> ProgramOutcome {
  let folder = FileManager.default.temporaryDirectory.appending(path: "bp-\(UInt64.random(in: 0...UInt64.max))").path
  try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let front = RecordingFront()
  let workspace = Workspace(front: front, folder: folder)
  let machine = Machine()
  machine.surroundings.write = { text, _ in front.output += text }
  machine.surroundings.decorate = { [unowned workspace] decorator, function, _ throws(RuntimeError) in
    try workspace.decorate(function, with: decorator)
  }
  let (module, mistakes) = Module.parse(Source(name: "test", text: code))
  if let mistake = mistakes.first { return ProgramOutcome(output: "", error: mistake.message) }
  do {
    _ = try machine.run(try compile(module, in: Globals(builtins: workspace.table)))
    return ProgramOutcome(output: front.output)
  } catch {
    if workspace.takeExitCode() != nil { return ProgramOutcome(output: front.output) }
    return ProgramOutcome(output: front.output, error: "\(error)")
  }
}
