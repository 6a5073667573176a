import Glibc

/// Wakes a thread that waits for a file descriptor.
final class Wake: Sendable {
  /// Can be read while there is a reason to wake up.
  let descriptor: Int32
  private let sender: Int32

  init() throws(ServerError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system(operation: "pipe", code: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (descriptor, sender) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(sender)
  }

  func signal() {
    var byte: UInt8 = 1
    // A full pipe needs no further byte: it can be read.
    write(sender, &byte, 1)
  }

  /// Forgets the signals so far; to be called before looking at what they stand for.
  func clear() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
  }

  /// Waits for a signal, which is then forgotten, or until one of these descriptors can be read.
  func wait(or others: Int32...) {
    if waitUntilReadable([descriptor] + others)[0] { clear() }
  }
}

/// Waits until one of the descriptors can be read; says of each whether it can. Negative ones never can.
@discardableResult
func waitUntilReadable(_ descriptors: [Int32]) -> [Bool] {
  var reasons = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  while poll(&reasons, nfds_t(reasons.count), -1) < 0 && errno == EINTR {}
  return reasons.map { $0.revents != 0 }
}
