using NetTopologySuite.Geometries;

namespace AlertDavao.Domain.Stations;

/// <summary>One of the city's 182 barangays; each belongs to one station.</summary>
public sealed class Barangay
{
    private Barangay() { }

    public Barangay(string psgc, string name, string stationCode, Geometry boundary)
    {
        Psgc = psgc;
        Name = name;
        StationCode = stationCode;
        Boundary = boundary;
    }

    /// <summary>Ten-digit Philippine Standard Geographic Code.</summary>
    public string Psgc { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string StationCode { get; private set; } = "";

    public string? District { get; init; }

    /// <summary>Other spellings, separated by a line feed. They are compared with a reporter's hint and never route.</summary>
    public string? Aliases { get; init; }

    public int? Population { get; init; }

    /// <summary>Polygon or multipolygon, WGS84, x = longitude.</summary>
    public Geometry Boundary { get; private set; } = Polygon.Empty;

    /// <summary>The same as that station's.</summary>
    public Barangay Of(string stationCode) => Copy(stationCode, Boundary);

    /// <summary>The same with another boundary.</summary>
    public Barangay Within(Geometry boundary) => Copy(StationCode, boundary);

    /// <summary>Whether a reporter's words may mean this barangay.</summary>
    public bool IsCalled(string words)
    {
        var wanted = words.Trim();
        return string.Equals(Name, wanted, StringComparison.OrdinalIgnoreCase)
            || (Aliases?.Split('\n').Contains(wanted, StringComparer.OrdinalIgnoreCase) ?? false);
    }

    private Barangay Copy(string stationCode, Geometry boundary)
        => new(Psgc, Name, stationCode, boundary) { District = District, Aliases = Aliases, Population = Population };
}
