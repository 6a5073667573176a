import JupyterServer
import JupyterWire
import Testing

@testable import Commands

@Suite struct NotebookTests {
  private func notebook(_ cells: String, rest: String = #""metadata": {}, "nbformat": 4, "nbformat_minor": 5"#) throws -> Notebook
  {
    try Notebook(parsing: Array(#"{"cells": [\#(cells)], \#(rest)}"#.utf8))
  }

  private func text(_ notebook: Notebook) -> String { String(decoding: notebook.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("", "it is not JSON: the text ends too early at byte 0"), ("[1]", "it has no nbformat"),
    ("{}", "it has no nbformat"), (#"{"nbformat": 3, "worksheets": []}"#, "it is of nbformat 3"),
    (#"{"nbformat": 5, "cells": []}"#, "it is of nbformat 5, newer than this bpsh"),
    (#"{"nbformat": 4}"#, "it has no list of cells"), (#"{"nbformat": 4, "cells": [3]}"#, "its cell 1 is none of nbformat 4"),
    (#"{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}"#, "its cell 1 is none of nbformat 4"),
    (String(repeating: "[", count: 100_000), "it is not JSON: nested too deeply at byte 200"),
  ])
  func `what is no notebook is told`(text: String, reason: String) throws {
    let error = #expect(throws: NotebookError.self) { try Notebook(parsing: Array(text.utf8)) }
    #expect(error?.reason == reason)
  }

  @Test func `bytes that are no text are refused, for they would be lost`() {
    #expect(throws: NotebookError("it is not a text in UTF-8")) { try Notebook(parsing: [0x7B, 0xFF, 0x7D]) }
  }

  @Test func `what is not run comes back as it was`() throws {
    let file = """
      {
        "nbformat": 4,
        "strange": [
          {},
          [],
          null,
          1.5,
          "é\\u0001"
        ],
        "cells": [
          {
            "source": "# one",
            "metadata": {
              "z": 1,
              "a": 2
            },
            "attachments": {},
            "cell_type": "markdown",
            "id": "x"
          }
        ],
        "nbformat_minor": 5,
        "metadata": {}
      }

      """
    #expect(text(try Notebook(parsing: Array(file.utf8))) == file)
  }

  @Test func `cells get names of their own, always the same`() throws {
    let cell = #"{"cell_type": "code", "source": "1"}"#
    let named = #"{"cell_type": "raw", "source": "", "id": "a b"}, {"cell_type": "raw", "source": "", "id": "c"}"#
    let cells = [cell, cell, named, #"{"cell_type": "raw", "source": "", "id": "c"}"#].joined(separator: ",")
    let bytes = try notebook(cells).bytes
    let ids = try JSON(parsing: bytes)["cells"]?.array?.compactMap { $0["id"]?.string } ?? []
    #expect(Set(ids).count == 5)
    #expect(ids[3] == "c")
    #expect(ids.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber } })
    #expect(try notebook(cells).bytes == bytes)
  }

  @Test func `an older notebook becomes one of 4.5, a newer one stays what it is`() throws {
    for (minor, written) in [(0, 5), (4, 5), (5, 5), (6, 6)] {
      let bytes = try notebook("", rest: #""nbformat": 4, "nbformat_minor": \#(minor)"#).bytes
      let json = try JSON(parsing: bytes)
      #expect(json["nbformat_minor"] == .integer(written))
      #expect(json["metadata"] == [:])
    }
  }

  @Test(arguments: [
    ("", [String]()), ("a", ["a"]), ("a\n", ["a\n"]), ("a\n\nb", ["a\n", "\n", "b"]), ("a\r\nb", ["a\r\n", "b"]),
  ])
  func `texts are kept by lines`(text: String, lines: [String]) {
    #expect(JSON.lines(of: text) == .array(lines.map(JSON.string)))
  }

  @Test(arguments: [
    ("a\rb", "b"), ("a\r\nb", "a\r\nb"), ("one\r", "one\r"), ("x\n10%\r20%\rdone\n", "x\ndone\n"), ("ab\u{8}c", "ac"),
    ("\u{8}\na\u{8}\u{8}", "\n"),
  ])
  func `a line that is written over is kept as it is seen`(text: String, seen: String) {
    #expect(TypedText.seen(text) == seen)
  }
}

@Suite struct NotebookOutputsTests {
  private func plain(_ text: String) -> MIMEBundle { MIMEBundle(data: ["text/plain": .string(text)]) }

  private func shown(_ outputs: NotebookOutputs, cell: Int = 0) -> [String] {
    outputs.outputs(of: cell).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func `what one stream writes is one output, until something else comes`() {
    let outputs = NotebookOutputs(cellCount: 1)
    for text in ["a\n", "b", "", "c\n"] { outputs.stream(.standard, text) }
    outputs.stream(.error, "e")
    outputs.display(plain("1"), id: nil)
    outputs.stream(.error, "f")
    #expect(
      shown(outputs) == [
        #"{"name":"stdout","output_type":"stream","text":["a\n","bc\n"]}"#,
        #"{"name":"stderr","output_type":"stream","text":["e"]}"#,
        #"{"data":{"text/plain":["1"]},"metadata":{},"output_type":"display_data"}"#,
        #"{"name":"stderr","output_type":"stream","text":["f"]}"#,
      ])
  }

  @Test func `a display is changed in its place, in earlier cells too`() {
    let outputs = NotebookOutputs(cellCount: 2)
    outputs.display(plain("1"), id: "a")
    outputs.display(plain("x"), id: "b")
    outputs.begin(cell: 1)
    outputs.update(plain("2"), id: "a")
    outputs.display(plain("3"), id: "b")
    outputs.update(plain("4"), id: "unknown")
    #expect(shown(outputs).map { $0.contains("2") || $0.contains("3") } == [true, true])
    #expect(shown(outputs, cell: 1).count == 1)
  }

  @Test func `clearing is done at once, or when something new is shown`() {
    let outputs = NotebookOutputs(cellCount: 1)
    outputs.stream(.standard, "a")
    outputs.clear(wait: true)
    #expect(shown(outputs).count == 1)
    outputs.result(plain("1"), count: 7)
    #expect(
      shown(outputs) == [#"{"data":{"text/plain":["1"]},"execution_count":7,"metadata":{},"output_type":"execute_result"}"#])
    outputs.clear(wait: false)
    #expect(shown(outputs).isEmpty)
    outputs.clear(wait: true)
    outputs.begin(cell: 0)
    outputs.stream(.standard, "b")
    #expect(shown(outputs).count == 1)
  }

  @Test func `of a control its text is kept, for nobody answers for its view`() {
    let outputs = NotebookOutputs(cellCount: 1)
    outputs.display(
      MIMEBundle(data: ["text/plain": "slider 3", "application/vnd.jupyter.widget-view+json": ["model_id": "x"]]), id: nil)
    outputs.display(MIMEBundle(data: ["application/json": ["a": 1]], metadata: ["m": true]), id: nil)
    #expect(
      shown(outputs) == [
        #"{"data":{"text/plain":["slider 3"]},"metadata":{},"output_type":"display_data"}"#,
        #"{"data":{"application/json":{"a":1}},"metadata":{"m":true},"output_type":"display_data"}"#,
      ])
  }

  @Test func `an error is kept with its name and trace`() {
    let outputs = NotebookOutputs(cellCount: 1)
    outputs.fail(Failure(name: "ValueError", message: "no", traceback: ["a", "b"]))
    #expect(shown(outputs) == [#"{"ename":"ValueError","evalue":"no","traceback":["a","b"],"output_type":"error"}"#])
  }

  @Test func `output without end is cut, with a note`() {
    let outputs = NotebookOutputs(cellCount: 1, room: 1 << 20)
    let text = String(repeating: "x", count: 1 << 18)
    for _ in 0..<100 { outputs.stream(.standard, text) }
    outputs.display(plain(text), id: nil)
    let found = shown(outputs)
    #expect(found.count == 2)
    #expect(found[0].utf8.count < 5 << 18)
    #expect(found[1].contains("more than 1 MiB: the rest of this output is not kept"))
  }
}

@Suite struct NotebookRunTests {
  private func notebook(_ sources: String...) throws -> Notebook {
    let cells = sources.map { JSON.object(["cell_type": "code", "source": .string($0), "execution_count": 9, "outputs": [1]]) }
    return try Notebook(parsing: JSON.object(["nbformat": 4, "cells": .array(cells)]).bytes)
  }

  /// The numbers of outputs after each cell, and at the end.
  private func run(
    _ notebook: inout Notebook, stopsAfter last: Int = .max, allowsErrors: Bool = false
  ) -> (end: NotebookRun.End, kept: [[Int]]) {
    var kept: [[Int]] = []
    func outputs(_ notebook: Notebook) -> [Int] {
      (try? JSON(parsing: notebook.bytes))?["cells"]?.array?.compactMap { $0["outputs"]?.array?.count } ?? []
    }
    let run = NotebookRun(
      kernel: SessionKernel(Invocation.Settings()), allowsErrors: allowsErrors, isStopped: { kept.count + 1 >= last },
      tell: { _ in }, keep: { kept.append(outputs($0())) })
    let end = run.run(&notebook)
    return (end, kept + [outputs(notebook)])
  }

  @Test func `after each cell the notebook can be kept as it is then`() throws {
    var notebook = try notebook("display(1, id='a')", " ", "update_display(2, id='a')\n3", "4")
    let (end, kept) = run(&notebook)
    #expect(end == .whole)
    #expect(kept == [[1, 0, 0, 0], [1, 0, 1, 0], [1, 0, 1, 1], [1, 0, 1, 1]])
    #expect(String(decoding: notebook.bytes, as: UTF8.self).contains("\"2\""))
  }

  @Test func `an error, a wish to stop and exit end the run`() throws {
    for (source, stopsAfter, allowsErrors, end) in [
      ("1 / 0", Int.max, false, NotebookRun.End.failed), ("1 / 0", .max, true, .whole), ("1", 1, false, .interrupted),
      ("exit(3)", .max, false, .exit(3)), ("raise KeyboardInterrupt", .max, true, .interrupted),
    ] {
      var notebook = try notebook(source, "2")
      let found = run(&notebook, stopsAfter: stopsAfter, allowsErrors: allowsErrors)
      #expect(found.end == end, "\(source)")
      #expect(found.kept.last?.last == (end == .whole ? 1 : 0))
    }
  }
}

@Suite struct NotebookParametersTests {
  @Test(arguments: [
    ("3", "3"), ("-3", "-3"), ("+3", "3"), ("0.5", "0.5"), ("1e-3", "0.001"), ("True", "True"), ("false", "False"),
    ("None", "None"),
    ("nan", "float(\"nan\")"), ("-inf", "float(\"-inf\")"), ("0x10", "'0x10'"), ("", "''"), ("it's \"so\"\n", #"'it\'s "so"\n'"#),
    ("a=b", "'a=b'"), ("99999999999999999999", "1e+20"),
  ])
  func `values are read as numbers, truth, nothing or text`(text: String, literal: String) throws {
    var parameters = NotebookParameters()
    try parameters.add("x=\(text)", isText: false)
    var notebook = try Notebook(parsing: Array(#"{"nbformat": 4, "cells": []}"#.utf8))
    #expect(parameters.inject(into: &notebook) == ["no cell is tagged parameters: the values stand at the top"])
    #expect(notebook.cells[0].source == "# Parameters\nx = \(literal)")
    #expect(notebook.cells[0].hasTag("injected-parameters"))
  }

  @Test func `a cell is put behind the one with the defaults, and replaces an older one`() throws {
    let file = #"""
      {"nbformat": 4, "cells": [{"cell_type": "code", "source": "0"},
       {"cell_type": "code", "source": "rate = 1\nn = 2", "metadata": {"tags": ["parameters"]}},
       {"cell_type": "code", "source": "rate * n"}]}
      """#
    var notebook = try Notebook(parsing: Array(file.utf8))
    var parameters = NotebookParameters()
    try parameters.add(["rate": [1, 2.5, ["a": nil]], "n": 3])
    #expect(parameters.inject(into: &notebook).isEmpty)
    try parameters.add("rat=x", isText: true)
    #expect(parameters.inject(into: &notebook) == ["the cell tagged parameters has no rat; did you mean rate?"])
    #expect(
      notebook.cells.map(\.source) == [
        "0", "rate = 1\nn = 2", "# Parameters\nrate = [1, 2.5, {'a': None}]\nn = 3\nrat = 'x'", "rate * n",
      ])
  }

  @Test func `a file must hold names and values`() {
    var parameters = NotebookParameters()
    #expect(throws: NotebookError("it holds no object of names and values")) { try parameters.add([1]) }
    #expect(throws: NotebookError("a parameter has a name of the language, not 1")) { try parameters.add(["1": 2]) }
  }
}
