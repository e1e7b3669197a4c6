using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>New recovery codes in place of those of before.</summary>
internal sealed class MakeRecoveryCodes(ConfirmPassword confirm, Writer writer)
{
    public async Task<RecoveryCodesMade> Run(HttpContext http, string password)
    {
        if (await confirm.Run(http, password) is not { StepSecret: not null } account)
            return RecoveryCodesMade.Not(AccountTexts.PasswordWrong);

        var made = StepCodes.NewRecoveryCodes();
        await writer.Run(unit =>
        {
            RecoveryCodesMade.Store(unit, account.Id, made);
            unit.Audit(account.Id, AuditActs.RecoveryCodesMade);
            return true;
        });
        return new RecoveryCodesMade(made, null);
    }
}
