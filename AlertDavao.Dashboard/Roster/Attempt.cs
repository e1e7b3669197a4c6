using System.Globalization;

namespace AlertDavao.Dashboard.Roster;

/// <summary>A duty that somebody wants: what a form is filled in with, or what was refused. It stands in an address.</summary>
/// <param name="From">Null for now.</param>
/// <param name="Until">Null for until further notice.</param>
/// <param name="Duty">The duty that was to become this; null for a new one.</param>
internal sealed record Attempt(Guid? Officer, DateTimeOffset? From, DateTimeOffset? Until, Guid? Duty)
{
    public const string OfficerField = "officer";
    public const string FromField = "from";
    public const string UntilField = "until";
    public const string DutyField = "duty";

    public static readonly Attempt None = new(null, null, null, null);

    /// <summary>Reads it; what is not understood is left out.</summary>
    public static Attempt Read(string? officer, string? from, string? until, string? duty)
        => new(IdIn(officer), TryTime(from, out var begins) ? begins : null, TryTime(until, out var ends) ? ends : null, IdIn(duty));

    /// <summary>A field of a date and a time on Manila's clock; empty for none.</summary>
    public static bool TryTime(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var there) || there.Year is < 2000 or >= 2200)
            return false;
        at = new DateTimeOffset(there, Domain.Geography.ManilaTime.Offset);
        return true;
    }

    /// <summary>As an address has it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields => new (string Name, string? Value)[]
    {
        (OfficerField, Officer?.ToString()),
        (FromField, WeekWords.Field(From)),
        (UntilField, WeekWords.Field(Until)),
        (DutyField, Duty?.ToString()),
    }.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value!));

    private static Guid? IdIn(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
