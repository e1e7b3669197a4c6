using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>What one unit of the <see cref="Writer"/> works with. Changes are saved when the unit returns.</summary>
internal sealed class WriteUnit
{
    private readonly AlertDavaoDb _db;
    private readonly ArrivalSql? _arrivals;
    private readonly TimeProvider? _time;
    private DateTimeOffset? _now;
    private readonly HashSet<Guid> _told = [];
    private byte[]? _auditHead;
    private List<Action>? _afterCommit;

    public WriteUnit(WriterConnection connection, TimeProvider time)
    {
        (_db, _arrivals) = (connection.Db, connection.Arrivals);
        _time = time;
    }

    /// <summary>A unit of the past: what it does happened at <paramref name="at"/>.</summary>
    public WriteUnit(AlertDavaoDb db, DateTimeOffset at)
    {
        _db = db;
        _now = at;
    }

    /// <summary>Lives longer than the unit; track nothing beyond it.</summary>
    public AlertDavaoDb Db
    {
        get
        {
            HasUsedEf = true;
            return _db;
        }
    }

    /// <summary>Whether there may be changes to save.</summary>
    public bool HasUsedEf { get; private set; }

    /// <summary>The short way of reports that come in now.</summary>
    public ArrivalSql Arrivals => _arrivals ?? throw new InvalidOperationException("The past is written through EF.");

    /// <summary>
    /// Our clock inside the transaction, in order with the numbers that are taken. It stands from the first look at it: a
    /// unit looks after it has asked what it must, so that an entry's moment is as near to its commit as it can be.
    /// </summary>
    public DateTimeOffset Now => _now ??= _time!.GetUtcNow();

    /// <summary>
    /// Runs on the writer's thread when the unit is committed, before anything else is: what is void from this commit on must not
    /// be relied on when the next one is seen. In memory, short, and it throws nothing.
    /// </summary>
    public void AfterCommit(Action act) => (_afterCommit ??= []).Add(act);

    /// <summary>Whether somebody waits for the commit.</summary>
    public bool IsAwaited => _afterCommit is not null;

    /// <summary>For the writer: it is committed.</summary>
    public void Committed()
    {
        foreach (var act in _afterCommit ?? [])
            act();
    }

    /// <summary>What was changed through EF so far is not saved: a rule forbids the act in the middle of it.</summary>
    public void Forget() => Db.ChangeTracker.Clear();

    /// <summary>A new report enters the log it is routed to.</summary>
    public long Arrive(Report report)
    {
        var number = Append(report, EntryKind.Arrived);
        Db.Reports.Add(report.Arrived(number));
        return number;
    }

    /// <summary>Says in the audit who did or read what; in the same transaction.</summary>
    /// <param name="act">One of <see cref="AuditActs"/>.</param>
    public void Audit(Guid officer, string act, Guid? report = null, string? subject = null)
    {
        // Units run one after the other, so nothing comes between reading the head and moving it on.
        _auditHead ??= Db.Audit.OrderByDescending(entry => entry.Id).Select(entry => entry.Hash).FirstOrDefault() ?? [];
        var entry = new AuditEntry { At = Now, OfficerId = officer, Act = act, ReportId = report, Subject = subject };
        entry.Hash = _auditHead = AuditChain.Next(_auditHead, entry);
        Db.Audit.Add(entry);
    }

    /// <summary>A report goes from its log into another in one step: nobody ever finds it in both, or in neither.</summary>
    /// <param name="go">Moves it.</param>
    /// <returns>The number under which it left the old log.</returns>
    public long Move(Report report, Action go)
    {
        var from = report.Log;
        go();
        var left = Append(from, report, EntryKind.Left);
        report.Arrived(Append(report, EntryKind.Arrived));
        return left;
    }

    /// <summary>Tells these officers in person; ring each of them after the commit.</summary>
    public void Tell(IEnumerable<Guid> officers, Guid by, NoticeKind kind, Report report, string? log = null, string? otherLog = null)
    {
        foreach (var officer in officers.Where(officer => officer != by))
        {
            Db.Notices.Add(new Notice
            {
                OfficerId = officer,
                Kind = kind,
                At = Now,
                By = by,
                ReportId = report.Id,
                TrackingCode = report.TrackingCode,
                Log = log,
                OtherLog = otherLog,
            });
            _told.Add(officer);
        }
    }

    /// <summary>What they were told about that report is settled: it is taken back from whoever has not read it.</summary>
    public void TakeBack(NoticeKind kind, Guid report)
    {
        foreach (var notice in Db.Notices.Where(notice => notice.ReportId == report && notice.Kind == kind && notice.ReadAt == null).ToList())
        {
            notice.ReadAt = Now;
            _told.Add(notice.OfficerId);
        }
    }

    /// <summary>Whom this unit told something, or took it back from.</summary>
    public IReadOnlyCollection<Guid> Told => _told;

    /// <summary>The officers who serve at that log now.</summary>
    public IReadOnlyList<Guid> OnDuty(string log)
        => Db.Duties.AsNoTracking().Where(duty => duty.Log == log && duty.From <= Now && (duty.Until == null || duty.Until > Now))
            .Select(duty => duty.OfficerId).Distinct().ToList();

    /// <summary>Appends to the report's log. The number is taken here, in the unit, so that a unit that fails leaves no gap.</summary>
    public long Append(Report report, EntryKind kind) => Append(report.Log, report, kind);

    private long Append(string log, Report report, EntryKind kind)
    {
        var number = Db.Database
            .SqlQuery<long>($"UPDATE StationLogs SET LastNumber = LastNumber + 1 WHERE Code = {log} RETURNING LastNumber AS Value")
            .AsEnumerable()
            .Single();
        Db.StationEntries.Add(new StationEntry(log, number, report.Id, report.Version, kind, Now));
        return number;
    }
}
