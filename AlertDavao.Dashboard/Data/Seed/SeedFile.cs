namespace AlertDavao.Dashboard.Data.Seed;

/// <summary>The files of <c>Data/Seed/Files</c>, carried inside the program.</summary>
internal static class SeedFile
{
    public const string Stations = "stations.json";
    public const string Barangays = "barangays.geojson";
    public const string Incidents = "incidents.tsv";

    public static Stream Open(string name)
        => typeof(SeedFile).Assembly.GetManifestResourceStream($"AlertDavao.Dashboard.Data.Seed.Files.{name}")
            ?? throw new InvalidOperationException($"The program does not carry the seed file {name}.");
}
