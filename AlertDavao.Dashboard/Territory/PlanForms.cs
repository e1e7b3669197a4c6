using System.Globalization;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Territory;

/// <summary>A station as it is typed in.</summary>
internal sealed class StationForm
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? ShortName { get; set; }

    public string? Address { get; set; }

    public string? Latitude { get; set; }

    public string? Longitude { get; set; }

    public string? Numbers { get; set; }

    /// <summary>What is no text and no number breaks the plan's own rules.</summary>
    public SetStation Read() => new(
        (Code ?? "").Trim().ToUpperInvariant(), Line(Name) ?? "", Line(ShortName) ?? "", Line(Address), Degrees(Latitude), Degrees(Longitude), Line(Numbers));

    public static StationForm Of(Station station) => new()
    {
        Code = station.Code,
        Name = station.Name,
        ShortName = station.ShortName,
        Address = station.Address,
        Latitude = station.Latitude?.ToString(CultureInfo.InvariantCulture),
        Longitude = station.Longitude?.ToString(CultureInfo.InvariantCulture),
        Numbers = station.ContactNumbers,
    };

    private static string? Line(string? text) => PlainText.TryNormaliseLine(text ?? "", out var line) && line.Length > 0 ? line : null;

    // Not a number is off the earth.
    private static double? Degrees(string? text)
        => string.IsNullOrWhiteSpace(text) ? null : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : double.MaxValue;
}

/// <summary>Barangays that a station gets.</summary>
internal sealed class MappingForm
{
    public string? Station { get; set; }

    public string[]? Psgcs { get; set; }

    public GiveBarangays Read() => new(Station ?? "", [.. (Psgcs ?? []).Distinct(StringComparer.Ordinal)]);

    public bool Has(string psgc) => Psgcs?.Contains(psgc) ?? false;
}

/// <summary>A piece of ground that a barangay gets.</summary>
internal sealed class GroundForm
{
    public string? Psgc { get; set; }

    /// <summary>A corner a line: latitude and longitude in degrees, with a comma or a space between.</summary>
    public string? Corners { get; set; }

    /// <summary>A line that is no corner makes the whole no piece.</summary>
    public MoveGround Read()
    {
        var lines = (Corners ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var corners = lines.Take(Ground.MaxCorners + 1).Select(Corner).ToList();
        return new MoveGround(Psgc ?? "", corners.Contains(null) ? [] : [.. corners.Select(corner => corner!.Value)]);
    }

    private static GeoPoint? Corner(string line)
        => line.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var north, var east]
            && double.TryParse(north, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) && double.IsFinite(latitude)
            && double.TryParse(east, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) && double.IsFinite(longitude)
                ? new GeoPoint(latitude, longitude)
                : null;
}
