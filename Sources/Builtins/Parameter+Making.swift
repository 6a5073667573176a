import Checking

// How the table writes the parameters of a builtin.
extension Parameter {
  /// One that must be given, by position or by name.
  static func required(_ name: String, _ wants: Wanted = .anything) -> Parameter { Parameter(name, wants: wants) }

  /// One with a default, by position or by name.
  static func optional(_ name: String, _ text: String, _ wants: Wanted = .anything) -> Parameter {
    Parameter(name, defaultText: text, wants: wants)
  }

  /// One with a default, by name only.
  static func named(_ name: String, _ text: String, _ wants: Wanted = .anything) -> Parameter {
    Parameter(name, .keywordOnly, defaultText: text, wants: wants)
  }

  /// `*name`; each of its arguments is what is wanted.
  static func rest(_ name: String, _ wants: Wanted = .anything) -> Parameter { Parameter(name, .rest, wants: wants) }

  /// `**name`.
  static func keywords(_ name: String) -> Parameter { Parameter(name, .keywords) }
}
