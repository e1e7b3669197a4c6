using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>What came to the officer's stations between their session before this one and now, and what of it still waits.</summary>
internal sealed class SinceLastHere(IDbContextFactory<AlertDavaoDb> contexts, ScopeDirectory scopes)
{
    /// <summary>Counted up to; beyond it there are that many or more.</summary>
    public const int Most = 1000;

    /// <returns>Null for an officer's first session, and for one without a duty.</returns>
    public Absence? Run(Guid officer, Guid session)
    {
        var scope = scopes.Of(officer);
        if (scope.IsEmpty)
            return null;

        using var db = contexts.CreateDbContext();
        var own = db.Sessions.AsNoTracking().Where(s => s.Id == session && s.OfficerId == officer).Select(s => (DateTimeOffset?)s.OpenedAt).SingleOrDefault();
        var before = db.Sessions.AsNoTracking().Where(s => s.OfficerId == officer && s.Id != session && s.OpenedAt < own).Max(s => (DateTimeOffset?)s.LastSeenAt);
        if (own is not { } opened || before is not { } since)
            return null;

        string[] logs = [.. scope.Logs];
        var arrived = db.Reports.Where(r => logs.Contains(r.Log) && r.ReceivedAt > since);
        return new Absence(opened, since, arrived.Take(Most).Count(), arrived.Where(r => r.Status == ReportStatus.Received).Take(Most).Count());
    }

    /// <summary><c>GET /api/since</c>; 204 where there is nothing to say.</summary>
    public static IResult Answer(HttpContext http, SinceLastHere reader)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (AccountClaims.OfficerOf(http.User) is not { } officer || AccountClaims.SessionOf(http.User) is not { } session || reader.Run(officer, session) is not { } absence)
            return Results.NoContent();

        return Results.Json(new
        {
            session_opened_at = absence.Opened.UtcDateTime,
            since = absence.Since.UtcDateTime,
            arrived = absence.Arrived,
            unacknowledged = absence.Unacknowledged,
            counted_up_to = Most,
        });
    }
}

/// <param name="Opened">When this session began.</param>
/// <param name="Since">When the officer was last seen in another one.</param>
internal sealed record Absence(DateTimeOffset Opened, DateTimeOffset Since, int Arrived, int Unacknowledged);
