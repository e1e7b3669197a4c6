using System.Collections.Concurrent;
using System.Collections.Immutable;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>What each officer was told in person and has not read yet; in memory for those who have a screen.</summary>
internal sealed class OfficerNotices(IDbContextFactory<AlertDavaoDb> contexts, LiveBus bus)
{
    /// <summary>Listed at once; older ones follow when these are read.</summary>
    public const int Most = 20;

    private readonly ConcurrentDictionary<Guid, Lazy<ImmutableArray<OfficerNotice>>> _unread = new();

    /// <summary>Newest first; the same array as long as nothing changed.</summary>
    public ImmutableArray<OfficerNotice> Of(Guid officer)
    {
        var known = _unread.GetOrAdd(officer, id => new Lazy<ImmutableArray<OfficerNotice>>(() => Read(id)));
        try
        {
            return known.Value;
        }
        catch
        {
            // A database that was away for a moment is asked again.
            _unread.TryRemove(new(officer, known));
            throw;
        }
    }

    /// <summary>The officer has something new to read, or has read it: their screens draw it.</summary>
    public void Told(Guid officer)
    {
        _unread.TryRemove(officer, out _);
        bus.Ring(officer);
    }

    private ImmutableArray<OfficerNotice> Read(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        var unread = db.Notices.AsNoTracking()
            .Where(notice => notice.OfficerId == officer && notice.ReadAt == null)
            .OrderByDescending(notice => notice.Id)
            .Take(Most)
            .Select(notice => new OfficerNotice(notice, db.Officers.Where(o => o.Id == notice.By).Select(o => o.Name).FirstOrDefault()))
            .ToImmutableArray();
        // Nothing is the same nothing for every screen.
        return unread.IsEmpty ? ImmutableArray<OfficerNotice>.Empty : unread;
    }
}

/// <param name="By">The name of who did it; null for one who is gone.</param>
internal sealed record OfficerNotice(Notice Notice, string? By)
{
    /// <summary>In plain words.</summary>
    public string Words => Notice.Kind switch
    {
        NoticeKind.TakenOver => Say(ReportTexts.NoticeTakenOver),
        NoticeKind.ClaimBroken => Say(ReportTexts.NoticeClaimBroken),
        NoticeKind.TransferAsked => Say(ReportTexts.NoticeTransferAsked),
        NoticeKind.TransferAccepted => Say(ReportTexts.NoticeTransferAccepted),
        NoticeKind.TransferRefused => Say(ReportTexts.NoticeTransferRefused),
        NoticeKind.Assigned => Say(ReportTexts.NoticeAssigned),
        _ => Say(ReportTexts.NoticeMovedAway),
    };

    private string Say(string text) => ReportWords.Format(text, By ?? ReportTexts.Somebody, Notice.TrackingCode, Notice.Log, Notice.OtherLog);
}
