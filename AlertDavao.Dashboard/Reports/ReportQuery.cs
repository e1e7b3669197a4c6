using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// The SQL of the list. Which index drives it is decided here and not by the planner, which knows nothing of the figures: each
/// branch walks one index newest first, several branches are merged, and the other filters look at what comes by (their
/// unary plus keeps the planner from another index). So nothing is sorted and a page reads little more than it shows.
/// Every value is a parameter.
/// </summary>
internal sealed class ReportQuery
{
    // A cross join keeps its order: the search comes first, as it streams.
    private const string Searched = "ReportSearch CROSS JOIN Reports ON Reports.Id = ReportSearch.ReportId WHERE ReportSearch MATCH";

    private readonly ReportFilter _filter;
    private readonly IReadOnlyList<string>? _logs;
    private readonly DateTimeOffset _now;
    private readonly List<KeyValuePair<string, object>> _parameters = [];

    /// <param name="logs">What the scope sees; null when that is every log there is.</param>
    private ReportQuery(ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now)
    {
        _filter = filter;
        _logs = filter.Station is { } station ? [station] : logs;
        _now = now;
    }

    public string Sql { get; private set; } = "";

    public IReadOnlyList<KeyValuePair<string, object>> Parameters => _parameters;

    /// <summary>Keys newest received first, or oldest first where it goes backwards.</summary>
    /// <param name="from">The report next to the page; null for the first page.</param>
    public static ReportQuery Page(ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now, ListAnchor? from, bool isBackwards, int take)
    {
        var query = new ReportQuery(filter, logs, now);
        // What was asked for by its code stands above the first page already.
        var position = query.Position(from, isBackwards)
            + (filter.Words?.Code is { } code ? $" AND Reports.TrackingCode <> {query.Value(code)}" : "");
        query.Sql = query.Ordered("Reports.Id AS Id, Reports.ReceivedAt AS At, {0} AS Number", position, isBackwards, take);
        return query;
    }

    /// <summary>How many there are, up to a bound.</summary>
    public static ReportQuery Count(ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now, int upTo)
    {
        var query = new ReportQuery(filter, logs, now);
        query.Sql = $"SELECT count(*) FROM ({query.Branches("1", "")} LIMIT {query.Value(upTo)})";
        return query;
    }

    /// <summary>How many of some reports there are in the filter.</summary>
    /// <param name="from">None of them stands before this one in the search.</param>
    public static ReportQuery CountOf(
        ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now, IReadOnlyList<Guid> reports, ListAnchor from)
    {
        var query = new ReportQuery(filter, logs, now);
        var ids = query.Value(JsonSerializer.Serialize(reports.Select(Key)));
        var among = $"Reports.Id IN (SELECT value FROM json_each({ids})){query.Others()}";
        query.Sql = query.Match() is { } match
            ? $"SELECT count(*) FROM {Searched} {match} AND ReportSearch.rowid >= {query.Value(from.Number)} AND {among}"
            : $"SELECT count(*) FROM Reports WHERE {among}";
        return query;
    }

    /// <summary>The one report with the code that was asked for, under the same filter.</summary>
    public static ReportQuery ByCode(ReportFilter filter, IReadOnlyList<string>? logs, DateTimeOffset now, string code)
    {
        var query = new ReportQuery(filter, logs, now);
        query.Sql = $"SELECT Id, ReceivedAt AS At, rowid AS Number FROM Reports WHERE TrackingCode = {query.Value(code)}{query.Others()}";
        return query;
    }

    public SqliteCommand On(SqliteConnection connection, SqliteTransaction? transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Sql;
        foreach (var (name, value) in _parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>A report's id as the database has it.</summary>
    public static string Key(Guid id) => id.ToString("D", CultureInfo.InvariantCulture).ToUpperInvariant();

    private string Ordered(string columns, string position, bool isBackwards, int take)
    {
        var order = isBackwards ? "ASC" : "DESC";
        var number = IsSearch ? "ReportSearch.rowid" : "Reports.rowid";
        // The search has its rows in the order they arrived in; asked for another order it would collect them all first.
        var by = IsSearch ? $"Number {order}" : $"At {order}, Number {order}";
        return $"{Branches(string.Format(CultureInfo.InvariantCulture, columns, number), position)} ORDER BY {by} LIMIT {Value(take)}";
    }

    private bool IsSearch => _filter.Words is not null || TypeMatch is not null;

    // As it stands in the stored list, in which JSON has its own spelling of some letters. Within a period the reports
    // themselves are fewer than all there ever were of a type.
    private string? TypeMatch => _filter.Type is { } type && (_filter.Words is not null || _filter.Period.Bounds(_now).From is null)
        ? SearchWords.OfType(JsonSerializer.Serialize(type)[1..^1])
        : null;

    private string? Match()
        => IsSearch ? Value(string.Join(" AND ", new[] { _filter.Words?.Match, TypeMatch }.OfType<string>().Select(part => $"({part})"))) : null;

    private string Branches(string columns, string position)
        => Match() is { } match
            ? $"SELECT {columns} FROM {Searched} {match}{position}{Others()}"
            : string.Join(" UNION ALL ", Drives().Select(drive => $"SELECT {columns} FROM Reports WHERE {drive}{position}{Others()}"));

    private IEnumerable<string> Drives()
    {
        if (_filter.Barangay is { } barangay)
            return [$"Reports.BarangayPsgc = {Value(barangay)}"];

        var statuses = _filter.Statuses.Select(status => $"Reports.Status = {Value((int)status)}").ToList();
        if (_logs is not null)
        {
            return from log in _logs
                   let drive = $"Reports.Log = {Value(log)}"
                   from whole in statuses.Count == 0 ? [drive] : statuses.Select(status => $"{drive} AND {status}")
                   select whole;
        }

        if (statuses.Count > 0)
            return statuses;
        return _filter.Severities.IsEmpty ? ["TRUE"] : _filter.Severities.Select(severity => $"Reports.Severity = {Value((int)severity)}");
    }

    private string Position(ListAnchor? from, bool isBackwards)
    {
        if (from is null)
            return "";
        var side = isBackwards ? '>' : '<';
        if (IsSearch)
            return $" AND ReportSearch.rowid {side} {Value(from.Number)}";
        var at = Value(from.At);
        return $" AND Reports.ReceivedAt {side}= {at} AND (Reports.ReceivedAt {side} {at} OR Reports.rowid {side} {Value(from.Number)})";
    }

    private string Others()
    {
        var (since, until) = _filter.Period.Bounds(_now);
        return (since is { } first ? $" AND Reports.ReceivedAt >= {Value(first.ToUnixTimeMilliseconds())}" : "")
            + (until is { } end ? $" AND Reports.ReceivedAt < {Value(end.ToUnixTimeMilliseconds())}" : "")
            + Among("Log", _logs)
            + Among("Status", [.. _filter.Statuses.Select(status => (object)(int)status)])
            + Among("Severity", [.. _filter.Severities.Select(severity => (object)(int)severity)])
            + (_filter.Barangay is { } barangay ? $" AND +Reports.BarangayPsgc = {Value(barangay)}" : "")
            + (_filter.Type is { } type ? $" AND EXISTS (SELECT 1 FROM json_each(Reports.CrimeTypes) WHERE value = {Value(type)} COLLATE NOCASE)" : "");
    }

    // No log at all sees nothing; no status at all asks for every one.
    private string Among(string column, IReadOnlyList<object>? values)
        => values is null || (values.Count == 0 && column != "Log") ? "" : $" AND +Reports.{column} IN ({string.Join(", ", values.Select(Value))})";

    // A value that comes again is the same parameter: a branch a station and status has the others' filters in it too.
    private string Value(object value)
    {
        var known = _parameters.FirstOrDefault(parameter => parameter.Value.Equals(value)).Key;
        if (known is not null)
            return known;
        var name = $"@p{_parameters.Count.ToString(CultureInfo.InvariantCulture)}";
        _parameters.Add(new(name, value));
        return name;
    }
}

/// <summary>Where a report stands in the list.</summary>
/// <param name="At">Its ReceivedAt, unix milliseconds.</param>
/// <param name="Number">Its row, in the search too; it decides within one millisecond.</param>
internal sealed record ListAnchor(long At, long Number);
