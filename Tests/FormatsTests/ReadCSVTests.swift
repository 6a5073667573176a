import Formats
import Testing

@Suite struct ReadCSVTests {
  @Test(arguments: [
    ("/nowhere/at/all.csv", "there is no file /nowhere/at/all.csv"),
    ("/", "/ is a folder, not a file"),
    ("/dev/null", "/dev/null is not a regular file"),
    ("/etc/passwd\0.csv", "a path cannot hold the character \\0"),
  ])
  func `what is no readable file is named`(path: String, message: String) {
    #expect { try readCSV(path) } throws: { ($0 as? ReadError)?.message == message }
  }
}
