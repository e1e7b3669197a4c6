using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The tries that an account has before it locks for minutes, and those that each browser has that its officer signed in with
/// before: strangers use up the first, and the officer's own browser still opens. A try is taken before it is looked at, so
/// that a hundred at once are no more than five.
/// </summary>
internal sealed class SignInTries(SealedCookies cookies, Writer writer, IOptions<IdentityOptions> identity)
{
    private readonly LockoutOptions _limits = identity.Value.Lockout;

    /// <summary>The key of the browser, where somebody signed in with it before.</summary>
    public string? BrowserOf(HttpContext http) => cookies.Read(http, SealedCookie.Browser);

    /// <returns>Null when there is none left, or no such account.</returns>
    public Task<Try?> Take(HttpContext http, Guid? officer)
    {
        var browser = BrowserOf(http) is { } key ? SessionDirectory.Hash(key) : null;
        return writer.Run(unit =>
        {
            if (unit.Db.Users.SingleOrDefault(account => account.Id == officer) is not { } account)
                return null;
            if (Known(unit, account.Id, browser) is { } known && known.Tries < _limits.MaxFailedAccessAttempts)
            {
                known.Tries++;
                return new Try(account.Id, browser);
            }

            return TakeFrom(account, unit.Now) ? new Try(account.Id, null) : null;
        });
    }

    /// <summary>It was no wrong one, and was not the whole sign-in either: it is as if it had not been.</summary>
    public Task GiveBack(Try taken) => Settle(taken, tries => Math.Max(0, tries - 1));

    /// <summary>It was the right one: the count begins anew.</summary>
    public Task Clear(Try taken) => Settle(taken, _ => 0);

    private static KnownBrowser? Known(WriteUnit unit, Guid officer, byte[]? browser)
        => browser is null ? null : unit.Db.KnownBrowsers.SingleOrDefault(known => known.OfficerId == officer && known.KeyHash == browser);

    private bool TakeFrom(Account account, DateTimeOffset now)
    {
        if (account.LockoutEnd > now)
            return false;

        account.AccessFailedCount = account.AccessFailedCount >= _limits.MaxFailedAccessAttempts ? 1 : account.AccessFailedCount + 1;
        account.LockoutEnd = account.AccessFailedCount >= _limits.MaxFailedAccessAttempts ? now + _limits.DefaultLockoutTimeSpan : null;
        account.ConcurrencyStamp = Account.NewConcurrencyStamp();
        return true;
    }

    private Task<bool> Settle(Try taken, Func<int, int> left) => writer.Run(unit =>
    {
        if (Known(unit, taken.Officer, taken.Browser) is { } known)
            known.Tries = left(known.Tries);
        else if (taken.Browser is null && unit.Db.Users.SingleOrDefault(account => account.Id == taken.Officer) is { } account)
            (account.AccessFailedCount, account.LockoutEnd, account.ConcurrencyStamp) = (left(account.AccessFailedCount), null, Account.NewConcurrencyStamp());
        return true;
    });
}

/// <param name="Browser">Hash of the key of the known browser whose try it is; null for one of the account's.</param>
internal sealed record Try(Guid Officer, byte[]? Browser);
