using System.Text.RegularExpressions;

namespace AlertDavao.Tests.Architecture;

/// <summary>The product's own source text, found beside the solution the tests were built from.</summary>
internal static partial class Sources
{
    public static readonly string Root = FindRoot();

    /// <summary>Every file of the dashboard that is written by hand, by its path within it ("Board/RowMarkup.cs").</summary>
    public static readonly IReadOnlyDictionary<string, string> Dashboard = Read("*.cs", "*.razor", "*.js", "*.css", "*.resx");

    public static IEnumerable<KeyValuePair<string, string>> Ending(params string[] endings)
        => Dashboard.Where(file => endings.Any(ending => file.Key.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>The code of a file: neither comments nor what stands between quotes on one line.</summary>
    public static string CodeOf(string text) => Quoted().Replace(Comments().Replace(text, ""), "\"\"");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AlertDavao.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from a folder below the solution.");
    }

    private static SortedDictionary<string, string> Read(params string[] patterns)
    {
        var home = Path.Combine(Root, "AlertDavao.Dashboard");
        var files = patterns
            .SelectMany(pattern => Directory.EnumerateFiles(home, pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(home, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            // Libraries as their makers publish them.
            .Where(path => !path.StartsWith("wwwroot/lib/", StringComparison.Ordinal));
        return new(files.ToDictionary(path => path, path => File.ReadAllText(Path.Combine(home, path))), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"@\*.*?\*@|/\*.*?\*/|(?<!:)//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex("\"[^\"\\n]*\"")]
    private static partial Regex Quoted();
}
