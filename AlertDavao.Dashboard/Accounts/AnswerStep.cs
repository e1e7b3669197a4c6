using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The second step of a sign-in: a code of the authenticator app, or one that was written down. Each opens once; wrong ones
/// count as wrong passwords do.
/// </summary>
internal sealed class AnswerStep(UserManager<Account> users, SignInTries tries, RedeemCode redeem, SealedCookies cookies, OpenSession open)
{
    public async Task<StepAnswer> Run(HttpContext http, string code)
    {
        var ticket = cookies.Read(http, SealedCookie.Step);
        if (StepTicket.OfficerOf(ticket) is not { } officer || await users.FindByIdAsync(officer.ToString()) is not { LockedAt: null } account
            || StepTicket.For(account) != ticket)
            return StepAnswer.Expired;

        var taken = await tries.Take(http, officer);
        if (await redeem.Run(account, taken is null ? null : code) is not { } act)
            return StepAnswer.Refused;

        await tries.Clear(taken!);
        cookies.Remove(http, SealedCookie.Step);
        await open.Run(http, account, act);
        return StepAnswer.In;
    }

    /// <summary>Whether somebody's password was right a moment ago on this browser.</summary>
    public bool IsAwaited(HttpContext http) => cookies.Read(http, SealedCookie.Step) is not null;
}

internal enum StepAnswer
{
    Refused,
    In,

    /// <summary>The password is too long ago, or another one since.</summary>
    Expired,
}
