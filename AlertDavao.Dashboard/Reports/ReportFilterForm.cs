using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.Extensions.Primitives;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// Reads the address of the list. Whatever stands there, a page comes of it: what is not understood is left out and named in
/// <see cref="Refused"/>, so that nobody takes the list for something else than it is.
/// </summary>
internal sealed class ReportFilterForm
{
    public const string Text = "text";
    public const string Status = "status";
    public const string Severity = "severity";
    public const string Type = "type";
    public const string Barangay = "barangay";
    public const string Station = "station";
    public const string Period = "period";
    public const string From = "from";
    public const string To = "to";
    public const string Before = "before";
    public const string After = "after";

    private static readonly Dictionary<string, ReportStatus> StatusWords = Enum.GetValues<ReportStatus>().ToDictionary(Shell.Words.Css, StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, Severity> SeverityWords = Enum.GetValues<Severity>().ToDictionary(Shell.Words.Css, StringComparer.OrdinalIgnoreCase);

    private readonly IQueryCollection _query;
    private readonly List<string> _refused = [];

    private ReportFilterForm(IQueryCollection query, BoardScope scope, CityBook city)
    {
        _query = query;
        var text = Words(Text, SearchWords.MaxLength);
        var words = text is null ? null : SearchWords.Of(text);
        if (text is not null && words is null)
            Refuse(Text);

        Filter = new ReportFilter
        {
            Text = words is null ? null : text,
            Words = words,
            Statuses = Several(Status, StatusWords),
            Severities = Several(Severity, SeverityWords),
            Type = Words(Type, CrimeType.MaxLength) is { } type ? CrimeType.Canonical(type) : null,
            Barangay = One(Barangay, psgc => city.Barangays.ContainsKey(psgc) ? psgc : null),
            Station = StationOf(scope),
            Period = PeriodOf(),
        };
        Position = PositionOf();
    }

    public ReportFilter Filter { get; }

    /// <summary>Which page; the first one where none, or nonsense, is asked for.</summary>
    public ListPosition Position { get; }

    /// <summary>Names of fields that were left out.</summary>
    public IReadOnlyList<string> Refused => _refused;

    public static ReportFilterForm Read(IQueryCollection query, BoardScope scope, CityBook city) => new(query, scope, city);

    // With one station there is nothing to choose. A foreign station is answered as one that does not exist.
    private string? StationOf(BoardScope scope)
    {
        var station = One(Station, code => scope.Logs.FirstOrDefault(log => log.Equals(code, StringComparison.OrdinalIgnoreCase)));
        return scope.Logs.Length > 1 ? station : null;
    }

    private ReportPeriod PeriodOf()
    {
        if (One(Period, text => ReportPeriod.Presets.FirstOrDefault(preset => preset == text)) is { } preset)
            return new ReportPeriod(preset, null, null);

        var (from, to) = (DayOf(From), DayOf(To));
        if (from is null || to is null || from <= to)
            return new ReportPeriod(null, from, to);

        Refuse(From);
        Refuse(To);
        return ReportPeriod.Any;
    }

    private DateOnly? DayOf(string name)
        => One(name, text => ReportPeriod.TryDay(text, out var day) ? ReportPeriod.Write(day) : null) is { } known
            && ReportPeriod.TryDay(known, out var day) ? day : null;

    private ListPosition PositionOf()
    {
        if (One(Before, Known) is { } before)
            return new ListPosition(Guid.Parse(before), null);
        return One(After, Known) is { } after ? new ListPosition(null, Guid.Parse(after)) : ListPosition.First;

        static string? Known(string text) => Guid.TryParseExact(text, "D", out _) ? text : null;
    }

    private ImmutableArray<T> Several<T>(string name, Dictionary<string, T> known) where T : struct
    {
        var found = new SortedSet<T>();
        foreach (var text in Values(name))
        {
            if (known.TryGetValue(text, out var value))
                found.Add(value);
            else
                Refuse(name);
        }

        // All of them is no choice.
        return found.Count == known.Count ? [] : [.. found];
    }

    private string? One(string name, Func<string, string?> known)
    {
        string? found = null;
        foreach (var text in Values(name))
        {
            if (known(text) is { } value && found is null)
                found = value;
            else
                Refuse(name);
        }

        return found;
    }

    private string? Words(string name, int limit)
        => One(name, text => text.Length <= limit && PlainText.TryNormalise(text, out var plain) && plain.Length > 0 ? plain : null);

    // An empty field of the form asks for nothing.
    private IEnumerable<string> Values(string name)
        => _query.TryGetValue(name, out StringValues values) ? values.OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)) : [];

    private void Refuse(string name)
    {
        if (!_refused.Contains(name))
            _refused.Add(name);
    }
}

/// <summary>A page of the list by its neighbour: a report is named and not a count, so that arrivals move nothing.</summary>
/// <param name="Before">The page of what was received before this report.</param>
/// <param name="After">The page of what was received after this one.</param>
internal sealed record ListPosition(Guid? Before, Guid? After)
{
    public static readonly ListPosition First = new(null, null);
}
