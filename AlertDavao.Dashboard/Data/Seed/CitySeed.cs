using System.Text.Json;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace AlertDavao.Dashboard.Data.Seed;

/// <summary>The city as the police office lists it: stations, barangays with boundaries, one log each and the city desk's.</summary>
internal static class CitySeed
{
    private const string BoundaryVersion = "2023-12-31/1";

    private static readonly GeometryFactory Wgs84 = NtsGeometryServices.Instance.CreateGeometryFactory(4326);

    /// <summary>Fills an empty database; does nothing to one that has stations.</summary>
    public static void Fill(AlertDavaoDb db)
    {
        if (db.Stations.Any())
            return;

        using var transaction = db.Database.BeginTransaction();
        var stations = Stations().ToList();
        db.Stations.AddRange(stations);
        db.Barangays.AddRange(Barangays());
        db.StationLogs.AddRange(stations.Select(station => new StationLog { Code = station.Code }));
        db.StationLogs.Add(new StationLog { Code = LogCode.City });
        db.Marks.Add(new DatabaseMark { Epoch = DatabaseMark.NewEpoch(), BoundaryVersion = BoundaryVersion });
        db.SaveChanges();
        transaction.Commit();
    }

    public static IEnumerable<Station> Stations()
    {
        using var file = SeedFile.Open(SeedFile.Stations);
        using var json = JsonDocument.Parse(file);
        foreach (var station in json.RootElement.EnumerateArray())
        {
            yield return new Station(Text(station, "code")!, Text(station, "name")!, Text(station, "shortName")!)
            {
                Address = Text(station, "address"),
                Latitude = Number(station, "lat"),
                Longitude = Number(station, "lon"),
                ContactNumbers = station.TryGetProperty("contactNumbers", out var numbers)
                    ? string.Join(", ", numbers.EnumerateArray().Select(number => number.GetString()))
                    : null,
            };
        }
    }

    public static IEnumerable<Barangay> Barangays()
    {
        using var file = SeedFile.Open(SeedFile.Barangays);
        using var json = JsonDocument.Parse(file);
        foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
        {
            var about = feature.GetProperty("properties");
            yield return new Barangay(
                Text(about, "psgc")!, Text(about, "name")!, Text(about, "station")!, Boundary(feature.GetProperty("geometry")))
            {
                District = Text(about, "district"),
                Aliases = about.TryGetProperty("aliases", out var aliases)
                    ? string.Join('\n', aliases.EnumerateArray().Select(alias => alias.GetString()))
                    : null,
                Population = Number(about, "population") is { } people ? (int)people : null,
            };
        }
    }

    private static Geometry Boundary(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        return Text(geometry, "type") == "MultiPolygon"
            ? Wgs84.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(Area)])
            : Area(coordinates);
    }

    // GeoJSON: the first ring is the outside, the others are holes; longitude before latitude.
    private static Polygon Area(JsonElement rings)
    {
        var all = rings.EnumerateArray()
            .Select(ring => Wgs84.CreateLinearRing([.. ring.EnumerateArray().Select(at => new Coordinate(at[0].GetDouble(), at[1].GetDouble()))]))
            .ToArray();
        return Wgs84.CreatePolygon(all[0], all[1..]);
    }

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
