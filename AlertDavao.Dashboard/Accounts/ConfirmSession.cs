using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>An officer says again, with the password or a passkey, who sits at a session's screens. Who guesses ends the session.</summary>
internal sealed class ConfirmSession(
    ConfirmPassword password, SignInWithPasskey passkeys, RenewSession renew, SessionDirectory sessions, Writer writer, EndSessions end)
{
    /// <summary>Wrong answers of one session, one after the other, that end it.</summary>
    public const int MaxWrong = 5;

    /// <param name="answer">The password, or what the passkey's device answered.</param>
    /// <returns>Whether it is open now.</returns>
    public async Task<bool> Run(HttpContext http, string answer, bool isPasskey)
    {
        if (AccountClaims.OfficerOf(http.User) is not { } officer || AccountClaims.SessionOf(http.User) is not { } session)
            return false;
        if (isPasskey)
        {
            if (await passkeys.Verify(http, answer) is { } given && given.Officer == officer && await Renewed(officer, session, given.Count))
                return true;
        }
        else if (await password.Run(http, answer) is not null && await renew.Run(officer, session))
        {
            return true;
        }

        await Refuse(officer, session);
        return false;
    }

    private async Task<bool> Renewed(Guid officer, Guid session, Action<WriteUnit> count)
    {
        try
        {
            return await renew.Run(officer, session, count);
        }
        catch (PasskeyGone)
        {
            return false;
        }
    }

    private async Task Refuse(Guid officer, Guid session)
    {
        await writer.Run(unit =>
        {
            unit.Audit(officer, AuditActs.SessionNotConfirmed, subject: session.ToString());
            return true;
        });
        if (sessions.CountWrong(session) >= MaxWrong)
            await end.Own(officer, session);
    }
}
