import Diagnostics

extension Parser {
  mutating func parseImport() throws(Failure) -> Statement {
    let start = advance()
    var modules: [Statement.ImportedModule] = []
    repeat {
      let (name, place) = try parseDottedName()
      let alias = take(.as) ? try expectName("a name behind as").name : nil
      modules.append(Statement.ImportedModule(name: name, alias: alias, span: span(from: place)))
    } while take(.comma)
    return Statement(.importing(modules), span(from: start))
  }

  mutating func parseImportedNames() throws(Failure) -> Statement {
    let start = advance()
    if at(.dot) || at(.ellipsis) {
      throw fail("modules are named without dots in front", span(token), help: "they are looked for beside the importing file")
    }
    let (module, moduleSpan) = try parseDottedName()
    guard take(.import) else { throw unexpected("expected import") }
    if at(.star) { throw fail("names are imported one by one", span(token), help: "import \(module), and write \(module).name") }
    let isBracketed = take(.parenOpen)
    var names: [Statement.ImportedName] = []
    repeat {
      if isBracketed, at(.parenClose) { break }
      let (name, place) = try expectName("a name to import")
      let alias = take(.as) ? try expectName("a name behind as").name : nil
      names.append(Statement.ImportedName(name: name, alias: alias, span: span(from: place)))
    } while take(.comma)
    if isBracketed { try expect(.parenClose, ")") }
    if names.isEmpty { throw unexpected("expected a name to import") }
    return Statement(.importingNames(module: module, moduleSpan: moduleSpan, names), span(from: start))
  }

  private mutating func parseDottedName() throws(Failure) -> (name: String, span: Span) {
    if at(.dot) || at(.ellipsis) {
      throw fail("modules are named without dots in front", span(token), help: "they are looked for beside the importing file")
    }
    var (name, place) = try expectName("the name of a module")
    while take(.dot) {
      let next = try expectName("a name behind the dot")
      name += "." + next.name
      place = place.joined(to: next.span)
    }
    return (name, place)
  }
}
