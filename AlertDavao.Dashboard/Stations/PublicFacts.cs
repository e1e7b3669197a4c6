using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Stations;

/// <summary>The frame of every answer of the API.</summary>
internal sealed record PublicAnswer<T>(bool Success, T Data);

/// <param name="StationId">The station's code, as in the answer to a report.</param>
internal sealed record PublicStation(
    string StationId, string Name, string ShortName, string? Address, double? Latitude, double? Longitude, IReadOnlyList<string> ContactNumbers)
{
    public static PublicStation Of(Station station) => new(
        station.Code, station.Name, station.ShortName, station.Address, station.Latitude, station.Longitude,
        station.ContactNumbers?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);
}

/// <param name="BarangayId">Ten-digit Philippine Standard Geographic Code.</param>
internal sealed record PublicBarangay(string BarangayId, string Name, string? District, string StationId, string StationName)
{
    public static PublicBarangay Of(Barangay barangay, Station station)
        => new(barangay.Psgc, barangay.Name, barangay.District, station.Code, station.Name);
}
