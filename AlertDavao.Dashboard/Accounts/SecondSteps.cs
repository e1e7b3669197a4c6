using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>What an account proves itself with besides the password, and whether it must.</summary>
internal sealed class SecondSteps(IDbContextFactory<AlertDavaoDb> contexts, AdministeredAccounts administered, SecondStepOptions options)
{
    /// <summary>Who administers others must have one; in the demo nobody must.</summary>
    public bool IsRequired(Guid officer) => options.IsRequired && administered.IsAny(officer);

    public SecondStepState Of(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        return new SecondStepState(
            db.Users.Any(account => account.Id == officer && account.StepSecret != null),
            db.UserPasskeys.Count(passkey => passkey.UserId == officer),
            db.RecoveryCodes.Count(code => code.OfficerId == officer && code.UsedAt == null));
    }

    /// <summary>How an authenticator app calls the account: by its e-mail.</summary>
    public string NameInApp(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        return db.Users.Where(account => account.Id == officer).Select(account => account.Email).SingleOrDefault() ?? "";
    }

    /// <summary>Whether the officer may give up one of those: who must have one keeps the last.</summary>
    public bool MayGiveUpOne(Guid officer)
    {
        var state = Of(officer);
        return !IsRequired(officer) || state.Passkeys + (state.HasApp ? 1 : 0) > 1;
    }
}

/// <param name="HasApp">Codes of an authenticator app are asked for.</param>
/// <param name="RecoveryCodes">How many are left.</param>
internal sealed record SecondStepState(bool HasApp, int Passkeys, int RecoveryCodes);

internal sealed record SecondStepOptions(bool IsRequired);
