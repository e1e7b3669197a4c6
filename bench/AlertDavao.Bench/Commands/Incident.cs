using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertDavao.Bench.Commands;

/// <summary>One line of incidents.tsv, as the mobile app would send it, with the station it belongs to.</summary>
internal sealed record Incident(string Id, string Station, byte[] Body)
{
    /// <summary>Reports of no station stand in the city desk's log.</summary>
    public const string CityDesk = "CITY";

    private static readonly string[] Columns =
        ["id", "occurredAt", "offence", "barangay", "lat", "lon", "routedStation", "intakeTypes"];

    public static async Task<Incident[]> ReadAsync(string file, int take, CancellationToken stop)
    {
        if (!File.Exists(file)) throw new UsageException($"--file '{file}' is not there.");

        var lines = await File.ReadAllLinesAsync(file, stop);
        var head = lines.Length == 0 ? [] : lines[0].Split('\t');
        var at = Array.ConvertAll(Columns, column => Array.IndexOf(head, column));
        if (at.Contains(-1)) throw new UsageException($"--file '{file}' needs the columns {string.Join(", ", Columns)}.");

        return [.. lines.Skip(1).Where(line => line.Length > 0).Take(take).Select(line => Parse(line.Split('\t'), at))];
    }

    /// <summary>What the body says, for a report that is not posted.</summary>
    public (string Title, string[] Types, string Description, double Latitude, double Longitude) Read()
    {
        var body = JsonNode.Parse(Body)!;
        return (
            (string)body["title"]!, [.. body["crime_types"]!.AsArray().Select(type => (string)type!)], (string)body["description"]!,
            (double)body["latitude"]!, (double)body["longitude"]!);
    }

    private static Incident Parse(string[] cells, int[] at)
    {
        string Cell(int column) => cells[at[column]];

        var body = new JsonObject
        {
            ["title"] = $"{Cell(2)}, {Cell(3)}",
            ["crime_types"] = JsonNode.Parse(Cell(7)),
            ["description"] = $"{Cell(2)} reported in {Cell(3)} (load test, incident {Cell(0)}).",
            ["incident_date"] = Cell(1),
            ["latitude"] = double.Parse(Cell(4), CultureInfo.InvariantCulture),
            ["longitude"] = double.Parse(Cell(5), CultureInfo.InvariantCulture),
            ["barangay"] = Cell(3),
        };
        return new(Cell(0), Cell(6) is { Length: > 0 } station ? station : CityDesk, JsonSerializer.SerializeToUtf8Bytes(body));
    }
}
