using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>
/// Opens name and phone of who reported, for an officer who serves at the report's station now. That it was opened is on the
/// disk before anything is opened; of an anonymous report there is nothing to open.
/// </summary>
internal sealed class OpenCallBack(Writer writer, ScopeDirectory scopes, ReporterSeal seal)
{
    /// <exception cref="WriterBusy">Nothing was opened.</exception>
    /// <exception cref="WriteFailed">Nothing was opened.</exception>
    public async Task<CallBack> Run(Guid officer, Guid report)
    {
        var scope = scopes.Of(officer);
        var sealedReporter = await writer.Run(unit =>
        {
            var found = unit.Db.Reports.AsNoTracking()
                .Where(r => r.Id == report && !r.IsAnonymous && r.SealedReporter != null)
                .Select(r => new { r.Log, r.SealedReporter })
                .SingleOrDefault();
            if (found is null || !scope.Sees(found.Log))
                return null;

            unit.Audit(officer, AuditActs.CallBack, report);
            return found.SealedReporter;
        });
        if (sealedReporter is null)
            return CallBack.Nobody;

        return seal.TryOpen(sealedReporter, out var reporter) ? new CallBack(CallBackState.Opened, reporter.Name, reporter.Phone) : CallBack.KeyLost;
    }
}

internal enum CallBackState
{
    Opened,

    /// <summary>Not this officer's to open, or nobody is named.</summary>
    Nobody,

    /// <summary>The keys that sealed it are gone.</summary>
    KeyLost,
}

/// <param name="Name">In the reporter's words; null when none was given.</param>
internal sealed record CallBack(CallBackState State, string? Name, string? Phone)
{
    public static readonly CallBack Nobody = new(CallBackState.Nobody, null, null);
    public static readonly CallBack KeyLost = new(CallBackState.KeyLost, null, null);
}
