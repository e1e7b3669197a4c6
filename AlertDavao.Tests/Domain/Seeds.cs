using System.Globalization;
using System.Reflection;
using System.Text.Json;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using NetTopologySuite.Geometries;

namespace AlertDavao.Tests.Domain;

/// <summary>One line of the replayed incidents, with the route that the data itself names.</summary>
internal sealed record Incident(string Id, string Psgc, double Latitude, double Longitude, string RoutedStation, string[] Types);

/// <summary>The city's seed files, read from the product's embedded resources.</summary>
internal static class Seeds
{
    private static readonly Assembly Product = Assembly.Load("AlertDavao.Dashboard");

    public static readonly IReadOnlyList<Barangay> Barangays = ReadBarangays();

    public static readonly IReadOnlyList<string> StationCodes = ReadStationCodes();

    public static readonly BarangayMap Map = new("seed", Barangays);

    public static readonly ReportRouter Router = new(Map);

    public static IEnumerable<Incident> Incidents()
        => from line in Text("incidents.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
           let cells = line.TrimEnd('\r').Split('\t')
           select new Incident(cells[0], cells[4], Number(cells[5]), Number(cells[6]), cells[7],
               JsonSerializer.Deserialize<string[]>(cells[8])!);

    public static JsonDocument Json(string file) => JsonDocument.Parse(Text(file));

    private static Barangay[] ReadBarangays()
    {
        using var json = Json("barangays.geojson");
        return [.. json.RootElement.GetProperty("features").EnumerateArray().Select(Read)];
    }

    private static string[] ReadStationCodes()
    {
        using var json = Json("stations.json");
        return [.. json.RootElement.EnumerateArray().Select(station => station.GetProperty("code").GetString()!)];
    }

    private static Barangay Read(JsonElement feature)
    {
        var facts = feature.GetProperty("properties");
        return new Barangay(
            facts.GetProperty("psgc").GetString()!,
            facts.GetProperty("name").GetString()!,
            facts.GetProperty("station").GetString()!,
            Shape(feature.GetProperty("geometry")))
        {
            Aliases = string.Join('\n', facts.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString())),
        };
    }

    private static Geometry Shape(JsonElement geometry)
    {
        var parts = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() == "Polygon"
            ? OnePolygon(parts)
            : new MultiPolygon([.. parts.EnumerateArray().Select(OnePolygon)]);
    }

    private static Polygon OnePolygon(JsonElement rings)
    {
        LinearRing[] all = [.. rings.EnumerateArray().Select(Ring)];
        return new Polygon(all[0], all[1..]);
    }

    private static LinearRing Ring(JsonElement points)
        => new([.. points.EnumerateArray().Select(point => new Coordinate(point[0].GetDouble(), point[1].GetDouble()))]);

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static string Text(string file)
    {
        var name = Product.GetManifestResourceNames().Single(resource => resource.EndsWith(file, StringComparison.Ordinal));
        using var reader = new StreamReader(Product.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
