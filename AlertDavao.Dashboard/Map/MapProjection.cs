using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Map;

/// <summary>
/// Equirectangular at Davao's latitude: metres east and south of the sheet's north-west corner. Over the city's 70 km it is
/// off by a few parts in ten thousand, which no one can see, and a browser undoes it with two divisions.
/// </summary>
/// <param name="West">Longitude of the sheet's left edge, in degrees.</param>
/// <param name="North">Latitude of its upper edge, in degrees.</param>
internal sealed record MapProjection(double West, double North)
{
    public const double MetresPerDegreeNorth = 111_195.08;

    private const double MiddleLatitude = 7.2;

    public static double MetresPerDegreeEast { get; } = MetresPerDegreeNorth * Math.Cos(MiddleLatitude * Math.PI / 180);

    public (double X, double Y) Project(GeoPoint point)
        => ((point.Longitude - West) * MetresPerDegreeEast, (North - point.Latitude) * MetresPerDegreeNorth);

    public GeoPoint Unproject(double x, double y) => new(North - y / MetresPerDegreeNorth, West + x / MetresPerDegreeEast);
}
