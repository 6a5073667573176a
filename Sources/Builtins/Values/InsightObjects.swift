import Execution
import Insight
import Learning
import Plotting

/// What `explain` gives.
final class ExplanationObject: ForeignObject, Pictured, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let explanation: Explanation
  private let workspace: Workspace

  init(_ explanation: Explanation, in workspace: Workspace) {
    self.explanation = explanation
    self.workspace = workspace
  }

  override var typeName: String { "explanation" }
  override func truth() throws(RuntimeError) -> Bool { explanation.isOK }

  override func text() throws(RuntimeError) -> String {
    explanation.text(width: min(88, workspace.front.textStyle.width), isUnicode: workspace.front.textStyle.hasUnicode)
  }

  func picture() -> Figure? { explanation.figure() }
  func pictureAsText() -> String? { explanation.text() }

  override func representations() throws(RuntimeError) -> Representations {
    Representations(text: try text(), svg: explanation.figure().svg(), textPart: .whole)
  }

  override var attributeNames: [String] { ["value", "backprop", "numeric", "paths", "rest", "ok", "factors"] }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    switch name {
    case "value": .float(explanation.value)
    case "backprop": .float(explanation.backprop)
    case "numeric": .float(explanation.numeric)
    case "paths": .int(explanation.count)
    case "rest": .float(explanation.rest)
    case "ok": .bool(explanation.isOK)
    case "factors": .list(explanation.paths.map { .list($0.factors.map { .float($0.value) }) })
    default: nil
    }
  }
}

/// What `worked_example` gives.
final class WorkedExampleObject: ForeignObject, Pictured, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private let example: WorkedExample
  private let workspace: Workspace

  init(_ example: WorkedExample, in workspace: Workspace) {
    self.example = example
    self.workspace = workspace
  }

  override var typeName: String { "worked_example" }
  override var attributeNames: [String] { ["loss"] }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    name == "loss" ? .float(example.loss) : nil
  }

  override func text() throws(RuntimeError) -> String {
    example.text(width: min(88, workspace.front.textStyle.width), isUnicode: workspace.front.textStyle.hasUnicode)
  }

  func picture() -> Figure? { example.figure() }
  func pictureAsText() -> String? { example.text() }
}
