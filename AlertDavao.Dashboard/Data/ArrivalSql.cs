using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// What every arriving report asks and writes, past EF's change tracker: of a report's way through the writer that was most.
/// The rows are those that EF would write (<see cref="PreparedInsert{T}"/>), in the unit's own savepoint.
/// </summary>
internal sealed class ArrivalSql(AlertDavaoDb db, Statements statements)
{
    private readonly Statement _inForce = statements.Add("SELECT 1 FROM IntakeClients WHERE Id = ? AND RevokedAt IS NULL");

    private readonly Statement _earlier = statements.Add(
        "SELECT RequestHash, ReportId, Answer FROM IdempotentAnswers WHERE ClientId = ? AND Key = ?");

    // Two statements: one that returns what it wrote copies the pages first.
    private readonly Statement _moveOn = statements.Add("UPDATE StationLogs SET LastNumber = LastNumber + 1 WHERE Code = ?");
    private readonly Statement _last = statements.Add("SELECT LastNumber FROM StationLogs WHERE Code = ?");

    private readonly PreparedInsert<Report> _report = new(db, statements);
    private readonly PreparedInsert<ReportEvent> _event = new(db, statements);
    private readonly PreparedInsert<Evidence> _file = new(db, statements);
    private readonly PreparedInsert<StationEntry> _entry = new(db, statements);
    private readonly PreparedInsert<ReportOriginal> _original = new(db, statements);
    private readonly PreparedInsert<IdempotentAnswer> _answer = new(db, statements);

    /// <summary>Whether the client's key is still good.</summary>
    public bool IsInForce(Guid client)
    {
        _inForce.Bind(1, client);
        return _inForce.First(static _ => true);
    }

    /// <summary>What the client was answered under this idempotency key; null when it was not used yet.</summary>
    public EarlierAnswer? Earlier(Guid client, string key)
    {
        _earlier.Bind(1, client);
        _earlier.Bind(2, key);
        return _earlier.First(static row => new EarlierAnswer(row.Bytes(0), row.Id(1), row.Bytes(2)));
    }

    /// <summary>A new report enters the log it is routed to, with all that is written about its arrival.</summary>
    /// <param name="at">When, for the log.</param>
    public long Arrive(Report report, DateTimeOffset at, ReportOriginal original, IdempotentAnswer? answer)
    {
        _moveOn.Bind(1, report.Log);
        _moveOn.Run();
        _last.Bind(1, report.Log);
        var number = _last.First(static row => row.Long(0));
        if (number == 0)
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
