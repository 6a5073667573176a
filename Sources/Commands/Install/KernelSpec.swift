import Formats
import FoundationEssentials
import Glibc
import JupyterWire

/// The folder that tells Jupyter how to start the kernel: `kernel.json` and logos.
struct KernelSpec {
  /// The full path of `bpsh`.
  var program: String

  private static let manifestName = "kernel.json"

  /// The files of the folder by name, the one last that makes it a kernelspec.
  var files: [(name: String, content: Data)] {
    [
      ("logo-svg.svg", Data(Logos.svg.utf8)),
      ("logo-32x32.png", Data(base64Encoded: Logos.png32) ?? Data()),
      ("logo-64x64.png", Data(base64Encoded: Logos.png64) ?? Data()),
      (Self.manifestName, Data(manifest.utf8)),
    ]
  }

  /// How a notebook names the kernel that it is for.
  static let reference: JSON = ["display_name": "bp", "language": "bp", "name": "bp"]

  private var quotedProgram: String { String(decoding: JSON.string(program).bytes, as: UTF8.self) }

  private var manifest: String {
    """
    {
      "argv": [\(quotedProgram), "kernel", "--connection-file", "{connection_file}"],
      "display_name": "bp",
      "language": "bp",
      "interrupt_mode": "message",
      "kernel_protocol_version": "5.5",
      "metadata": {"debugger": true, "supported_encryption": ["curve"]}
    }

    """
  }

  private static func folder(in dataFolder: String) -> String { dataFolder + "/kernels/bp" }

  /// The program that the kernelspec in a folder of Jupyter's data starts; nil where there is none, or none that can be read.
  static func program(in dataFolder: String) -> String? {
    let folder = folder(in: dataFolder)
    guard let bytes = try? FileContents.read(folder + "/" + manifestName) else { return nil }
    // The wheel names the program by the way to it.
    return (try? JSON(parsing: bytes))?["argv"]?.array?.first?.string?.replacing("{resource_dir}", with: folder)
  }

  /// Writes the folder where Jupyter keeps its data, over an older one: at any time there is a whole one of both.
  ///
  /// - Returns: the folder, and the program that an older one started.
  func install(in dataFolder: String) throws(InstallError) -> (folder: String, older: String?) {
    let folder = Self.folder(in: dataFolder)
    let older = Self.program(in: dataFolder)
    try Self.makeFolders(folder)
    for file in files {
      do throws(FileError) {
        try FileContents.write(Array(file.content), to: folder + "/" + file.name)
      } catch {
        throw InstallError(folder: folder, reason: error.reason)
      }
    }
    return (folder, older)
  }

  /// Removes the folder; what others have put into it stays.
  func remove(from dataFolder: String) throws(InstallError) -> String {
    let folder = Self.folder(in: dataFolder)
    // The manifest first: without it the folder is no kernelspec.
    for file in files.reversed() where unlink(folder + "/" + file.name) != 0 {
      if errno == ENOENT, file.name != Self.manifestName { continue }
      throw InstallError(folder: folder, reason: String(cString: strerror(errno)), isRemoval: true)
    }
    rmdir(folder)
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
  var isRemoval = false

  var message: String {
    isRemoval ? "cannot remove the kernelspec \(folder): \(reason)" : "cannot write the kernelspec to \(folder): \(reason)"
  }
  var help: String {
    isRemoval ? "jupyter kernelspec list shows where it is" : "choose another place: --user, --sys-prefix or --prefix FOLDER"
  }
}
