import Glibc
import Sessions

/// `bpsh check FILE...`: all mistakes that can be told without running.
struct CheckCommand {
  let files: [String]
  let settings: Invocation.Settings

  func run() -> Int32 {
    let front = OutputFront(textStyle: TerminalStyle.text(on: STDOUT_FILENO, allowsColor: false), progressStyle: .none)
    return ProgramThread.run {
      var status: Int32 = 0
      for file in files {
        guard let text = ProgramFile.read(file) else {
          status = 2
          continue
        }
        // Each file on its own: what one binds is not known to the next.
        let session = settings.session(front, folder: ".")
        let found = session.check(text, name: file)
        for diagnostic in found {
          front.write(
            diagnostic.rendered(TerminalStyle.errors(allowsColor: settings.hasColor)) + "\n", toErrors: true)
        }
        if found.contains(where: \.isError), status == 0 { status = 1 }
      }
      return status
    }
  }
}
