using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using Microsoft.Data.Sqlite;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// What every arriving report asks and writes, past EF's change tracker: of a report's way through the writer that was most.
/// The rows are those that EF would write (<see cref="PreparedInsert{T}"/>), in the unit's own savepoint.
/// </summary>
internal sealed class ArrivalSql(AlertDavaoDb db, PreparedCommands commands)
{
    private readonly SqliteCommand _inForce = commands.Prepare(
        "SELECT 1 FROM IntakeClients WHERE Id = @client AND RevokedAt IS NULL", "@client");

    private readonly SqliteCommand _earlier = commands.Prepare(
        "SELECT RequestHash, ReportId, Answer FROM IdempotentAnswers WHERE ClientId = @client AND Key = @key", "@client", "@key");

    // Two statements: one that returns what it wrote copies the pages first.
    private readonly SqliteCommand _moveOn = commands.Prepare("UPDATE StationLogs SET LastNumber = LastNumber + 1 WHERE Code = @log", "@log");
    private readonly SqliteCommand _last = commands.Prepare("SELECT LastNumber FROM StationLogs WHERE Code = @log", "@log");

    private readonly PreparedInsert<Report> _report = new(db, commands);
    private readonly PreparedInsert<ReportEvent> _event = new(db, commands);
    private readonly PreparedInsert<Evidence> _file = new(db, commands);
    private readonly PreparedInsert<StationEntry> _entry = new(db, commands);
    private readonly PreparedInsert<ReportOriginal> _original = new(db, commands);
    private readonly PreparedInsert<IdempotentAnswer> _answer = new(db, commands);

    /// <summary>Whether the client's key is still good.</summary>
    public bool IsInForce(Guid client)
    {
        _inForce.Parameters[0].Value = client;
        return _inForce.ExecuteScalar() is not null;
    }

    /// <summary>What the client was answered under this idempotency key; null when it was not used yet.</summary>
    public EarlierAnswer? Earlier(Guid client, string key)
    {
        _earlier.Parameters[0].Value = client;
        _earlier.Parameters[1].Value = key;
        using var row = _earlier.ExecuteReader();
        return row.Read() ? new EarlierAnswer(row.GetFieldValue<byte[]>(0), row.GetGuid(1), row.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>A new report enters the log it is routed to, with all that is written about its arrival.</summary>
    /// <param name="at">When, for the log.</param>
    public long Arrive(Report report, DateTimeOffset at, ReportOriginal original, IdempotentAnswer? answer)
    {
        _moveOn.Parameters[0].Value = _last.Parameters[0].Value = report.Log;
        _moveOn.ExecuteNonQuery();
        if (_last.ExecuteScalar() is not long number)
            throw new InvalidOperationException("There is no such log.");

        _report.Run(report.Arrived(number));
        foreach (var line in report.Events)
            _event.Run(line);
        foreach (var file in report.Evidence)
            _file.Run(file);
        _entry.Run(new StationEntry(report.Log, number, report.Id, report.Version, EntryKind.Arrived, at));
        _original.Run(original);
        if (answer is not null)
            _answer.Run(answer);
        return number;
    }
}

/// <param name="RequestHash">Of the request that was answered.</param>
internal sealed record EarlierAnswer(byte[] RequestHash, Guid ReportId, byte[] Answer);
