/// `bpsh` alone.
struct ReplCommand {
  let settings: Invocation.Settings
  func run() -> Int32 { 2 }
}
