using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// A file of a report, for an officer who sees the report now. That it left the store is in the audit before it does: one line
/// an officer, file and hour, because a player asks for one video in many ranges and a page shows its pictures again and again.
/// </summary>
internal sealed class OpenEvidence(
    IDbContextFactory<AlertDavaoDb> contexts, Writer writer, ScopeDirectory scopes, EvidenceStore store, TimeProvider time)
{
    private static readonly TimeSpan OneLineEvery = TimeSpan.FromHours(1);

    /// <param name="toSave">To keep it outside: only a video, for the original of an image stays sealed.</param>
    /// <returns>Null when there is no such file of such a report, when it is not this officer's, and when there is nothing to look at.</returns>
    /// <exception cref="WriterBusy">The audit takes no more; nothing is shown.</exception>
    /// <exception cref="WriteFailed">Nothing is shown.</exception>
    public async Task<OpenedFile?> Run(Guid officer, Guid report, Guid file, bool toSave)
    {
        if (Find(officer, report, file, toSave) is not { } opened)
            return null;

        var subject = file.ToString("N", CultureInfo.InvariantCulture);
        if (!IsAudited(officer, report, subject))
            await Audit(officer, report, subject);
        return opened;
    }

    private OpenedFile? Find(Guid officer, Guid report, Guid file, bool toSave)
    {
        using var db = contexts.CreateDbContext();
        var found = db.Reports.AsNoTracking()
            .Where(r => r.Id == report)
            .SelectMany(r => r.Evidence.Where(e => e.Id == file), (r, evidence) => new { r.Log, r.TrackingCode, Evidence = evidence })
            .SingleOrDefault();
        if (found is null || !scopes.Of(officer).Sees(found.Log)
            || (toSave && !found.Evidence.IsVideo) || store.ToLookAt(found.Evidence) is not { } path)
            return null;

        var (type, ending) = TypeOf(found.Evidence.Kind);
        var name = string.Create(CultureInfo.InvariantCulture, $"{found.TrackingCode}-{found.Evidence.Position + 1}.{ending}");
        return new OpenedFile(path, type, name);
    }

    private bool IsAudited(Guid officer, Guid report, string subject)
    {
        using var db = contexts.CreateDbContext();
        return Lines(db, officer, report, subject, time.GetUtcNow()).Any();
    }

    // Two requests at once come here: the second one finds the first one's line.
    private Task<bool> Audit(Guid officer, Guid report, string subject) => writer.Run(unit =>
    {
        if (!Lines(unit.Db, officer, report, subject, unit.Now).Any())
            unit.Audit(officer, AuditActs.Evidence, report, subject);
        return true;
    });

    private static IQueryable<AuditEntry> Lines(AlertDavaoDb db, Guid officer, Guid report, string subject, DateTimeOffset now)
    {
        var since = now - OneLineEvery;
        return db.Audit.Where(line => line.ReportId == report && line.OfficerId == officer
            && line.Act == AuditActs.Evidence && line.Subject == subject && line.At > since);
    }

    // An image is served as its viewing copy alone, which is a JPEG whatever the original was.
    private static (string Type, string Ending) TypeOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Mp4 => ("video/mp4", "mp4"),
        EvidenceKind.Mov => ("video/quicktime", "mov"),
        EvidenceKind.WebM => ("video/webm", "webm"),
        _ => ("image/jpeg", "jpg"),
    };
}

/// <param name="Path">A file that exists.</param>
/// <param name="Name">To save it under; ours, not the client's.</param>
internal sealed record OpenedFile(string Path, string Type, string Name);
