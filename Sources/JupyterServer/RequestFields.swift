import JupyterWire

/// The content of a request, read field by field; `null` counts as missing.
struct RequestFields {
  var type: String
  var content: JSON.Object

  func text(_ name: String, default value: String? = nil) throws(Failure) -> String {
    guard let found = self[name] ?? value.map(JSON.string) else { throw failure(name, "given") }
    guard let text = found.string else { throw failure(name, "a text") }
    return text
  }

  func optionalText(_ name: String) throws(Failure) -> String? {
    self[name] == nil ? nil : try text(name)
  }

  func flag(_ name: String, default value: Bool) throws(Failure) -> Bool {
    guard let flag = (self[name] ?? .bool(value)).bool else { throw failure(name, "true or false") }
    return flag
  }

  func integer(_ name: String, default value: Int) throws(Failure) -> Int {
    try optionalInteger(name) ?? value
  }

  func optionalInteger(_ name: String) throws(Failure) -> Int? {
    guard let found = self[name] else { return nil }
    guard let integer = found.integer else { throw failure(name, "a whole number") }
    return integer
  }

  /// The members of an object whose values are texts.
  func texts(_ name: String) throws(Failure) -> [(name: String, text: String)] {
    guard let object = (self[name] ?? [:]).object else { throw failure(name, "an object") }
    var texts: [(name: String, text: String)] = []
    for member in object.members {
      guard let text = member.value.string else { throw failure("\(name).\(member.name)", "a text") }
      texts.append((member.name, text))
    }
    return texts
  }

  /// The `cursor_pos`, moved into the code if it is outside; the end of the code if there is none.
  func cursor(in code: String) throws(Failure) -> Cursor {
    let end = code.unicodeScalars.count
    return Cursor(min(max(0, try integer("cursor_pos", default: end)), end))
  }

  func failure(_ name: String, _ expectation: String) -> Failure {
    Failure(name: "InvalidRequest", message: "\(type): '\(name)' must be \(expectation)", traceback: [])
  }

  private subscript(name: String) -> JSON? {
    let value = content[name]
    return value == .null ? nil : value
  }
}
