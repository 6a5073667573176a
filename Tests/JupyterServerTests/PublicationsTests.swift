import JupyterWire
import Testing
import Threads

@testable import JupyterServer

@Suite struct PublicationsTests {
  let author = Author(username: "kernel")
  let start = ContinuousClock.now
  /// A time at which all text printed so far is due.
  let later = ContinuousClock.now + .seconds(3600)

  var parent: Header { author.write("execute_request", [:], parent: nil).header }

  /// What is taken, as `type` or `stdout:text`.
  func taken(_ publications: Publications, at time: ContinuousClock.Instant) -> [String] {
    guard case .messages(let messages) = publications.take(at: time) else { return [] }
    return messages.map { message in
      let text = [message.content["name"]?.string, message.content["text"]?.string].compactMap(\.self)
      return text.isEmpty ? message.header.type : text.joined(separator: ":")
    }
  }

  @Test func `text is gathered for a while`() throws {
    let publications = try Publications(author: author)
    let parent = parent
    for word in ["a", "b", "", "c"] { publications.print(word, to: .standard, parent: parent) }
    guard case .nothing(let due) = publications.take(at: start) else {
      Issue.record("something was due")
      return
    }
    #expect(due > 0)
    #expect(taken(publications, at: later) == ["stdout:abc"])
    guard case .nothing(due: -1) = publications.take(at: later) else {
      Issue.record("something is left")
      return
    }
  }

  @Test func `whatever else happens comes after the text before it`() throws {
    let publications = try Publications(author: author)
    let parent = parent
    publications.print("a", to: .standard, parent: parent)
    publications.publish("status", [:], parent: parent)
    publications.print("b", to: .standard, parent: parent)
    #expect(taken(publications, at: start) == ["stdout:a", "status"])
    #expect(taken(publications, at: later) == ["stdout:b"])
  }

  @Test func `text of another stream or of another cell is a message of its own`() throws {
    let publications = try Publications(author: author)
    let (first, second) = (parent, parent)
    publications.print("a", to: .standard, parent: first)
    publications.print("b", to: .error, parent: first)
    publications.print("c", to: .error, parent: second)
    #expect(taken(publications, at: later) == ["stdout:a", "stderr:b", "stderr:c"])
  }

  @Test func `a long text does not wait`() throws {
    let publications = try Publications(author: author)
    publications.print(String(repeating: "x", count: Publications.largestText + 1), to: .standard, parent: parent)
    #expect(taken(publications, at: start).count == 1)
  }

  @Test func `text can be made due`() throws {
    let publications = try Publications(author: author)
    publications.print("a", to: .standard, parent: parent)
    publications.flush()
    #expect(taken(publications, at: start) == ["stdout:a"])
  }

  @Test func `who prints far ahead waits until something is taken`() throws {
    let publications = try Publications(author: author)
    let parent = parent
    let isDone = Monitor(false)
    let piece = String(repeating: "x", count: 1 << 20)
    let count = Publications.mostText / piece.utf8.count + 5
    let printer = try Thread("printer") {
      for _ in 0..<count { publications.print(piece, to: .standard, parent: parent) }
      isDone.withLock { $0 = true }
    }
    var messages = 0
    while messages < count {
      #expect(messages > 0 || !isDone.withLock { $0 })
      messages += taken(publications, at: later).count
    }
    printer.join()
    #expect(messages == count)
  }

  @Test func `after the end nothing is added, and the rest can be taken`() throws {
    let publications = try Publications(author: author)
    let parent = parent
    publications.print("a", to: .standard, parent: parent)
    publications.close()
    publications.print("b", to: .standard, parent: parent)
    publications.publish("status", [:], parent: parent)
    #expect(taken(publications, at: start) == ["stdout:a"])
    guard case .closed = publications.take(at: start) else {
      Issue.record("not closed")
      return
    }
  }
}
