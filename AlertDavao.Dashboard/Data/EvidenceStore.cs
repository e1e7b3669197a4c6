using System.Globalization;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// Where files of reports lie: below <c>Storage:Path</c>, outside of everything that is served as a static file, under names
/// of our own. A file is written to <see cref="Incoming"/> and moved when it is whole; its row is written after that, so that
/// a row always has its file, and a file without a row is an orphan that the sweep removes.
/// </summary>
internal sealed class EvidenceStore(StorageOptions storage)
{
    /// <summary>Its name below <c>Storage:Path</c>.</summary>
    public const string FolderName = "evidence";

    /// <summary>Files that are still being written; everything older than a request is an orphan.</summary>
    public string Incoming { get; } = Directory.CreateDirectory(Path.Combine(storage.Path, FolderName, "incoming")).FullName;

    private string Root { get; } = Path.Combine(storage.Path, FolderName);

    /// <summary>The sealed original.</summary>
    public string Original(Guid id) => Path.Combine(Folder(id), Name(id));

    /// <summary>Every file that has its place, originals and copies.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateDirectories(Root, "??").SelectMany(Directory.EnumerateFiles);

    /// <summary>What an officer looks at: the viewing copy of an image, a video itself; null when it is not there.</summary>
    public string? ToLookAt(Evidence file)
    {
        var path = file.IsVideo ? Original(file.Id) : View(file.Id);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The viewing copy of an image: a JPEG without metadata.</summary>
    public string View(Guid id) => Path.Combine(Folder(id), Name(id) + ".view");

    /// <summary>A file's path below <c>Storage:Path</c>, with slashes: what a backup calls it.</summary>
    public string Within(string path) => Path.GetRelativePath(storage.Path, path).Replace(Path.DirectorySeparatorChar, '/');

    // 256 folders keep each of them short.
    private string Folder(Guid id) => Path.Combine(Root, Name(id)[..2]);

    private static string Name(Guid id) => id.ToString("N", CultureInfo.InvariantCulture);
}
