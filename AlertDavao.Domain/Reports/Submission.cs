using System.Globalization;

namespace AlertDavao.Domain.Reports;

/// <summary>How a report came in.</summary>
public enum ReportSource
{
    /// <summary>The citizens' app through the intake.</summary>
    App = 0,
    WalkIn = 1,
    Phone = 2,
    Radio = 3,

    /// <summary>Replayed by the demo; it alerts its station and nobody above.</summary>
    Demo = 4,
}

/// <summary>The rule a field of a submission breaks.</summary>
public enum SubmissionRule
{
    Missing,
    TooLong,
    TooShort,
    TooMany,
    TooEarly,
    TooLate,
    NotFinite,
}

/// <param name="Field">Name of the property of <see cref="Submission"/>.</param>
/// <param name="Limit">The bound that was crossed, where the rule has one.</param>
public readonly record struct SubmissionFault(string Field, SubmissionRule Rule, int Limit = 0);

/// <summary>
/// What a reporter says, read and normalised, before it is a report. Lengths count text elements (what a person sees as one
/// character); each element may hold at most <see cref="CharsPerElement"/> UTF-16 units on average, which bounds the bytes.
/// </summary>
public sealed record Submission
{
    public const int MaxTitle = 200;
    public const int MaxDescription = 10_000;
    public const int MaxAddress = 200;
    public const int MaxReporter = 200;
    public const int CharsPerElement = 8;

    /// <summary>Nothing the product accepts happened before this (domain table, "occurred at").</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, Geography.ManilaTime.Offset);

    /// <summary>What happened earlier than this before its report is noted on the timeline.</summary>
    public static readonly TimeSpan LongAgo = TimeSpan.FromHours(24);

    /// <summary>How far a reporter's clock may be ahead of ours.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);

    public required string Title { get; init; }
    public required IReadOnlyList<string> CrimeTypes { get; init; }
    public required string Description { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? Address { get; init; }

    /// <summary>The barangay the reporter names: compared and noted, never used to route.</summary>
    public string? BarangayHint { get; init; }

    /// <summary>The place is a point inside a barangay that somebody named, not a point that somebody showed.</summary>
    public bool IsBarangayAlone { get; init; }
    public bool IsAnonymous { get; init; }
    public ReportSource Source { get; init; }

    /// <summary>Every rule the submission breaks; empty when it may become a report.</summary>
    public IEnumerable<SubmissionFault> Faults(DateTimeOffset now)
    {
        foreach (var fault in Text(nameof(Title), Title, 1, MaxTitle))
            yield return fault;
        foreach (var fault in Text(nameof(Description), Description, 1, MaxDescription))
            yield return fault;
        foreach (var fault in Text(nameof(Address), Address, 0, MaxAddress))
            yield return fault;
        foreach (var fault in Text(nameof(BarangayHint), BarangayHint, 0, MaxAddress))
            yield return fault;

        if (CrimeTypes.Count == 0)
            yield return new(nameof(CrimeTypes), SubmissionRule.Missing);
        if (CrimeTypes.Count > CrimeType.MaxPerReport)
            yield return new(nameof(CrimeTypes), SubmissionRule.TooMany, CrimeType.MaxPerReport);
        foreach (var fault in CrimeTypes.SelectMany(type => Text(nameof(CrimeTypes), type.Trim(), CrimeType.MinLength, CrimeType.MaxLength)))
            yield return fault;

        if (OccurredAt < Earliest)
            yield return new(nameof(OccurredAt), SubmissionRule.TooEarly);
        if (OccurredAt > now + MaxAhead)
            yield return new(nameof(OccurredAt), SubmissionRule.TooLate);
        if (Latitude is { } latitude && !double.IsFinite(latitude))
            yield return new(nameof(Latitude), SubmissionRule.NotFinite);
        if (Longitude is { } longitude && !double.IsFinite(longitude))
            yield return new(nameof(Longitude), SubmissionRule.NotFinite);
    }

    private static IEnumerable<SubmissionFault> Text(string field, string? value, int min, int max)
    {
        var length = Elements(value, min, max);
        if (length == 0 && min > 0)
            yield return new(field, SubmissionRule.Missing);
        else if (length < min)
            yield return new(field, SubmissionRule.TooShort, min);
        else if (length > max)
            yield return new(field, SubmissionRule.TooLong, max);
    }

    // Counting elements walks the text, so it is done only where it matters: an element is a char or more, and eight at most.
    private static int Elements(string? value, int min, int max)
        => string.IsNullOrEmpty(value) ? 0
            : value.Length <= max && min <= 1 ? value.Length
            : value.Length > max * CharsPerElement ? max + 1
            : new StringInfo(value).LengthInTextElements;
}
