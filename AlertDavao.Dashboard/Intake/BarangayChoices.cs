using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;

namespace AlertDavao.Dashboard.Intake;

/// <summary>A barangay to choose when nobody can say where in it.</summary>
/// <param name="Station">Its station's code and short name.</param>
/// <param name="Inside">A point inside it that stands for the whole.</param>
internal sealed record BarangayChoice(string Psgc, string Name, string Station, GeoPoint Inside);

/// <summary>Every barangay by name, worked out once for each version of the boundaries.</summary>
internal sealed class BarangayChoices(CityBook city)
{
    private volatile Made? _made;

    public ImmutableArray<BarangayChoice> All
    {
        get
        {
            var now = city.Now;
            if (_made is { } made && made.City == now)
                return made.Choices;
            return (_made = new Made(now, Of(now))).Choices;
        }
    }

    /// <summary>Null when there is no such barangay.</summary>
    public BarangayChoice? Find(string? psgc) => All.FirstOrDefault(choice => choice.Psgc == psgc);

    private static ImmutableArray<BarangayChoice> Of(CityPicture city) =>
    [
        .. city.Barangays.Values
            .Select(barangay => new BarangayChoice(
                barangay.Psgc,
                barangay.Name,
                $"{barangay.StationCode} {city.Stations[barangay.StationCode].ShortName}",
                new GeoPoint(barangay.Boundary.InteriorPoint.Y, barangay.Boundary.InteriorPoint.X)))
            .OrderBy(choice => choice.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private sealed record Made(CityPicture City, ImmutableArray<BarangayChoice> Choices);
}
