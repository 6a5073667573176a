import Diagnostics

extension Parser {
  /// A value with its calls, items and attributes.
  mutating func parsePostfix() throws(Failure) -> Expression {
    var value = try parseAtom()
    var count = 0
    while true {
      switch token.kind {
      case .symbol(.dot):
        advance()
        let (name, nameSpan) = try expectName("a name behind the dot")
        value = Expression(.attribute(value, name: name, nameSpan: nameSpan), value.span.joined(to: nameSpan))
      case .symbol(.parenOpen):
        let arguments = try parseArguments()
        value = Expression(.call(value, arguments), span(from: value.span))
      case .symbol(.bracketOpen):
        advance()
        let key = try parseKey()
        try expect(.bracketClose, "]")
        value = Expression(.item(value, key), span(from: value.span))
      default: return value
      }
      count += 1
      try checkChain(count)
    }
  }

  // MARK: Items

  private mutating func parseKey() throws(Failure) -> Expression {
    let start = token
    if at(.bracketClose) {
      throw fail("an index is missing between the brackets", span(start), help: "x[0] is the first item, x[-1] the last")
    }
    let first = try parseKeyPart()
    guard at(.comma) else { return first }
    var parts = [first]
    while take(.comma), !at(.bracketClose) { parts.append(try parseKeyPart()) }
    return Expression(.tuple(parts), span(from: start))
  }

  private mutating func parseKeyPart() throws(Failure) -> Expression {
    let start = token
    if at(.star) { throw fail("* does not stand in an index", span(token), help: "write the places one by one: x[i, j]") }
    let first: Expression? = at(.colon) ? nil : try parseExpression()
    guard take(.colon) else { return first ?? Expression(.none, span(start)) }
    let stop: Expression? = endsSlicePart ? nil : try parseExpression()
    var step: Expression?
    if take(.colon), !endsSlicePart { step = try parseExpression() }
    return Expression(.slice(start: first, stop: stop, step: step), span(from: start))
  }

  private var endsSlicePart: Bool { at(.colon) || at(.comma) || at(.bracketClose) }

  // MARK: Calls

  private mutating func parseArguments() throws(Failure) -> [Argument] {
    let open = advance()
    var arguments: [Argument] = []
    var names: Set<String> = []
    while !at(.parenClose) {
      let start = token
      if at(.star), arguments.contains(where: { $0.kind == .keywordSpread }) {
        throw fail("* stands before ** among the arguments", span(start), help: "exchange the two")
      }
      if take(.star) {
        arguments.append(Argument(kind: .spread, value: try parseExpression(), span: span(from: start)))
      } else if take(.doubleStar) {
        arguments.append(Argument(kind: .keywordSpread, value: try parseExpression(), span: span(from: start)))
      } else if case .name(let name) = token.kind, peek().kind == .symbol(.assign) {
        advance()
        advance()
        arguments.append(Argument(kind: .keyword(name), value: try parseExpression(), span: span(from: start)))
        if !names.insert(name).inserted {
          report("the argument \(name) is given twice", span(start), help: "take one of the two out")
        }
      } else {
        arguments.append(try parsePositional(start, arguments, open))
      }
      guard take(.comma) else { break }
    }
    guard take(.parenClose) else { throw missingComma(")") }
    return arguments
  }

  private mutating func parsePositional(_ start: Token, _ before: [Argument], _ open: Token) throws(Failure) -> Argument {
    let value = try parseExpression()
    if at(.for) || at(.async) {
      let comprehension = try parseComprehension()
      if !before.isEmpty || !at(.parenClose) {
        throw fail("the values of a loop stand in brackets here", span(from: start), help: "write [ ... for ... in ... ]")
      }
      let place = span(from: start)
      return Argument(
        kind: .positional, value: Expression(.listComprehension(element: value, comprehension), place), span: place)
    }
    if at(.assign) {
      throw fail("the name of an argument is a plain name", value.span, help: "write == to compare")
    }
    if before.contains(where: { if case .keyword = $0.kind { true } else { $0.kind == .keywordSpread } }) {
      report("an argument without a name stands behind one with a name", value.span, help: "give it its name, or put it first")
    }
    return Argument(kind: .positional, value: value, span: value.span)
  }

  private mutating func missingComma(_ closing: String) -> Failure {
    switch token.kind {
    case .name, .int, .float, .string, .formatted, .keyword(.none), .keyword(.true), .keyword(.false), .keyword(.lambda):
      return fail("a comma is missing before this", span(token), help: "write , between the two")
    default: return unexpected("expected , or \(closing)")
    }
  }

  // MARK: Atoms

  private mutating func parseAtom() throws(Failure) -> Expression {
    let start = token
    switch token.kind {
    case .name(let name):
      advance()
      return Expression(.name(name), span(start))
    case .int(let value):
      advance()
      return Expression(.int(value), span(start))
    case .float(let value):
      advance()
      return Expression(.float(value), span(start))
    case .string, .formatted: return try parseStrings()
    case .keyword(.none), .keyword(.true), .keyword(.false):
      advance()
      let kind: Expression.Kind = start.kind == .keyword(.none) ? .none : .bool(start.kind == .keyword(.true))
      return Expression(kind, span(start))
    case .keyword(.lambda):
      throw fail("a lambda stands in brackets here", span(start), help: "(lambda x: x + 1)")
    case .keyword(.not): throw fail("not stands in brackets here", span(start), help: "(not x)")
    case .symbol(.ellipsis):
      advance()
      return Expression(.ellipsis, span(start))
    case .symbol(.parenOpen): return try parseParenthesised()
    case .symbol(.bracketOpen): return try parseList()
    case .symbol(.braceOpen): return try parseDict()
    default: throw unexpected("expected a value")
    }
  }

  private mutating func parseParenthesised() throws(Failure) -> Expression {
    let start = advance()
    if take(.parenClose) { return Expression(.tuple([]), span(from: start)) }
    var elements: [Expression] = []
    var isTuple = false
    repeat {
      if at(.parenClose) { break }
      elements.append(try at(.star) ? parseStarred() : parseExpression())
      if at(.for) || at(.async) {
        throw fail("there are no generators", span(token), help: "write [ ... for ... in ... ]")
      }
      isTuple = isTuple || at(.comma)
    } while take(.comma)
    guard take(.parenClose) else { throw missingComma(")") }
    if !isTuple {
      if case .starred = elements[0].kind { throw strayStar(elements[0]) }
      return Expression(elements[0].kind, span(from: start))
    }
    return Expression(.tuple(elements), span(from: start))
  }

  private mutating func parseList() throws(Failure) -> Expression {
    let start = advance()
    var elements: [Expression] = []
    while !at(.bracketClose) {
      elements.append(try at(.star) ? parseStarred() : parseExpression())
      if at(.for) || at(.async), elements.count == 1 {
        if case .starred = elements[0].kind {
          throw fail("* does not stand before a loop", elements[0].span, help: "write [y for x in values for y in x]")
        }
        let comprehension = try parseComprehension()
        try expect(.bracketClose, "] behind the comprehension")
        return Expression(.listComprehension(element: elements[0], comprehension), span(from: start))
      }
      guard take(.comma) else { break }
    }
    guard take(.bracketClose) else { throw missingComma("]") }
    return Expression(.list(elements), span(from: start))
  }

  private mutating func parseDict() throws(Failure) -> Expression {
    let start = advance()
    var entries: [Expression.DictEntry] = []
    while !at(.braceClose) {
      if take(.doubleStar) {
        entries.append(.spread(try parseBinary(0)))
      } else {
        let key = try parseExpression()
        guard take(.colon) else {
          if at(.comma) || at(.braceClose) || at(.for) {
            throw fail(
              "there are no sets", span(from: start),
              help: "unique(x) gives the values of a tensor once; a dictionary's keys are each once too")
          }
          throw unexpected("expected : between key and value")
        }
        let value = try parseExpression()
        if at(.for) || at(.async), entries.isEmpty {
          let comprehension = try parseComprehension()
          try expect(.braceClose, "} behind the comprehension")
          return Expression(.dictComprehension(key: key, value: value, comprehension), span(from: start))
        }
        entries.append(.pair(key: key, value: value))
      }
      guard take(.comma) else { break }
    }
    guard take(.braceClose) else { throw missingComma("}") }
    return Expression(.dict(entries), span(from: start))
  }

  private mutating func parseComprehension() throws(Failure) -> Comprehension {
    comprehensionCount += 1
    let id = comprehensionCount
    var clauses: [Comprehension.Clause] = []
    while at(.for) || at(.async) {
      if at(.async) { throw fail("there is no async", span(token), help: "write for alone") }
      advance()
      let target = try parseTargetList()
      guard take(.in) else { throw unexpected("expected in behind the loop's name") }
      let iterable = try parseConditionOperand()
      var conditions: [Expression] = []
      while take(.if) {
        conditions.append(try parseConditionOperand())
        try checkChain(conditions.count)
      }
      clauses.append(Comprehension.Clause(target: target, iterable: iterable, conditions: conditions))
      try checkChain(clauses.count)
    }
    return Comprehension(id: id, clauses: clauses)
  }

  // MARK: Strings

  /// One string, or several that stand side by side and are one.
  private mutating func parseStrings() throws(Failure) -> Expression {
    let start = token
    var parts: [Expression.FormattedPart] = []
    var isFormatted = false
    while true {
      switch token.kind {
      case .string(let text): append(.text(text), to: &parts)
      case .formatted(let pieces):
        isFormatted = true
        for piece in pieces { append(try read(piece), to: &parts) }
      default:
        let place = span(from: start)
        if isFormatted { return Expression(.formatted(parts), place) }
        if case .text(let text)? = parts.first { return Expression(.string(text), place) }
        return Expression(.string(""), place)
      }
      advance()
    }
  }

  private func append(_ part: Expression.FormattedPart, to parts: inout [Expression.FormattedPart]) {
    if case .text(let text) = part, case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(part)
    }
  }

  /// Reads the expression between two braces of an f-string with a parser of its own.
  private mutating func read(_ piece: FormattedPiece) throws(Failure) -> Expression.FormattedPart {
    switch piece {
    case .text(let text): return .text(text)
    case .value(let range, let conversion, let pieces):
      var lexer = Lexer(source, range: range)
      lexer.readInline()
      var inner = Parser(source, lexer.tokens)
      inner.diagnostics = lexer.diagnostics
      inner.functionCount = functionCount
      inner.comprehensionCount = comprehensionCount
      inner.depth = depth + 1
      var value = Expression(.broken, Span(source, range))
      if depth >= Self.deepest {
        report("this is nested deeper than \(Self.deepest)", value.span, help: "give the inner part a name of its own")
      } else if inner.token.kind != .end {
        do throws(Failure) {
          value = try inner.parseExpressionList()
          if inner.token.kind != .end { throw inner.unexpected("expected the end of the braces") }
        } catch {}
      }
      diagnostics += inner.diagnostics
      functionCount = inner.functionCount
      comprehensionCount = inner.comprehensionCount
      var spec: [Expression.FormattedPart] = []
      for piece in pieces { append(try read(piece), to: &spec) }
      return .value(value, conversion: conversion, spec: spec)
    }
  }
}
