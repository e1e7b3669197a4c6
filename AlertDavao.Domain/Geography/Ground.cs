using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;

namespace AlertDavao.Domain.Geography;

/// <summary>
/// Pieces of ground that change hands. All is worked out at once and on one grid of about a centimetre, so that neighbours keep the line they
/// share point by point: no gap opens between them, and nothing belongs to both but the line.
/// </summary>
public static class Ground
{
    /// <summary>Corners of a piece that is drawn by hand.</summary>
    public const int MinCorners = 3;

    /// <summary>Corners of a piece that is drawn by hand.</summary>
    public const int MaxCorners = 500;

    /// <summary>Steps of the grid in a degree.</summary>
    private const double Steps = 10_000_000;

    private static readonly PrecisionModel Grid = new(Steps);
    private static readonly GeometryFactory Wgs84 = new(Grid, 4326);

    /// <summary>The piece inside these corners, in their order; the last one is joined to the first.</summary>
    /// <returns>Null when they are no piece: too few or too many, off the earth, in one line, or a line that crosses itself.</returns>
    public static Polygon? Inside(IReadOnlyList<GeoPoint> corners)
    {
        if (corners.Count is < MinCorners or > MaxCorners || corners.Any(corner => !corner.IsOnEarth))
            return null;
        var ring = corners.Select(corner => new Coordinate(Grid.MakePrecise(corner.Longitude), Grid.MakePrecise(corner.Latitude))).ToList();
        if (!ring[0].Equals2D(ring[^1]))
            ring.Add(ring[0].Copy());
        if (ring.Count <= MinCorners)
            return null;
        var piece = Wgs84.CreatePolygon([.. ring]);
        return piece.IsValid && piece.Area > 0 ? piece : null;
    }

    /// <summary>
    /// Gives the piece to one of the owners. All their borders and the piece's are cut where they cross, together, and each face is given to whom
    /// it belongs: whatever meets in a corner has that corner in common.
    /// </summary>
    /// <param name="owners">Everybody whose ground is near the piece, the taker among them.</param>
    /// <returns>What each of them has then; who has nothing left is not among them.</returns>
    public static IReadOnlyDictionary<string, Geometry> Give(IReadOnlyDictionary<string, Geometry> owners, Polygon piece, string taker)
    {
        var borders = owners.Values.Append(piece).SelectMany(LinearComponentExtracter.GetLines).Cast<LineString>();
        var polygonizer = new Polygonizer();
        polygonizer.Add(UnaryUnionNG.Union((Geometry)Wgs84.CreateMultiLineString([.. borders.Select(ring => Wgs84.CreateLineString(ring.CoordinateSequence))]), Grid));
        return polygonizer.GetPolygons()
            .Select(face => (Face: face, Owner: OwnerOf(face.InteriorPoint, owners, piece, taker)))
            .Where(face => face.Owner is not null)
            .GroupBy(face => face.Owner!, face => face.Face, StringComparer.Ordinal)
            .ToDictionary(faces => faces.Key, faces => NetTopologySuite.Coverage.CoverageUnion.Union([.. faces]), StringComparer.Ordinal);
    }

    // Somewhere inside a face no border runs: the point is the one's or the other's.
    private static string? OwnerOf(Point inside, IReadOnlyDictionary<string, Geometry> owners, Polygon piece, string taker)
        => piece.Contains(inside) ? taker : owners.FirstOrDefault(owner => owner.Value.Contains(inside)).Key;
}
