namespace AlertDavao.Bench.Processes;

/// <summary>Where things lie in the tree that this program was built in.</summary>
internal static class Tree
{
    private const string Mark = "AlertDavao.sln";

    public static string Product => Path.Combine(Root(), "AlertDavao.Dashboard", "bin", "Release", "net10.0");

    public static string Peer => Path.Combine(Root(), "bench", "peer-node");

    public static string Incidents => Path.Combine(Root(), "AlertDavao.Dashboard", "Data", "Seed", "Files", "incidents.tsv");

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, Mark))) return folder;
        }

        throw new UsageException($"{Mark} is in no folder above this program: give --server and --file.");
    }
}
