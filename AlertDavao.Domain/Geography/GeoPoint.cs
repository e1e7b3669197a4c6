namespace AlertDavao.Domain.Geography;

/// <summary>A place in WGS84, in degrees. Any finite pair is legal: a wrong position is routed by hand, never refused.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Latitude within ±90 and longitude within ±180.</summary>
    public bool IsOnEarth => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;
}
