using System.Globalization;
using AlertDavao.Dashboard.Data;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests;

/// <summary>Things a test needs one of.</summary>
internal static class A
{
    /// <summary>A report as the citizens' app sends it; takes place in PS1's area unless changed.</summary>
    public static Dictionary<string, object?> Report(string title = "Armed robbery at a pawnshop") => new()
    {
        ["title"] = title,
        ["crime_types"] = new[] { "Robbery" },
        ["description"] = "Two men inside.",
        ["incident_date"] = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O", CultureInfo.InvariantCulture),
        ["latitude"] = 7.0739269,
        ["longitude"] = 125.6246079,
    };

    /// <summary>The same at another station: by a point inside one of its barangays, CYBER by its type.</summary>
    public static Dictionary<string, object?> ReportFor(TestApp app, string station, string title = "Armed robbery at a pawnshop")
    {
        var report = Report(title);
        if (station == "CYBER")
        {
            report["crime_types"] = new[] { "cybercrime - phishing" };
            return report;
        }

        var inside = app.Services.GetRequiredService<CityBook>().Barangays.Values
            .Where(barangay => barangay.StationCode == station)
            .MinBy(barangay => barangay.Psgc)!.Boundary.InteriorPoint;
        report["latitude"] = inside.Y;
        report["longitude"] = inside.X;
        return report;
    }
}
