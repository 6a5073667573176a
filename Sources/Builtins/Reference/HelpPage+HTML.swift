import Parsing
import Plotting

extension HelpPage {
  /// The page for notebooks: no scripts, no addresses, colours of the reader's theme.
  public var html: String { "<div>\n" + parts.map(Self.html(of:)).joined(separator: "\n") + "\n</div>" }

  private static func html(of part: Part) -> String {
    switch part {
    case .call(let call): "<pre><b>\(coloured(call))</b></pre>"
    case .code(let code, let title): (title.isEmpty ? "" : "<p>\(title.asHTML):</p>\n") + "<pre>\(coloured(code))</pre>"
    case .fixed(let text): "<pre>\(text.asHTML)</pre>"
    case .words(let words): "<p>\(words.asHTML)</p>"
    case .formula(let formula, let name): "<p>\(name.asHTML): <code>\(formula.asHTML)</code></p>"
    case .facts(let facts):
      "<table>\n" + facts.map { "<tr><th>\($0.name.asHTML)</th><td>\($0.value.asHTML)</td></tr>" }.joined(separator: "\n")
        + "\n</table>"
    case .table(let header, let rows):
      "<table>\n<thead><tr>" + header.map { "<th>\($0.asHTML)</th>" }.joined() + "</tr></thead>\n<tbody>"
        + rows.map { row in "<tr>" + row.map { "<td>\($0.asHTML)</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        + "</tbody>\n</table>"
    // Front ends take an inline picture out of what they show as help, but not an image.
    case .figure(let figure): "<p><img alt=\"\(figure.title.asHTML)\" src=\"\(figure.dataAddress)\"></p>"
    }
  }

  /// A program's text with the colours that the notebook gives its cells.
  private static func coloured(_ code: String) -> String {
    let bytes = Array(code.utf8)
    var html = ""
    var end = 0
    for highlight in Highlight.all(in: code).sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard let color = color(highlight.kind), highlight.range.lowerBound >= end else { continue }
      html += String(decoding: bytes[end..<highlight.range.lowerBound], as: UTF8.self).asHTML
      html += "<span style=\"color:\(color)\">\(String(decoding: bytes[highlight.range], as: UTF8.self).asHTML)</span>"
      end = highlight.range.upperBound
    }
    return html + String(decoding: bytes[end...], as: UTF8.self).asHTML
  }

  /// JupyterLab's own colour; elsewhere one that can be read on white and on black.
  private static func color(_ kind: Highlight.Kind) -> String? {
    switch kind {
    case .keyword: "var(--jp-mirror-editor-keyword-color,seagreen)"
    case .string: "var(--jp-mirror-editor-string-color,indianred)"
    case .number: "var(--jp-mirror-editor-number-color,seagreen)"
    case .comment: "var(--jp-mirror-editor-comment-color,gray)"
    case .name: nil
    }
  }
}

extension Figure {
  /// The picture within a text, as a source of an image.
  var dataAddress: String {
    var text = "data:image/svg+xml,"
    let digits = Array("0123456789ABCDEF")
    for byte in svg().utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "="):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return text
  }
}

extension String {
  fileprivate var asHTML: String { asMarkup(keepsLines: true) }
}
