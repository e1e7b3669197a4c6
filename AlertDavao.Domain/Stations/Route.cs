namespace AlertDavao.Domain.Stations;

/// <summary>The rule that decided where a report goes.</summary>
public enum RouteRule
{
    /// <summary>A crime type says cybercrime: the Cybercrime Division, whatever the place.</summary>
    Cyber,

    /// <summary>The barangay whose boundary contains the place.</summary>
    Boundary,

    /// <summary>No position was sent.</summary>
    NoPlace,

    /// <summary>Only one of latitude and longitude was sent.</summary>
    HalfPlace,

    /// <summary>Latitude beyond 90 or longitude beyond 180 degrees; swapped ones often are.</summary>
    NotOnEarth,

    /// <summary>A good position in no barangay of the city.</summary>
    OutsideCity,
}

/// <summary>Where a report goes, and why.</summary>
/// <param name="Log">A station code, or <see cref="LogCode.City"/>: then no station owns it yet.</param>
/// <param name="Barangay">The barangay of the place, also where another rule decided; null outside the city.</param>
/// <param name="BoundaryVersion">The version of the boundaries that were asked.</param>
public sealed record Route(string Log, RouteRule Rule, Barangay? Barangay, string BoundaryVersion)
{
    public bool IsUnrouted => Log == LogCode.City;
}
