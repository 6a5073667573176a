import Checking
import Execution
import Formats
import Glibc
import Gradients

extension Builtin {
  static let talking: [Builtin] = [
    Builtin(
      "display", [.required("value"), .named("id", "None", .text)], .talking,
      "Shows a value as a cell's result is shown; with an id it can be shown anew in its place by update_display.",
      example: "display([1, 2])\n# [1, 2]"
    ) { call, workspace throws(RuntimeError) in
      let id = call.has(1) ? try call.string(1) : nil
      workspace.front.display(try workspace.shown(call[0]), id: id, isUpdate: false)
      return .none
    },
    Builtin(
      "update_display", [.required("value"), .required("id", .text)], .talking,
      "Shows a value in the place where display showed one with this id.",
      example: "display(1, id=\"count\")\nupdate_display(2, id=\"count\")\n# 1\n# 2"
    ) { call, workspace throws(RuntimeError) in
      workspace.front.display(try workspace.shown(call[0]), id: try call.string(1), isUpdate: true)
      return .none
    },
    Builtin(
      "clear", [.named("wait", "False", .flag)], .talking,
      "Takes away what the cell has shown, at once or, with wait=True, when the next thing is shown.", example: "clear()"
    ) { call, workspace throws(RuntimeError) in
      workspace.front.clear(wait: try call.truth(0, default: false))
      return .none
    },
    Builtin(
      "progress", [.required("items"), .optional("label", "\"\"", .text)], .talking,
      "The items one after the other for a loop, showing how far it has come.",
      example: "total = 0\nfor i in progress(range(4), label=\"adding\"):\n    total += i\nprint(total)\n# 6"
    ) { call, workspace throws(RuntimeError) in
      .foreign(ProgressObject(try call.items(0), label: try call.string(1, default: ""), workspace))
    },
    Builtin(
      "time", [], .talking, "Seconds on a clock that never goes back, for measuring how long something takes.",
      example: "start = time()\nprint(time() >= start)\n# True"
    ) { _, _ throws(RuntimeError) in
      Trace.current?.obstruct(.clock)
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
      return .float(Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9)
    },
    Builtin(
      "sleep", [.required("seconds", .notNegative)], .talking, "Waits; an interrupt ends it.", example: "sleep(0.001)"
    ) { call, _ throws(RuntimeError) in
      let seconds = try call.float(0)
      guard seconds < 1e9 else { throw call.wrong(0, wanted: "a number below 1e9") }
      let clock = ContinuousClock()
      let end = clock.now + .seconds(seconds)
      let interrupt = call.machine.interrupt
      call.machine.withoutFloor {
        while !interrupt.isRaised, case let rest = (end - clock.now) / .microseconds(1), rest > 0 {
          usleep(UInt32(Swift.min(10_000, rest)))
        }
      }
      try call.machine.checkInterrupt()
      return .none
    },
    Builtin(
      "help", [.optional("name", "None")], .talking,
      "Shows what a function, a type, an error or a word such as \"for\" means, or what a value has; without a name, what there is.",
      example: "help(relu)"
    ) { call, workspace throws(RuntimeError) in
      workspace.front.write(try workspace.help(call[0]) + "\n", toErrors: false)
      return .none
    },
    Builtin("exit", [.optional("code", "0", .whole)], .talking, "Ends the program with an exit status.", example: "exit()") {
      call, workspace throws(RuntimeError) in
      let code = try call.int(0, default: 0)
      guard (0...255).contains(code) else { throw call.wrong(0, wanted: "a whole number from 0 to 255") }
      workspace.exitCode = Int32(code)
      throw RuntimeError(.keyboardInterrupt, "exit")
    },
    Builtin(
      "read_text", [.required("path", .path)], .talking, "The text of a file in UTF-8.",
      example: "write_text(\"note.txt\", \"δ\")\nprint(read_text(\"note.txt\"))\n# δ"
    ) { call, workspace throws(RuntimeError) in
      let name = try call.string(0)
      let bytes = try workspace.file(name) { try FileContents.read($0) }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw RuntimeError(.fileError, "\(name) is not a text in UTF-8")
      }
      return .string(text)
    },
    Builtin(
      "write_text", [.required("path", .path), .required("text", .text)], .talking,
      "Writes a text as a file in UTF-8, in place of one that is there.",
      example: "write_text(\"note.txt\", \"hello\")\nprint(exists(\"note.txt\"))\n# True"
    ) { call, workspace throws(RuntimeError) in
      let (name, text) = (try call.string(0), try call.string(1))
      try workspace.file(name) { try FileContents.write(Array(text.utf8), to: $0) }
      return .none
    },
    Builtin(
      "list_files", [.optional("path", "\".\"", .path)], .talking, "The names in a folder, in order.",
      example: "write_text(\"note.txt\", \"\")\nprint(\"note.txt\" in list_files())\n# True"
    ) { call, workspace throws(RuntimeError) in
      let names = try workspace.file(try call.string(0, default: ".")) { try FileContents.names(in: $0) }
      return .list(names.map { .string($0) })
    },
    Builtin(
      "exists", [.required("path", .path)], .talking, "Whether there is a file or folder of this name.",
      example: "print(exists(\"no such file\"))\n# False"
    ) { call, workspace throws(RuntimeError) in .bool(access(workspace.path(try call.string(0)), F_OK) == 0) },
  ]
}

extension Workspace {
  /// The path of a file that is named relative to the program's folder.
  public func path(_ name: String) -> String { name.hasPrefix("/") || folder == "." ? name : "\(folder)/\(name)" }

  /// Reads or writes a file; errors name it as the program does.
  func file<Result>(_ name: String, _ body: (String) throws -> Result) throws(RuntimeError) -> Result {
    do {
      return try body(path(name))
    } catch var error as FileError {
      error.path = name
      throw RuntimeError(engine: error)
    } catch ReadError.file(var error) {
      error.path = name
      throw RuntimeError(engine: error)
    } catch ReadError.content(let error, _) {
      throw RuntimeError(engine: ReadError.content(error, path: name))
    } catch ReadError.array(let error, _) {
      throw RuntimeError(engine: ReadError.array(error, path: name))
    } catch {
      throw RuntimeError(engine: error)
    }
  }

  func ask(_ prompt: String, isPassword: Bool, on machine: Machine) throws(RuntimeError) -> String {
    do {
      let front = front
      return try machine.withoutFloor { () throws(RuntimeError) in try front.ask(prompt, isPassword: isPassword) }
    } catch {
      // The interrupt that ended the question is spent.
      if error.kind == .keyboardInterrupt { machine.interrupt.clear() }
      throw error
    }
  }

  /// An id for a display that the program does not name.
  func nextDisplayID() -> String {
    displayCount += 1
    return "bp-\(displayCount)"
  }
}

/// Items for a loop, with a line that says how far it has come.
final class ProgressObject: ForeignObject, @unchecked Sendable {
  // Unchecked: as all values, it is touched with the floor taken.
  private let items: [Value]
  private let label: String
  private let workspace: Workspace

  init(_ items: [Value], label: String, _ workspace: Workspace) {
    self.items = items
    self.label = label
    self.workspace = workspace
  }

  override var typeName: String { "progress" }
  override func length() throws(RuntimeError) -> Int? { items.count }

  override func iterate(in machine: Machine) throws(RuntimeError) -> IteratorObject.Next? {
    let (items, report) = (items, ProgressReport(label, count: items.count, workspace))
    var i = 0
    return { () throws(RuntimeError) -> Value? in
      report.show(done: i)
      guard i < items.count else { return nil }
      defer { i += 1 }
      return items[i]
    }
  }
}
