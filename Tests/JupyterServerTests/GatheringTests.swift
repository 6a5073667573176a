import Threads
import JupyterWire
import Testing

@testable import JupyterServer

@Suite struct GatheringTests {
  let author = Author(username: "kernel")
  let start = ContinuousClock.now

  var parent: Header { author.write("execute_request", [:], parent: nil).header }

  func status(_ parent: Header) -> Message { author.write("status", [:], parent: parent) }

  @Test func `text is gathered, and waits no longer than it may`() throws {
    var gathering = Gathering(author: author)
    let parent = parent
    for word in ["a", "b", "c"] { gathering.print(word, to: .standard, parent: parent) }
    let due = try #require(gathering.due)
    #expect(due > start)
    #expect(due <= .now + Gathering.pauseOfText)
    #expect(shown(gathering.take()) == ["stdout:abc"])
    #expect(gathering.due == nil)
    #expect(gathering.take().isEmpty)
  }

  @Test func `whatever else happens comes after the text before it, and lets it wait no longer than itself`() throws {
    var gathering = Gathering(author: author)
    let parent = parent
    gathering.print("a", to: .standard, parent: parent)
    gathering.add(status(parent), at: start)
    gathering.print("b", to: .standard, parent: parent)
    #expect(gathering.due == start + Gathering.pause)
    #expect(shown(gathering.take()) == ["stdout:a", "status", "stdout:b"])
  }

  @Test func `text of another stream or of another cell is a message of its own`() throws {
    var gathering = Gathering(author: author)
    let (first, second) = (parent, parent)
    gathering.print("a", to: .standard, parent: first)
    gathering.print("b", to: .error, parent: first)
    gathering.print("c", to: .error, parent: second)
    #expect(shown(gathering.take()) == ["stdout:a", "stderr:b", "stderr:c"])
  }

  @Test func `much text and many messages are enough to leave`() throws {
    var gathering = Gathering(author: author)
    let parent = parent
    #expect(!gathering.isFull)
    gathering.print(String(repeating: "x", count: Gathering.largestText + 1), to: .standard, parent: parent)
    #expect(gathering.isFull)
    #expect(gathering.take().count == 1)
    for _ in 0..<Gathering.mostMessages { gathering.add(status(parent), at: start) }
    #expect(gathering.isFull)
  }
}

@Suite struct PublicationsTests {
  let author = Author(username: "kernel")

  var parent: Header { author.write("execute_request", [:], parent: nil).header }

  func publications() throws -> Publications { try Publications(author: author, codec: Codec(key: [])) }

  @Test func `who prints far ahead of the first subscription waits until something is taken`() throws {
    let publications = try publications()
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
      messages += publications.takeAll().count
    }
    printer.join()
    #expect(messages == count)
  }

  @Test func `before a subscription nothing leaves, and after the end nothing is added`() throws {
    let publications = try publications()
    let parent = parent
    publications.print("a", to: .standard, parent: parent)
    publications.flush()
    publications.close()
    publications.print("b", to: .standard, parent: parent)
    publications.publish("status", [:], parent: parent)
    #expect(shown(publications.takeAll()) == ["stdout:a"])
  }
}

/// Messages as `type` or `stdout:text`.
private func shown(_ messages: [Message]) -> [String] {
  messages.map { message in
    let text = [message.content["name"]?.string, message.content["text"]?.string].compactMap(\.self)
    return text.isEmpty ? message.header.type : text.joined(separator: ":")
  }
}
