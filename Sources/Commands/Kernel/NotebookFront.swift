import Builtins
import Execution
import JupyterServer

/// The front of a notebook: what a cell shows goes to the front end that runs it.
final class NotebookFront: Front, @unchecked Sendable {
  // Unchecked: set and used on the thread that runs the cells.
  private var output: (any KernelOutput)?
  private(set) lazy var desk = WidgetDesk(self)
  private let drawsControls: Bool
  /// So many figures of a cell are PNG too, which takes longer to draw than the figure itself; the rest of a flood is SVG alone.
  private static let mostPNGs = 30
  private var pngCount = 0
  var controls: (any ControlFront)? { drawsControls ? desk : nil }

  /// - Parameter drawsControls: not in a subshell, as what a control calls runs in the main shell, and not without a page.
  init(drawsControls: Bool = true) {
    self.drawsControls = drawsControls
  }

  let textStyle = TextStyle(width: 88, hasUnicode: true, hasColor: false)
  let progressStyle = ProgressStyle.picture

  /// Shows on `output` what `body` shows.
  func showing<Result>(on output: any KernelOutput, _ body: () -> Result) -> Result {
    (self.output, desk.output) = (output, output)
    pngCount = 0
    defer {
      desk.sweep()
      (self.output, desk.output) = (nil, nil)
    }
    return body()
  }

  func write(_ text: String, toErrors: Bool) { output?.stream(toErrors ? .error : .standard, text) }

  func display(_ shown: Representations, id: String?, isUpdate: Bool) {
    // What passes has none.
    if shown.svg != nil, !shown.isPassing { pngCount += 1 }
    let bundle = shown.bundle(hasPNG: pngCount <= Self.mostPNGs)
    if let id, isUpdate {
      output?.update(bundle, id: id)
    } else {
      output?.display(bundle, id: id)
    }
  }

  func clear(wait: Bool) { output?.clear(wait: wait) }

  func ask(_ prompt: String, isPassword: Bool) throws(RuntimeError) -> String {
    do throws(InputError) {
      guard let output else { throw InputError.notAllowed }
      return try output.input(prompt: prompt, isPassword: isPassword)
    } catch {
      switch error {
      case .interrupted: throw RuntimeError(.keyboardInterrupt, "interrupted")
      case .notAllowed, .closed:
        throw RuntimeError(
          .valueError, "nobody can be asked for input here", help: "run the notebook in a front end, or set the value in a cell")
      }
    }
  }

  // Notebooks show progress as a display.
  func progressLine(_ text: String?) {}
}
