using System.Globalization;
using System.Text.Json;
using AlertDavao.Dashboard.Data.Seed;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Demo;

/// <summary>One incident of the public crime tables, as the citizens' app would send it.</summary>
internal sealed record Incident(
    string Id, DateTimeOffset OccurredAt, string Offence, string Barangay, double Latitude, double Longitude, string Station,
    IReadOnlyList<string> CrimeTypes)
{
    public string Title => $"{Offence}, {Barangay}";

    public string Description => $"Replayed incident no. {Id} of the public crime tables of 2020 to 2023.";

    /// <summary>All of them in time order.</summary>
    public static IReadOnlyList<Incident> All()
    {
        using var reader = new StreamReader(SeedFile.Open(SeedFile.Incidents));
        reader.ReadLine();
        var incidents = new List<Incident>();
        while (reader.ReadLine() is { } line)
            incidents.Add(Of(line.Split('\t')));
        return incidents;
    }

    /// <summary>
    /// The order of the replay: stations in turn, each its own incidents in time order; the Cybercrime Division, which has
    /// most of them, at most one in eight.
    /// </summary>
    public static IEnumerable<Incident> InTurn(IReadOnlyList<Incident> incidents)
    {
        var cyber = new Queue<Incident>(incidents.Where(incident => incident.Station == LogCode.Cyber));
        var stations = incidents.Where(incident => incident.Station != LogCode.Cyber)
            .GroupBy(incident => incident.Station)
            .OrderBy(station => station.Key, LogCode.Order)
            .Select(station => new Queue<Incident>(station))
            .ToList();
        var sinceCyber = 0;
        while (stations.Exists(station => station.Count > 0))
        {
            foreach (var station in stations.Where(station => station.Count > 0))
            {
                yield return station.Dequeue();
                if (++sinceCyber == 7 && cyber.TryDequeue(out var next))
                    yield return next;
                sinceCyber %= 7;
            }
        }
    }

    private static Incident Of(string[] columns) => new(
        columns[0],
        DateTimeOffset.Parse(columns[1], CultureInfo.InvariantCulture),
        columns[2],
        columns[3],
        double.Parse(columns[5], CultureInfo.InvariantCulture),
        double.Parse(columns[6], CultureInfo.InvariantCulture),
        columns[7],
        JsonSerializer.Deserialize<List<string>>(columns[8])!);
}
