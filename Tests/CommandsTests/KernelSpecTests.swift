import FoundationEssentials
import Testing

@testable import Commands

@Suite struct KernelSpecTests {
  private var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  @Test(arguments: ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"])
  func `the logos inside are those of the folder`(name: String) throws {
    let inside = try #require(KernelSpec(program: "bpsh").files.first { $0.name == name })
    let file = try Data(contentsOf: root.appending(path: "kernelspec/\(name)"))
    #expect(inside.content == file)
  }

  @Test func `the manifest names the program, however odd its path`() throws {
    let manifest = try #require(KernelSpec(program: "/a \"b\"\\c/bpsh").files.first { $0.name == "kernel.json" })
    struct Manifest: Decodable {
      var argv: [String]
      var language: String
      var interrupt_mode: String
    }
    let read = try JSONDecoder().decode(Manifest.self, from: manifest.content)
    #expect(read.argv == ["/a \"b\"\\c/bpsh", "kernel", "--connection-file", "{connection_file}"])
    #expect(read.language == "bp")
    #expect(read.interrupt_mode == "message")
  }

  @Test func `installing writes the folder, and again over an older one`() throws {
    let share = FileManager.default.temporaryDirectory.appending(path: "bp-\(UInt64.random(in: 0...UInt64.max))").path
    defer { try? FileManager.default.removeItem(atPath: share) }
    for (program, before) in [("/old/bpsh", nil), ("/new/b psh", "/old/bpsh")] {
      let (folder, older) = try KernelSpec(program: program).install(in: share)
      #expect(folder == share + "/kernels/bp")
      #expect(older == before)
      let manifest = try String(contentsOfFile: folder + "/kernel.json", encoding: .utf8)
      #expect(manifest.contains(program))
    }
  }

  @Test func `removing takes the folder away, but not what others have put there`() throws {
    let share = FileManager.default.temporaryDirectory.appending(path: "bp-\(UInt64.random(in: 0...UInt64.max))").path
    defer { try? FileManager.default.removeItem(atPath: share) }
    let spec = KernelSpec(program: "/bpsh")
    let folder = try spec.install(in: share).folder
    #expect(try spec.remove(from: share) == folder)
    #expect(!FileManager.default.fileExists(atPath: folder))
    let error = #expect(throws: InstallError.self) { try spec.remove(from: share) }
    #expect(error?.message == "cannot remove the kernelspec \(folder): No such file or directory")
    _ = try spec.install(in: share)
    try Data().write(to: URL(filePath: folder + "/kernel.js"))
    _ = try spec.remove(from: share)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["kernel.js"])
  }

  @Test func `a place that cannot be written to is named, with the reason`() throws {
    let error = #expect(throws: InstallError.self) { try KernelSpec(program: "bpsh").install(in: "/dev/null/jupyter") }
    #expect(error?.message == "cannot write the kernelspec to /dev/null/jupyter/kernels/bp: Not a directory")
  }
}
