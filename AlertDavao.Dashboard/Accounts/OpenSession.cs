using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Opens a session for an officer who has proved who they are. A new key every time: one that somebody knew before opens
/// nothing after, and the session that the browser had before ends.
/// </summary>
internal sealed class OpenSession(EndSessions end, SignInTries tries, SealedCookies cookies, Writer writer)
{
    /// <param name="act">By which means, one of <see cref="AuditActs"/>.</param>
    /// <param name="also">What belongs to the sign-in and must stand with it or not at all.</param>
    public async Task Run(HttpContext http, Account account, string act, Action<WriteUnit>? also = null)
    {
        if (AccountClaims.HolderOf(http.User) is { } before)
            await end.Own(before.Officer, before.Session);

        var key = SessionCookie.NewKey();
        var label = DeviceLabel.Of(http.Request.Headers.UserAgent);
        var setsUp = act == AuditActs.SignedInToSetUp;
        var browser = tries.BrowserOf(http) ?? SessionCookie.NewKey();
        await writer.Run(unit =>
        {
            also?.Invoke(unit);
            var session = new OfficerSession
            {
                Id = Guid.CreateVersion7(unit.Now),
                OfficerId = account.Id,
                KeyHash = SessionDirectory.Hash(key),
                Stamp = account.SecurityStamp ?? "",
                Label = label,
                OpenedAt = unit.Now,
                LastSeenAt = unit.Now,
                LastInputAt = unit.Now,
                // Who finds the set-up open could set up what is theirs: it is short.
                EndsAt = unit.Now + (setsUp ? OfficerSession.LongestSetUp : OfficerSession.Longest),
                SetsUp = setsUp,
            };
            unit.Db.Sessions.Add(session);
            unit.Audit(account.Id, act, subject: session.Id.ToString());
            if (!setsUp)
                Remember(unit, account.Id, SessionDirectory.Hash(browser));
            return true;
        });
        await SessionCookie.Write(http, key);
        if (!setsUp)
            cookies.Write(http, SealedCookie.Browser, browser);
    }

    private static void Remember(WriteUnit unit, Guid officer, byte[] browser)
    {
        var oldest = unit.Now - SealedCookie.Browser.Life;
        var known = unit.Db.KnownBrowsers.Where(one => one.OfficerId == officer).ToList();
        unit.Db.KnownBrowsers.RemoveRange(known.Where(one => one.SeenAt < oldest));
        if (known.Find(one => one.SeenAt >= oldest && one.KeyHash.AsSpan().SequenceEqual(browser)) is { } same)
            (same.Tries, same.SeenAt) = (0, unit.Now);
        else
            unit.Db.KnownBrowsers.Add(new KnownBrowser { Id = Guid.CreateVersion7(unit.Now), OfficerId = officer, KeyHash = browser, SeenAt = unit.Now });
    }
}
