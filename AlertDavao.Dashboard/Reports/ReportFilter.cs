using System.Collections.Immutable;
using System.Globalization;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Reports;

/// <summary>What a reader asks of the list of all reports. Everything in it was understood; nothing in it widens a scope.</summary>
internal sealed record ReportFilter
{
    public static readonly ReportFilter None = new();

    /// <summary>Any of them; empty means every one.</summary>
    public ImmutableArray<ReportStatus> Statuses { get; init; } = [];

    /// <inheritdoc cref="Statuses"/>
    public ImmutableArray<Severity> Severities { get; init; } = [];

    /// <summary>One of the report's types, whole and whatever its case.</summary>
    public string? Type { get; init; }

    /// <summary>PSGC.</summary>
    public string? Barangay { get; init; }

    /// <summary>A log of the reader's scope.</summary>
    public string? Station { get; init; }

    public ReportPeriod Period { get; init; } = ReportPeriod.Any;

    /// <summary>As it was typed; <see cref="Words"/> is what is looked for.</summary>
    public string? Text { get; init; }

    public SearchWords? Words { get; init; }

    /// <summary>The names of what is asked for, in the words of the address; never a value.</summary>
    public IReadOnlyList<string> Names => [.. ToAddress().Select(part => part.Key).Distinct(StringComparer.Ordinal)];

    public bool IsEmpty => !ToAddress().Any();

    /// <summary>The fields as they stand in the address of the page.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToAddress()
    {
        if (Text is not null)
            yield return new(ReportFilterForm.Text, Text);
        foreach (var status in Statuses)
            yield return new(ReportFilterForm.Status, Shell.Words.Css(status));
        foreach (var severity in Severities)
            yield return new(ReportFilterForm.Severity, Shell.Words.Css(severity));
        if (Type is not null)
            yield return new(ReportFilterForm.Type, Type);
        if (Barangay is not null)
            yield return new(ReportFilterForm.Barangay, Barangay);
        if (Station is not null)
            yield return new(ReportFilterForm.Station, Station);
        foreach (var field in Period.ToAddress())
            yield return field;
    }
}

/// <summary>When a report was received: a preset, or Manila days, either end open.</summary>
/// <param name="Preset">One of <see cref="Presets"/>; null where days are named, or nothing is.</param>
internal sealed record ReportPeriod(string? Preset, DateOnly? From, DateOnly? To)
{
    public const string Today = "today";
    public const string Week = "7d";
    public const string Month = "30d";

    public static readonly ReportPeriod Any = new(null, null, null);

    public static readonly IReadOnlyList<string> Presets = [Today, Week, Month];

    private const string Day = "yyyy-MM-dd";

    public bool HasDays => From is not null || To is not null;

    /// <summary>A day as a date field of a form has it; only years of which the product can hold reports.</summary>
    public static bool TryDay(string text, out DateOnly day)
        => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 2000 and < 2200;

    public static string Write(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture) ?? "";

    /// <returns>From, inclusive, and until, exclusive; null where it is open.</returns>
    public (DateTimeOffset? From, DateTimeOffset? Until) Bounds(DateTimeOffset now)
    {
        var today = ManilaTime.StartOfDay(now);
        return Preset switch
        {
            Today => (today, null),
            Week => (today.AddDays(-6), null),
            Month => (today.AddDays(-29), null),
            _ => (Start(From), Start(To?.AddDays(1))),
        };
    }

    public IEnumerable<KeyValuePair<string, string?>> ToAddress()
    {
        if (Preset is not null)
            yield return new(ReportFilterForm.Period, Preset);
        if (From is not null)
            yield return new(ReportFilterForm.From, Write(From));
        if (To is not null)
            yield return new(ReportFilterForm.To, Write(To));
    }

    private static DateTimeOffset? Start(DateOnly? day)
        => day is { } known ? new DateTimeOffset(known.ToDateTime(TimeOnly.MinValue), ManilaTime.Offset) : null;
}
