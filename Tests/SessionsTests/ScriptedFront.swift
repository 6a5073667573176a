import Builtins
import Execution
import FoundationEssentials
import Sessions

/// A front that keeps what it is shown and answers from a list.
final class ScriptedFront: Front {
  var output = ""
  var errors = ""
  var displays: [(text: String, svg: String?, id: String?, isUpdate: Bool)] = []
  /// What stood on the line that is written over.
  var progressLines: [String] = []
  var answers: [String] = []
  /// Called when something is shown.
  var onDisplay: () -> Void = {}
  var textStyle = TextStyle(width: 80)
  var progressStyle = ProgressStyle.none

  func write(_ text: String, toErrors: Bool) {
    if toErrors { errors += text } else { output += text }
  }

  func display(_ shown: Representations, id: String?, isUpdate: Bool) {
    displays.append((shown.text, shown.svg, id, isUpdate))
    output += shown.text + "\n"
    onDisplay()
  }

  func clear(wait: Bool) {}

  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String {
    guard !answers.isEmpty else { throw RuntimeError(.valueError, "nobody answers") }
    return answers.removeFirst()
  }

  func progressLine(_ text: String?) {
    if let text { progressLines.append(text) }
  }
}

/// A folder that is gone when the test ends.
func withFolder<Result>(_ body: (String) throws -> Result) rethrows -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "bp-\(UInt64.random(in: 0...UInt64.max))").path
  try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

func write(_ text: String, _ path: String) {
  try? text.write(toFile: path, atomically: true, encoding: .utf8)
}

extension Outcome {
  var text: String? {
    if case .value(let value) = self { value?.text } else { nil }
  }

  var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
