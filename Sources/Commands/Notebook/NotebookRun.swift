import JupyterServer
import Sessions

/// Runs the cells of a notebook in order and writes down what they show.
struct NotebookRun {
  let kernel: SessionKernel
  let allowsErrors: Bool
  /// Whether the person has asked to stop.
  let isStopped: () -> Bool
  /// What is told between the cells.
  let tell: (Event) -> Void
  /// Called after each cell with the notebook as it is then.
  let keep: (() -> Notebook) -> Void

  enum Event {
    case begun(number: Int, of: Int, source: String)
    case ended(number: Int, of: Int, source: String, Duration)
    case failed(Sessions.Failure)
  }

  enum End: Equatable {
    case whole, failed, interrupted
    /// The program has ended itself.
    case exit(Int32)
  }

  func run(_ notebook: inout Notebook) -> End {
    let places = notebook.cells.indices.filter { notebook.cells[$0].runs }
    for place in notebook.cells.indices where notebook.cells[place].isCode && !notebook.cells[place].isSkipped {
      notebook.cells[place].setOutcome([], count: nil)
    }
    let outputs = NotebookOutputs(cellCount: notebook.cells.count)
    var end = End.whole
    var counts: [Int: Int] = [:]
    func sofar(_ notebook: Notebook) -> Notebook {
      var notebook = notebook
      for (place, count) in counts { notebook.cells[place].setOutcome(outputs.outputs(of: place), count: count) }
      return notebook
    }
    for (i, place) in places.enumerated() where end == .whole {
      let source = notebook.cells[place].source
      tell(.begun(number: i + 1, of: places.count, source: source))
      let start = ContinuousClock.now
      counts[place] = i + 1
      outputs.begin(cell: place)
      let request = ExecuteRequest(code: source, allowsInput: false, count: i + 1)
      switch kernel.run(request, output: outputs) {
      case .value(let value?): outputs.result(value.bundle, count: i + 1)
      case .value, .page, .nextInput: break
      case .exit(let status): end = .exit(status)
      case .failure(let failure):
        outputs.fail(failure.reply)
        // One that its cell announces is no news.
        let isExpected = notebook.cells[place].hasTag("raises-exception") && !failure.isInterrupt
        if !isExpected {
          tell(.failed(failure))
          end = failure.isInterrupt ? .interrupted : allowsErrors ? .whole : .failed
        }
      }
      tell(.ended(number: i + 1, of: places.count, source: source, .now - start))
      if isStopped() { end = .interrupted }
      keep { [notebook] in sofar(notebook) }
    }
    // Anew from all outputs: a later cell may have changed what an earlier one has shown.
    notebook = sofar(notebook)
    return end
  }
}

extension Notebook.Cell {
  /// Whether it is left as it is, on wish.
  fileprivate var isSkipped: Bool { hasTag("skip-execution") }

  fileprivate var runs: Bool { isCode && !isSkipped && !source.allSatisfy(\.isWhitespace) }
}
