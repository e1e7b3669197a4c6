namespace AlertDavao.Tests;

/// <summary>The store that a first start leaves behind, made once by the product itself; every test gets a copy.</summary>
internal static class StoreTemplate
{
    private static readonly Lazy<(string Name, byte[] Bytes)[]> Files = new(Make);

    public static void CopyTo(string folder)
    {
        foreach (var (name, bytes) in Files.Value)
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    private static (string Name, byte[] Bytes)[] Make()
    {
        var folder = TestApp.MakeStore();
        // A test that starts a program in this moment may have the lock's handle for an instant, between its fork and its exec.
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "running.lock")
            .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllBytes(file)))
            .ToArray();
        Directory.Delete(folder, recursive: true);
        return files;
    }
}
