using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// The transfers of the officer's stations: those that wait for their answer, those they wait for, and the stubs of what has
/// gone. Of a report that stands in another log nothing is read but its tracking code, its severity and its barangay.
/// </summary>
internal sealed class ReadTransfers(IDbContextFactory<AlertDavaoDb> contexts, CityBook city)
{
    /// <summary>Of each kind, the newest.</summary>
    public const int Most = 100;

    public TransferLists Run(BoardScope scope)
    {
        string[] logs = [.. scope.Logs];
        using var db = contexts.CreateDbContext();
        // The city desk sees every log, and every transfer once.
        var waiting = Lines(db, db.Transfers.Where(t => t.State == TransferState.Asked && logs.Contains(t.ToLog)).OrderByDescending(t => t.AskedAt));
        var asked = Lines(db, db.Transfers.Where(t => t.State == TransferState.Asked && logs.Contains(t.FromLog) && !logs.Contains(t.ToLog)).OrderByDescending(t => t.AskedAt));
        var gone = Lines(db, db.Transfers
            .Where(t => (t.State == TransferState.Accepted || t.State == TransferState.Refused) && logs.Contains(t.FromLog))
            .OrderByDescending(t => t.DecidedAt));
        return new TransferLists(waiting, asked, gone);
    }

    /// <summary>Those that wait for one station's answer; none for a station that the scope does not see.</summary>
    public IReadOnlyList<TransferItem> WaitingAt(BoardScope scope, string station)
    {
        if (!scope.Sees(station))
            return [];
        using var db = contexts.CreateDbContext();
        return Lines(db, db.Transfers.Where(t => t.State == TransferState.Asked && t.ToLog == station).OrderByDescending(t => t.AskedAt));
    }

    private List<TransferItem> Lines(AlertDavaoDb db, IQueryable<Transfer> transfers)
        => [.. transfers.AsNoTracking().Take(Most)
            .Join(db.Reports.AsNoTracking(), t => t.ReportId, r => r.Id, (t, r) => new
            {
                Transfer = t,
                r.TrackingCode,
                r.Severity,
                r.BarangayPsgc,
                AskedBy = db.Officers.Where(o => o.Id == t.AskedBy).Select(o => o.Name).FirstOrDefault(),
            })
            .AsEnumerable()
            .Select(line => new TransferItem(
                line.Transfer,
                line.TrackingCode,
                line.Severity,
                line.BarangayPsgc is { } psgc && city.Barangays.TryGetValue(psgc, out var barangay) ? barangay.Name : null,
                line.AskedBy))];
}

/// <param name="Waiting">For an answer of the officer's stations.</param>
/// <param name="Asked">By them, and not answered.</param>
/// <param name="Decided">Gone from them, or refused to them.</param>
internal sealed record TransferLists(IReadOnlyList<TransferItem> Waiting, IReadOnlyList<TransferItem> Asked, IReadOnlyList<TransferItem> Decided);

/// <param name="AskedBy">The name of who asked; null for one who is gone.</param>
internal sealed record TransferItem(Transfer Transfer, string TrackingCode, Severity Severity, string? Barangay, string? AskedBy);
