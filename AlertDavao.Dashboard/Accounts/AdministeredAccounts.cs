using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Which accounts an officer administers now: the city desk all, a station's admin those who serve at the station. Whom one
/// does not administer is as good as not there.
/// </summary>
internal sealed class AdministeredAccounts(IDbContextFactory<AlertDavaoDb> contexts, ScopeDirectory scopes, TimeProvider time)
{
    public bool IsAny(Guid actor) => StationsOf(scopes.Of(actor)).Count > 0;

    public bool IsCityDesk(Guid actor) => scopes.Of(actor).IsCityDesk;

    public bool Includes(Guid actor, Guid officer)
    {
        using var db = contexts.CreateDbContext();
        return Of(db, scopes.Of(actor)).Any(account => account.Id == officer);
    }

    /// <summary>By name, with where each is signed in now.</summary>
    public IReadOnlyList<AdministeredAccount> List(Guid actor)
    {
        using var db = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        var duties = db.Duties.AsNoTracking().Where(duty => duty.From <= now && (duty.Until == null || duty.Until > now)).ToLookup(duty => duty.OfficerId);
        return [.. Of(db, scopes.Of(actor))
            .Join(db.Officers, account => account.Id, officer => officer.Id, (account, officer) => new AdministeredAccount(
                account.Id,
                officer.Name,
                account.Email ?? "",
                account.LockedAt,
                db.Sessions.Count(session => session.OfficerId == account.Id && session.EndedAt == null && session.EndsAt > now))
            {
                IsInvited = account.PasswordHash == null,
            })
            .AsEnumerable()
            .Select(account => account with { Duties = [.. duties[account.Id].OrderBy(duty => duty.Log, LogCode.Order)] })
            .OrderBy(account => account.Name, StringComparer.CurrentCulture).ThenBy(account => account.Email, StringComparer.Ordinal)];
    }

    private static List<string> StationsOf(BoardScope scope) => [.. scope.Logs.Where(log => scope.RoleAt(log) >= DutyRole.StationAdmin)];

    private IQueryable<Account> Of(AlertDavaoDb db, BoardScope scope)
    {
        if (scope.IsCityDesk)
            return db.Users.AsNoTracking();

        var stations = StationsOf(scope);
        var now = time.GetUtcNow();
        return db.Users.AsNoTracking().Where(account => db.Duties.Any(duty
            => duty.OfficerId == account.Id && stations.Contains(duty.Log) && duty.From <= now && (duty.Until == null || duty.Until > now)));
    }
}

/// <param name="Sessions">Where the officer is signed in now.</param>
internal sealed record AdministeredAccount(Guid Id, string Name, string Email, DateTimeOffset? LockedAt, int Sessions)
{
    /// <summary>In force now.</summary>
    public IReadOnlyList<Domain.Officers.Duty> Duties { get; init; } = [];

    /// <summary>Invited, and has set no password yet.</summary>
    public bool IsInvited { get; init; }
}
