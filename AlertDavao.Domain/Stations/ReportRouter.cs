using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Domain.Stations;

/// <summary>
/// Routing rules 1 to 3 of the domain: cyber types, else the barangay's station, else the city desk. Never the nearest
/// station, never by the name of a place. Pure: the same report and the same boundaries always give the same route.
/// </summary>
public sealed class ReportRouter(BarangayMap map)
{
    public Route Route(IEnumerable<string> crimeTypes, double? latitude, double? longitude)
    {
        var barangay = latitude is { } lat && longitude is { } lon ? map.Find(new GeoPoint(lat, lon)) : null;
        if (crimeTypes.Any(CrimeType.IsCyber))
            return new Route(LogCode.Cyber, RouteRule.Cyber, barangay, map.Version);

        return barangay is not null
            ? new Route(barangay.StationCode, RouteRule.Boundary, barangay, map.Version)
            : new Route(LogCode.City, WhyUnrouted(latitude, longitude), null, map.Version);
    }

    private static RouteRule WhyUnrouted(double? latitude, double? longitude) => (latitude, longitude) switch
    {
        (null, null) => RouteRule.NoPlace,
        (null, _) or (_, null) => RouteRule.HalfPlace,
        ({ } lat, { } lon) => new GeoPoint(lat, lon).IsOnEarth ? RouteRule.OutsideCity : RouteRule.NotOnEarth,
    };
}
