import Formats
import FoundationEssentials
import Glibc
import JupyterWire

/// The folder that tells Jupyter how to start the kernel: `kernel.json` and logos.
struct KernelSpec {
  /// The full path of `bpsh`.
  var program: String

  /// The files of the folder by name.
  var files: [(name: String, content: Data)] {
    [
      ("kernel.json", Data(manifest.utf8)),
      ("logo-svg.svg", Data(Logos.svg.utf8)),
      ("logo-32x32.png", Data(base64Encoded: Logos.png32) ?? Data()),
      ("logo-64x64.png", Data(base64Encoded: Logos.png64) ?? Data()),
    ]
  }

  private var quotedProgram: String { String(decoding: JSON.string(program).bytes, as: UTF8.self) }

  private var manifest: String {
    """
    {
      "argv": [\(quotedProgram), "kernel", "--connection-file", "{connection_file}"],
      "display_name": "bp",
      "language": "bp",
      "interrupt_mode": "message",
      "metadata": { "debugger": true },
      "kernel_protocol_version": "5.5"
    }

    """
  }

  /// Writes the folder where Jupyter keeps its data, over an older one.
  ///
  /// - Returns: the folder.
  func install(in dataFolder: String) throws(InstallError) -> String {
    let folder = dataFolder + "/kernels/bp"
    try Self.makeFolders(folder)
    for file in files {
      do throws(FileError) {
        try FileContents.write(Array(file.content), to: folder + "/" + file.name)
      } catch {
        throw InstallError(folder: folder, reason: error.message)
      }
    }
    return folder
  }

  /// Makes a folder and those around it.
  private static func makeFolders(_ path: String) throws(InstallError) {
    for end in path.indices where path[end] == "/" && end > path.startIndex { mkdir(String(path[..<end]), 0o755) }
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw InstallError(folder: path, reason: String(cString: strerror(errno))) }
  }
}

/// The kernelspec could not be written.
struct InstallError: Error, Equatable {
  var folder: String
  /// What the system says.
  var reason: String

  var message: String { "cannot write the kernelspec to \(folder): \(reason)" }
  var help: String { "choose another place: bpsh install --user, --sys-prefix or --prefix FOLDER" }
}
