import FoundationEssentials

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

  private var manifest: String {
    """
    {
      "argv": [\(quoted(program)), "kernel", "--connection-file", "{connection_file}"],
      "display_name": "bp",
      "language": "bp",
      "interrupt_mode": "message",
      "kernel_protocol_version": "5.5"
    }

    """
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 32: "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// Writes the folder below a prefix, replacing an older one.
  ///
  /// - Returns: the folder.
  func install(below shareFolder: String) throws(InstallError) -> String {
    let folder = shareFolder + "/jupyter/kernels/bp"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in files {
        try file.content.write(to: URL(filePath: folder + "/" + file.name), options: .atomic)
      }
    } catch {
      throw InstallError(folder: folder)
    }
    return folder
  }
}

/// The kernelspec could not be written.
struct InstallError: Error, Equatable {
  var folder: String

  var message: String { "cannot write the kernelspec to \(folder)" }
  var help: String { "choose another place: bpsh install --user, --sys-prefix or --prefix FOLDER" }
}
