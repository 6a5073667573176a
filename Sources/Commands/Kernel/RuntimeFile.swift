import Glibc
import JupyterWire

/// The connection file that a kernel writes for other clients, such as `jupyter console --existing`, when it was given none.
struct RuntimeFile {
  private let path: String

  /// Writes it where Jupyter looks; `nil` if that cannot be done, which takes nothing from the client that started the kernel.
  init?(_ connection: Connection, kernelID: String?) {
    guard let folder = JupyterFolders.runtime else { return nil }
    // The name comes from the starter's file.
    let name = kernelID.map { $0.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } } ?? ""
    path = "\(folder)/kernel-\(name.isEmpty ? String(getpid()) : name).json"
    // Never over a file of someone else.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let content = connection.fileContent
    guard write(file, content, content.count) == content.count else {
      unlink(path)
      return nil
    }
  }

  func remove() { unlink(path) }
}
