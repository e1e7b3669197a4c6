namespace AlertDavao.Domain.Geography;

/// <summary>A place in WGS84, in degrees. Any finite pair is legal: a wrong position is routed by hand, never refused.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Latitude within ±90 and longitude within ±180.</summary>
    public bool IsOnEarth => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>Along the surface, in metres, on a sphere of the earth's mean radius: within half a percent.</summary>
    public double MetresTo(GeoPoint other)
    {
        const double Radius = 6_371_009;
        var (from, to) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var (north, east) = (Math.Sin((to - from) / 2), Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2));
        return 2 * Radius * Math.Asin(Math.Min(1, Math.Sqrt(north * north + Math.Cos(from) * Math.Cos(to) * east * east)));
    }
}
