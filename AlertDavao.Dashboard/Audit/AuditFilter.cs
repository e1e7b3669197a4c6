using System.Globalization;
using AlertDavao.Domain.Geography;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Audit;

/// <summary>Which entries of the audit are asked for; what is null asks for all.</summary>
/// <param name="Act">One of <see cref="Data.AuditActs"/>.</param>
/// <param name="Who">A part of the name or e-mail of the officer who acted.</param>
/// <param name="About">A report's tracking code, a part of the name or e-mail of the officer it was about, or of what is stored.</param>
/// <param name="From">The first Manila day.</param>
/// <param name="Until">The last Manila day.</param>
/// <param name="Before">Entries older than this one.</param>
internal sealed record AuditFilter(string? Act, string? Who, string? About, DateOnly? From, DateOnly? Until, long? Before)
{
    /// <summary>Characters of a word that is searched for, at most.</summary>
    public const int MaxWords = 100;

    private const string Day = "yyyy-MM-dd";

    public static readonly AuditFilter None = new(null, null, null, null, null, null);

    /// <summary>Whether it leaves anything out; which page of it is asked for does not.</summary>
    public bool IsEmpty => this with { Before = null } == None;

    /// <summary>The names of what it asks for, never what was typed.</summary>
    public IEnumerable<string> Names => Fields.Where(one => one.Value is not null).Select(one => one.Key);

    public DateTimeOffset? Start => StartOf(From);

    /// <summary>The moment after the last day.</summary>
    public DateTimeOffset? End => StartOf(Until?.AddDays(1));

    private IEnumerable<KeyValuePair<string, string?>> Fields =>
    [
        new("act", Act), new("who", Who), new("about", About), new("from", Write(From)), new("until", Write(Until)),
    ];

    /// <summary>What cannot be asked for is not asked for: an address that somebody made up shows the whole list.</summary>
    public static AuditFilter Of(IQueryCollection query) => new(
        AuditWords.All.Any(known => known.Act == query["act"]) ? query["act"].ToString() : null,
        Words(query["who"]),
        Words(query["about"]),
        DayOf(query["from"]),
        DayOf(query["until"]),
        long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);

    /// <summary>The address of what it finds at a path.</summary>
    public string At(string path) => QueryHelpers.AddQueryString(path, Fields.Append(new("before", Before?.ToString(CultureInfo.InvariantCulture))));

    public static string? Write(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    private static string? Words(string? text) => text?.Trim() is { Length: > 0 and <= MaxWords } words ? words : null;

    private static DateOnly? DayOf(string? text)
        => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200 ? day : null;

    private static DateTimeOffset? StartOf(DateOnly? day)
        => day is { } known ? new DateTimeOffset(known.ToDateTime(TimeOnly.MinValue), ManilaTime.Offset) : null;
}
