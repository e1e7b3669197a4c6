using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Signs an officer in with e-mail and password and opens a session. Says only yes or no: why not is nobody's business but
/// the officer's, and an account that is not there takes as long to refuse as one that is.
/// </summary>
internal sealed class SignIn(SignInManager<Account> manager, IPasswordHasher<Account> hasher, EndSessions end, Writer writer)
{
    private static readonly Account _nobody = new();
    private static string? _nobodysHash;

    public async Task<bool> Run(HttpContext http, string email, string password)
    {
        // The user name is the e-mail.
        if (await manager.UserManager.FindByNameAsync(email) is not { } account)
        {
            hasher.VerifyHashedPassword(_nobody, _nobodysHash ??= hasher.HashPassword(_nobody, SessionCookie.NewKey()), password);
            return false;
        }

        var result = await manager.CheckPasswordSignInAsync(account, password, lockoutOnFailure: true);
        if (!result.Succeeded || account.LockedAt is not null)
            return false;

        await Open(http, account);
        return true;
    }

    // A new key every time: one that somebody knew before opens nothing after.
    private async Task Open(HttpContext http, Account account)
    {
        if (AccountClaims.SessionOf(http.User) is { } before && AccountClaims.OfficerOf(http.User) is { } officer)
            await end.Own(officer, before);

        var key = SessionCookie.NewKey();
        var label = DeviceLabel.Of(http.Request.Headers.UserAgent);
        await writer.Run(unit =>
        {
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
                EndsAt = unit.Now + OfficerSession.Longest,
            };
            unit.Db.Sessions.Add(session);
            unit.Audit(account.Id, AuditActs.SignedIn, subject: session.Id.ToString());
            return true;
        });
        await SessionCookie.Write(http, key);
    }
}
