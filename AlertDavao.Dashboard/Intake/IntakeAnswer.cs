using System.Text.Json;
using System.Text.Json.Serialization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Intake;

/// <summary>The body of a 201 and of a status, in the mobile app's words.</summary>
internal sealed record IntakeAnswer(bool Success, string Message, IntakeAnswer.Received Data)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static byte[] Of(Report report, CityBook city, string? message = null) => JsonSerializer.SerializeToUtf8Bytes(
        new IntakeAnswer(true, message ?? IntakeTexts.Accepted, new Received(
            report.Id,
            report.TrackingCode,
            report.Title,
            report.CrimeTypes,
            report.Status.ForIntake(),
            report.IsAnonymous,
            ManilaTime.Of(report.ReceivedAt).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            city.Stations.GetValueOrDefault(report.Log)?.Code,
            city.Stations.GetValueOrDefault(report.Log)?.Name,
            new Place(
                report.Latitude,
                report.Longitude,
                report.BarangayPsgc is { } psgc ? city.Barangays[psgc].Name : report.BarangayHint,
                report.Address),
            [.. report.Evidence.OrderBy(file => file.Position).Select(file => new Medium(file.Id, file.IsVideo ? "video" : "image", file.Bytes))])),
        Json);

    internal sealed record Received(
        Guid ReportId,
        string TrackingCode,
        string Title,
        IReadOnlyList<string> ReportType,
        string Status,
        bool IsAnonymous,
        string DateReported,
        string? StationId,
        string? StationName,
        Place Location,
        IReadOnlyList<Medium> Media);

    /// <param name="Size">Bytes of the file as it was sent.</param>
    internal sealed record Medium(Guid MediaId, string MediaType, long Size);

    internal sealed record Place(
        double? Latitude,
        double? Longitude,
        string? Barangay,
        [property: JsonPropertyName("reporters_address")] string? Address);
}
