extension JSON {
  /// The text of the value over lines, in UTF-8, as Python's `json.dumps(value, indent=indent)` lays it out.
  public func laidOut(indent: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    layOut(indent, level: 0, into: &bytes)
    return bytes
  }

  private func layOut(_ indent: Int, level: Int, into bytes: inout [UInt8]) {
    func newLine(_ level: Int) {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * level))
    }
    switch self {
    case .array(let elements) where !elements.isEmpty:
      bytes.append(UInt8(ascii: "["))
      for (i, element) in elements.enumerated() {
        if i > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(level + 1)
        element.layOut(indent, level: level + 1, into: &bytes)
      }
      newLine(level)
      bytes.append(UInt8(ascii: "]"))
    case .object(let object) where !object.isEmpty:
      bytes.append(UInt8(ascii: "{"))
      for (i, member) in object.members.enumerated() {
        if i > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(level + 1)
        JSON.string(member.name).write(to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.value.layOut(indent, level: level + 1, into: &bytes)
      }
      newLine(level)
      bytes.append(UInt8(ascii: "}"))
    default: write(to: &bytes)
    }
  }
}
