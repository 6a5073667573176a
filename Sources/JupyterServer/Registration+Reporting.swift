import Glibc
import JupyterWire

extension Registration {
  /// Tells the starter where the kernel's sockets are, and waits until it says that it knows.
  func register(_ connection: Connection) throws(ServerError) {
    do throws(SocketError) {
      let socket = try Socket(.dealer, in: Context())
      try socket.connect(to: address)
      try socket.send(report(of: connection))
      let deadline = ContinuousClock.now + patience
      while case let rest = deadline - .now, rest > .zero {
        guard try socket.waitForMessage(timeout: Int(rest / .milliseconds(1)) + 1) else { break }
        if isReceipt(try socket.receive()) { return }
      }
    } catch {
      throw .socket(error)
    }
    throw .notAcknowledged(address: address)
  }
}

extension Connection {
  /// Chooses numbers for the files of `ipc` sockets that are not in use; `tcp` ports are chosen by the system.
  func withFreeFiles() -> Connection {
    guard transport == .ipc else { return self }
    var connection = self
    var number = 0
    for channel in Channel.allCases {
      repeat { number += 1 } while access("\(ip)-\(number)", F_OK) == 0
      connection.ports[channel] = number
    }
    return connection
  }
}
