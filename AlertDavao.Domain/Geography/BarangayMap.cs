using AlertDavao.Domain.Stations;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace AlertDavao.Domain.Geography;

/// <summary>
/// The barangay boundaries of one version, indexed. Immutable after construction and safe for any number of threads.
/// A border belongs to both neighbours; where several barangays contain a point the lowest PSGC wins.
/// </summary>
public sealed class BarangayMap
{
    private readonly STRtree<Area> _index = new();

    /// <param name="version">Names this set of boundaries; it is stamped on every report they route.</param>
    /// <param name="barangays">Polygons or multipolygons in WGS84, x = longitude, y = latitude.</param>
    public BarangayMap(string version, IEnumerable<Barangay> barangays)
    {
        Version = version;
        foreach (var barangay in barangays)
        {
            var area = new Area(barangay, new IndexedPointInAreaLocator(barangay.Boundary));
            // The locator builds its index at the first question; asking here keeps that off the intake.
            area.Locator.Locate(barangay.Boundary.Coordinate);
            _index.Insert(barangay.Boundary.EnvelopeInternal, area);
            Count++;
        }

        _index.Build();
    }

    public string Version { get; }

    public int Count { get; }

    /// <summary>The barangay that contains the point or has it on its border; null outside all of them.</summary>
    public Barangay? Find(GeoPoint point)
    {
        if (!point.IsOnEarth)
            return null;

        var coordinate = new Coordinate(point.Longitude, point.Latitude);
        Barangay? found = null;
        foreach (var area in _index.Query(new Envelope(coordinate)))
        {
            if (found is not null && string.CompareOrdinal(found.Psgc, area.Barangay.Psgc) <= 0)
                continue;
            if (area.Locator.Locate(coordinate) != Location.Exterior)
                found = area.Barangay;
        }

        return found;
    }

    private sealed record Area(Barangay Barangay, IndexedPointInAreaLocator Locator);
}
