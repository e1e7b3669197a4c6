using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// From now on a code of this authenticator app is asked for. The one code that proves that the app has the secret is used
/// up by it.
/// </summary>
internal sealed class TurnStepOn(ConfirmPassword confirm, StepCodes codes, OpenSession open, Writer writer)
{
    /// <param name="pending">The sealed secret, as the page was given it.</param>
    /// <returns>The recovery codes, which are readable this once; or why not, in words.</returns>
    public async Task<RecoveryCodesMade> Run(HttpContext http, string pending, string code, string password)
    {
        if (AccountClaims.HolderOf(http.User) is not { } holder || codes.OpenPending(pending, holder.Officer) is not { } secret)
            return RecoveryCodesMade.Not(AccountTexts.StepExpired);
        if (codes.StepOfPlain(secret, code) is not { } step)
            return RecoveryCodesMade.Not(AccountTexts.StepCodeWrong);
        if (await confirm.Run(http, password) is not { } account)
            return RecoveryCodesMade.Not(AccountTexts.PasswordWrong);
        // Another tab was faster.
        if (account.StepSecret is not null)
            return RecoveryCodesMade.Not(AccountTexts.StepExpired);

        var made = StepCodes.NewRecoveryCodes();
        void TurnOn(WriteUnit unit)
        {
            var stored = unit.Db.Users.Single(one => one.Id == account.Id);
            (stored.StepSecret, stored.LastStep, stored.ConcurrencyStamp) = (codes.Seal(secret), step, Account.NewConcurrencyStamp());
            RecoveryCodesMade.Store(unit, account.Id, made);
            unit.Audit(account.Id, AuditActs.StepOn);
        }

        // The session that could do nothing else gives way to a full one.
        if (holder.SetsUp)
            await open.Run(http, account, AuditActs.SignedInWithCode, TurnOn);
        else
            await writer.Run(unit =>
            {
                TurnOn(unit);
                return true;
            });
        return new RecoveryCodesMade(made, null);
    }
}

/// <param name="Codes">Readable this once: only their hashes are stored.</param>
/// <param name="Fault">Why there are none, in words.</param>
internal sealed record RecoveryCodesMade(IReadOnlyList<string> Codes, string? Fault)
{
    public static RecoveryCodesMade Not(string fault) => new([], fault);

    /// <summary>In place of those of before.</summary>
    public static void Store(WriteUnit unit, Guid officer, IReadOnlyList<string> codes)
    {
        unit.Db.RecoveryCodes.Where(code => code.OfficerId == officer).ExecuteDelete();
        unit.Db.RecoveryCodes.AddRange(codes.Select(code
            => new RecoveryCode { Id = Guid.CreateVersion7(unit.Now), OfficerId = officer, Hash = StepCodes.HashOf(code) }));
    }
}
