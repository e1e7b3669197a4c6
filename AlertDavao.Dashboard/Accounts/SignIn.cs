using System.Globalization;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Signs an officer in with e-mail and password, as far as those go. To a stranger it says only yes or no: why not is
/// nobody's business but the officer's, and an account that is not there takes as long to refuse as one that is.
/// </summary>
internal sealed class SignIn(UserManager<Account> users, SignInTries tries, SecondSteps steps, SealedCookies cookies, OpenSession open)
{
    private static readonly Account _nobody = new();
    private static string? _nobodysHash;

    public async Task<SignInAnswer> Run(HttpContext http, string email, string password)
    {
        // The user name is the e-mail.
        var account = await users.FindByNameAsync(email);
        var taken = await tries.Take(http, account?.Id);
        // One hash, whoever asks and whatever stands in the way.
        var isRight = await IsRight(account, password);
        if (account is null || taken is null || !isRight || account.LockedAt is not null)
            return SignInAnswer.Refused;

        var state = steps.Of(account.Id);
        if (state.HasApp)
        {
            await tries.GiveBack(taken);
            cookies.Write(http, SealedCookie.Step, StepTicket.For(account));
            return SignInAnswer.AsksForCode;
        }

        var isRequired = steps.IsRequired(account.Id);
        if (isRequired && state.Passkeys > 0)
        {
            await tries.GiveBack(taken);
            return SignInAnswer.AsksForPasskey;
        }

        await tries.Clear(taken);
        await open.Run(http, account, isRequired ? AuditActs.SignedInToSetUp : AuditActs.SignedIn);
        return isRequired ? SignInAnswer.SetsUp : SignInAnswer.In;
    }

    private Task<bool> IsRight(Account? account, string password)
    {
        if (account is not null)
            return users.CheckPasswordAsync(account, password);
        users.PasswordHasher.VerifyHashedPassword(_nobody, _nobodysHash ??= users.PasswordHasher.HashPassword(_nobody, SessionCookie.NewKey()), password);
        return Task.FromResult(false);
    }
}

/// <summary>How a sign-in with a password went.</summary>
internal enum SignInAnswer
{
    Refused,
    In,

    /// <summary>The authenticator app's code is still to come.</summary>
    AsksForCode,

    /// <summary>A password alone is not enough for this account, and its passkey is the only other thing.</summary>
    AsksForPasskey,

    /// <summary>In, to set up a second step and for nothing else.</summary>
    SetsUp,
}

/// <summary>Says whose password was right: the officer and the account's stamp, so that another password makes it void.</summary>
internal static class StepTicket
{
    public static string For(Account account) => string.Create(CultureInfo.InvariantCulture, $"{account.Id} {account.SecurityStamp}");

    public static Guid? OfficerOf(string? ticket) => Guid.TryParse(ticket?.Split(' ')[0], out var officer) ? officer : null;
}
