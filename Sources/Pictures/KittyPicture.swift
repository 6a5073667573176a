import FoundationEssentials

/// The commands of kitty's graphics protocol.
enum KittyPicture {
  /// A command's data comes in pieces of this size at most.
  private static let piece = 4096

  /// The commands that send a file, the first with what is to be done with it.
  static func commands(_ file: [UInt8], _ control: String) -> [String] {
    let text = Array(Data(file).base64EncodedString().utf8)
    return stride(from: 0, to: max(1, text.count), by: piece).map { start in
      let end = min(start + piece, text.count)
      let more = "m=\(end < text.count ? 1 : 0)"
      let data = String(decoding: text[start..<end], as: UTF8.self)
      return "\u{1B}_G\(start == 0 ? "\(control),\(more)" : "\(more)");\(data)\u{1B}\\"
    }
  }
}
