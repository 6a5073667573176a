import Execution
import Plotting

/// A value that a picture shows, in a cell's result or a file.
protocol Pictured {
  /// nil where there is nothing to be seen yet.
  func picture() -> Figure?

  /// What a text file holds in place of it.
  func pictureAsText() -> String?
}

extension Pictured {
  func pictureAsText() -> String? { picture()?.text() }
}

/// A figure as a value.
final class FigureObject: ForeignObject, Pictured, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  let figure: Figure
  let workspace: Workspace

  init(_ figure: Figure, in workspace: Workspace) {
    self.figure = figure
    self.workspace = workspace
  }

  override var typeName: String { "figure" }

  override func text() throws(RuntimeError) -> String { workspace.text(of: figure) }

  func picture() -> Figure? { figure }

  override func representations() throws(RuntimeError) -> Representations {
    let isText = if case .lines = figure { true } else { false }
    return Representations(text: workspace.text(of: figure), svg: figure.svg(), textPart: isText ? .whole : .drawing)
  }

  override var attributeNames: [String] { ["title"] }

  override func attribute(_ name: String, in machine: Machine) throws(RuntimeError) -> Value? {
    name == "title" ? .string(figure.title) : nil
  }

  /// `fig + plot(...)`: one laid over the other.
  override func binary(
    _ operation: BinaryOperation, _ other: Value, isReflected: Bool, in machine: Machine
  ) throws(RuntimeError) -> Value? {
    guard operation == .add, case .foreign(let object as FigureObject) = other else { return nil }
    guard let both = figure.overlaid(with: object.figure) else {
      throw RuntimeError(.valueError, "only charts can be laid over each other", help: "subplots(a, b) puts figures side by side")
    }
    return .foreign(FigureObject(both, in: workspace))
  }
}

extension Workspace {
  /// A figure as text, as wide as the front has room.
  func text(of figure: Figure) -> String {
    let style = front.textStyle
    return figure.text(
      TextFigureStyle(width: min(style.width, 100), hasColor: style.hasColor, isUnicode: style.hasUnicode))
  }
}
