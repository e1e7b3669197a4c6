using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Linemerge;

namespace AlertDavao.Dashboard.Map;

/// <summary>The borders of a coverage, each drawn once: two neighbours would draw theirs over one another.</summary>
internal static class CityLines
{
    /// <param name="areas">Each with the station it belongs to; neighbours share their border point by point.</param>
    public static IEnumerable<(string Id, Geometry Shape)> Of(IEnumerable<(string Station, Geometry Area)> areas)
    {
        var owners = new Dictionary<LineSegment, List<string>>();
        foreach (var (station, area) in areas)
        {
            foreach (var segment in SegmentsOf(area))
            {
                if (!owners.TryGetValue(segment, out var stations))
                    owners[segment] = stations = [];
                stations.Add(station);
            }
        }

        return owners.GroupBy(owner => Kind(owner.Value), owner => owner.Key).OrderByDescending(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => (kind.Key, Merged(kind)));
    }

    private static string Kind(List<string> stations)
        => stations.Count == 1 ? "coast" : stations.TrueForAll(station => station == stations[0]) ? "inner" : "borders";

    private static IEnumerable<LineSegment> SegmentsOf(Geometry area)
    {
        foreach (var ring in NetTopologySuite.Geometries.Utilities.LinearComponentExtracter.GetLines(area).Cast<LineString>())
        {
            for (var at = 1; at < ring.NumPoints; at++)
            {
                var segment = new LineSegment(ring.GetCoordinateN(at - 1), ring.GetCoordinateN(at));
                segment.Normalize();
                yield return segment;
            }
        }
    }

    private static Geometry Merged(IEnumerable<LineSegment> segments)
    {
        var merger = new LineMerger();
        foreach (var segment in segments)
            merger.Add(segment.ToGeometry(GeometryFactory.Default));
        return GeometryFactory.Default.BuildGeometry(merger.GetMergedLineStrings());
    }
}
