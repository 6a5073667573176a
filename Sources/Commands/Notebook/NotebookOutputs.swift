import JupyterServer
import JupyterWire
import Synchronization

/// Keeps what cells show as a notebook holds it, as a front end of Jupyter would.
final class NotebookOutputs: KernelOutput {
  private let state: Mutex<State>
  /// In bytes: what a cell shows beyond this is dropped, with a note.
  private let room: Int

  fileprivate struct State {
    var cells: [[Output]]
    /// The cell that runs.
    var current = 0
    /// Whether the cell's outputs go as soon as there is another.
    var isCleared = false
    var size = 0
  }

  fileprivate enum Output {
    case text(OutputStream, String)
    /// A value; one with an `id` can be changed later. Only a cell's result has a `count`.
    case value(MIMEBundle, id: String?, count: Int?)
    case error(Failure)
  }

  init(cellCount: Int, room: Int = 64 << 20) {
    state = Mutex(State(cells: Array(repeating: [], count: cellCount)))
    self.room = room
  }

  /// What is shown from now on is this cell's.
  func begin(cell: Int) {
    state.withLock { $0 = State(cells: $0.cells, current: cell) }
  }

  func outputs(of cell: Int) -> [JSON] {
    state.withLock { $0.cells[cell].map { .object($0.content) } }
  }

  // MARK: What a cell shows

  func stream(_ stream: OutputStream, _ text: String) {
    if !text.isEmpty { add(.text(stream, text), size: text.utf8.count) }
  }

  func display(_ bundle: MIMEBundle, id: String?) {
    if let id { update(bundle, id: id) }
    add(.value(bundle, id: id, count: nil), size: bundle.size)
  }

  func update(_ bundle: MIMEBundle, id: String) {
    state.withLock { state in
      for cell in state.cells.indices {
        for i in state.cells[cell].indices {
          if case .value(_, id, let count) = state.cells[cell][i] { state.cells[cell][i] = .value(bundle, id: id, count: count) }
        }
      }
    }
  }

  func result(_ bundle: MIMEBundle) { result(bundle, count: 0) }

  /// The value of the cell with this number.
  func result(_ bundle: MIMEBundle, count: Int) { add(.value(bundle, id: nil, count: count), size: bundle.size) }

  // In a saved notebook a control is its text.
  func send(_ comm: CommMessage) {}

  func fail(_ failure: Failure) { add(.error(failure), size: 0) }

  func clear(wait: Bool) {
    state.withLock { state in
      state.isCleared = wait
      if !wait { state.clear() }
    }
  }

  func input(prompt: String, isPassword: Bool) throws(InputError) -> String { throw .notAllowed }

  private func add(_ output: Output, size: Int) {
    state.withLock { state in
      if state.isCleared { state.clear() }
      let wasFull = state.size > room
      state.size += size
      guard size > 0, state.size > room else { return state.append(output) }
      if !wasFull { state.append(.text(.error, "\nmore than \(room >> 20) MiB: the rest of this output is not kept\n")) }
    }
  }
}

extension NotebookOutputs.State {
  fileprivate mutating func clear() {
    cells[current] = []
    (isCleared, size) = (false, 0)
  }

  /// Text goes on where the same stream wrote last.
  fileprivate mutating func append(_ output: NotebookOutputs.Output) {
    let last = cells[current].count - 1
    if case .text(let stream, let text) = output, last >= 0, case .text(stream, var before) = cells[current][last] {
      // Out of its place first: else the whole text would be copied for each line.
      cells[current].removeLast()
      before += text
      cells[current].append(.text(stream, before))
    } else {
      cells[current].append(output)
    }
  }
}

extension NotebookOutputs.Output {
  /// As nbformat writes it, names in order.
  fileprivate var content: JSON.Object {
    switch self {
    case .text(let stream, let text):
      ["name": .string(stream.rawValue), "output_type": "stream", "text": .lines(of: TypedText.seen(text))]
    case .value(let bundle, _, nil):
      ["data": bundle.byLines, "metadata": .object(bundle.metadata), "output_type": "display_data"]
    case .value(let bundle, _, let count?):
      [
        "data": bundle.byLines, "execution_count": .integer(count), "metadata": .object(bundle.metadata),
        "output_type": "execute_result",
      ]
    case .error(let failure): JSON.Object(failure.content.members.map { ($0.name, $0.value) } + [("output_type", "error")])
    }
  }
}

extension MIMEBundle {
  fileprivate var size: Int { data.members.reduce(0) { $0 + ($1.value.string?.utf8.count ?? 1) } }

  /// The forms that are text as lines, the others as they are.
  ///
  /// Without the view of a control: behind it stands a kernel, and this one has gone when the notebook is opened.
  fileprivate var byLines: JSON {
    .object(
      JSON.Object(
        data.members.filter { $0.name != "application/vnd.jupyter.widget-view+json" }.map { form in
          let isText = form.name.hasPrefix("text/") || ["image/svg+xml", "application/javascript"].contains(form.name)
          return (form.name, isText ? form.value.string.map(JSON.lines) ?? form.value : form.value)
        }))
  }
}
