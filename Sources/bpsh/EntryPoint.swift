import Commands
import Glibc

@main enum EntryPoint {
  static func main() {
    exit(Shell.run(words: Array(CommandLine.arguments.dropFirst())))
  }
}
