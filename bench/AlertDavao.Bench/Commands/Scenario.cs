using System.Globalization;
using AlertDavao.Bench.Processes;
using AlertDavao.Bench.Site;

namespace AlertDavao.Bench.Commands;

/// <summary>How many circuits are put on a fresh server: officers of every station, each with many screens.</summary>
internal static class Scenario
{
    /// <summary>Rows of every board when it opens: 40 of the demo's history and ten that nobody has acknowledged.</summary>
    public const int Rows = 50;

    private const int PerAccount = 25;

    public static IReadOnlyDictionary<string, string> Settings(int count) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Demo__OfficersPerStation"] = OfficerAccounts.PerStation((count + (2 * CircuitRun.First) + PerAccount) / PerAccount + OfficerAccounts.Stations)
            .ToString(CultureInfo.InvariantCulture),
        ["Limits__CircuitsPerUser"] = (PerAccount * 2).ToString(CultureInfo.InvariantCulture),
        ["Limits__CircuitsPerNode"] = (count + 1000).ToString(CultureInfo.InvariantCulture),
    };

    public static CircuitRun Circuits(ProductServer server, int count, Incident[] incidents)
    {
        var poster = new IntakePoster(server.Site, server.Key, Guid.NewGuid().ToString("N")[..12]);
        return new CircuitRun(server.Site, new CircuitPlan(count, Rows, PerAccount, 8), new ReportStream(poster, incidents));
    }
}
