using AlertDavao.Bench.Measure;

namespace AlertDavao.Bench.Commands;

/// <summary>One station: what was to come, what the answers said came, and what its log holds.</summary>
internal sealed record StationCheck(string Station, int Expected, int Accepted, long Grew, long GrewReports, long Last, long Entries, long First)
{
    /// <summary>Accepted with a 201, and not in the log. Negative: something else wrote there as well.</summary>
    public long Lost => Accepted - Grew;

    /// <summary>Numbers 1..last that no entry has.</summary>
    public long Gaps => Entries == 0 ? 0 : Math.Abs(Last - Entries) + Math.Abs(First - 1);

    public bool Ok => Lost == 0 && Gaps == 0 && GrewReports == Accepted && Expected == Accepted;

    public string Verdict => Ok ? "" : GrewReports == Accepted ? "  <-" : "  <- not one report each";

    public static StationCheck[] All(
        IReadOnlyCollection<Posted> posted, Dictionary<string, StationLog> before, Dictionary<string, StationLog> after)
    {
        var expected = posted.CountBy(one => one.Incident.Station).ToDictionary(StringComparer.Ordinal);
        var accepted = posted.Where(one => one.Station is not null).CountBy(one => one.Station!).ToDictionary(StringComparer.Ordinal);
        return All(expected, accepted, before, after);
    }

    public static StationCheck[] All(
        IReadOnlyDictionary<string, int> expected, IReadOnlyDictionary<string, int> accepted,
        Dictionary<string, StationLog> before, Dictionary<string, StationLog> after)
    {
        var stations = expected.Keys.Union(accepted.Keys).Union(after.Keys).Order(StringComparer.Ordinal);
        return
        [
            .. stations.Select(station =>
            {
                var (then, now) = (Log(before, station), Log(after, station));
                return new StationCheck(
                    station, expected.GetValueOrDefault(station), accepted.GetValueOrDefault(station), now.Entries - then.Entries,
                    now.DistinctReports - then.DistinctReports, now.Last, now.Entries, now.First);
            }),
        ];
    }

    /// <summary>A station that has never had a report may have no log yet.</summary>
    private static StationLog Log(Dictionary<string, StationLog> logs, string station) =>
        logs.GetValueOrDefault(station) ?? new(station, 0, 0, 0, 0);
}
