import Glibc

/// Another program that has the terminal until it ends: a pager, an editor.
enum ChildProgram {
  /// Runs words by the shell, as those of `PAGER` and `EDITOR` are meant, with more words behind them.
  ///
  /// - Parameter input: what its standard input reads; nil: ours.
  /// - Returns: whether it ran and ended well.
  static func run(_ command: String, _ arguments: [String] = [], input: String? = nil, settings: [String: String] = [:]) -> Bool {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // Our threads hold signals back; a program of its own wants them.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var ends: [Int32] = [-1, -1]
    if input != nil {
      guard pipe(&ends) == 0 else { return false }
      // Else the reader would hold the writing end open itself, and wait for ever.
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    }
    var child = pid_t()
    // The command is split by the shell, the words behind it are not looked into.
    let words = ["sh", "-c", "\(command) \"$@\"", "sh"] + arguments
    let wordPointers = words.map { strdup($0) } + [nil]
    let variables = environment(settings).map { strdup($0) } + [nil]
    defer { (wordPointers + variables).forEach { free($0) } }
    let started = posix_spawn(&child, "/bin/sh", &actions, &attributes, wordPointers, variables) == 0
    if input != nil { close(ends[0]) }
    if let input, started { feed(input, to: ends[1]) }
    if input != nil { close(ends[1]) }
    guard started else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { return false } }
    return status == 0
  }

  /// Writes until the reader has had enough.
  private static func feed(_ text: String, to pipe: Int32) {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  private static func environment(_ settings: [String: String]) -> [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !settings.keys.contains(where: { text.hasPrefix("\($0)=") }) { variables.append(text) }
      next += 1
    }
    return variables + settings.map { "\($0.key)=\($0.value)" }
  }
}
