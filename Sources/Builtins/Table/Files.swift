import Checking
import Execution
import Formats
import Gradients
import Plotting
import Tensors

extension Builtin {
  static let files: [Builtin] = [
    Builtin(
      "read_npy", [.required("path", .path)], .talking,
      "The array of a file that NumPy's np.save or save(x, \"x.npy\") wrote. It keeps its type; float16 becomes float32, any whole numbers int64.",
      example: "save(tensor([1, 2]), \"x.npy\")\nprint(read_npy(\"x.npy\"))\n# [1.0000, 2.0000]"
    ) { call, workspace throws(RuntimeError) in
      .foreign(TensorObject(Variable(try workspace.file(try call.string(0)) { try readNpy($0) }), in: workspace))
    },
    Builtin(
      "read_npz", [.required("path", .path)], .talking,
      "The arrays of a file that NumPy's np.savez or np.savez_compressed wrote, as a dictionary by name. Types are kept as by read_npy.",
      example: "try:\n    d = read_npz(\"weights.npz\")\nexcept FileError as e:\n    print(e)\n# there is no file weights.npz"
    ) { call, workspace throws(RuntimeError) in
      let arrays = try workspace.file(try call.string(0)) { try readNpz($0) }
      return .dict(DictObject(arrays.map { ($0.name, .foreign(TensorObject(Variable($0.array), in: workspace))) }))
    },
    Builtin(
      "save", [.required("value", .saved), .required("path", .path)], .talking,
      "Writes a value to a file, in place of one that is there, in the format that its name's ending tells: a tensor to .npy, with its type; a figure, or the picture of an explanation, worked example, network or run, to .svg or as text to .txt.",
      example: "save(plot([1, 2]), \"two.svg\")\nprint(exists(\"two.svg\"))\n# True"
    ) { call, workspace throws(RuntimeError) in
      let name = try call.string(1)
      if case .foreign(let object) = call[0], let pictured = object as? any Pictured {
        let bytes = try picture(pictured, object.typeName, as: name)
        try workspace.file(name) { try FileContents.write(bytes, to: $0) }
      } else {
        let tensor = try call.tensor(0, in: workspace)
        guard name.hasSuffix(".npy") else { throw unknownFormat(name, of: "tensors", endings: ".npy") }
        try workspace.file(name) { try FileContents.write(pieces: npy(tensor), to: $0) }
      }
      return .none
    },
  ]

  private static func picture(_ pictured: any Pictured, _ type: String, as name: String) throws(RuntimeError) -> [UInt8] {
    let content: String?
    if name.hasSuffix(".svg") {
      content = pictured.picture()?.svg()
    } else if name.hasSuffix(".txt") {
      content = pictured.pictureAsText().map { $0 + "\n" }
    } else {
      throw unknownFormat(name, of: "pictures", endings: ".svg or .txt")
    }
    guard let content else { throw RuntimeError(.valueError, "this \(type) has nothing to show yet") }
    return Array(content.utf8)
  }

  private static func unknownFormat(_ name: String, of values: String, endings: String) -> RuntimeError {
    RuntimeError(.valueError, "\(name) names no format that \(values) are saved in", help: "end it with \(endings)")
  }
}
