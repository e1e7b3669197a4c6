using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Codes are no longer asked for; the secret and the recovery codes are gone.</summary>
internal sealed class TurnStepOff(ConfirmPassword confirm, SecondSteps steps, Writer writer)
{
    /// <returns>Why not, in words; null when it is off.</returns>
    public async Task<string?> Run(HttpContext http, string password)
    {
        if (await confirm.Run(http, password) is not { } account)
            return AccountTexts.PasswordWrong;
        if (!steps.MayGiveUpOne(account.Id))
            return AccountTexts.StepRequired;

        await writer.Run(unit =>
        {
            var stored = unit.Db.Users.Single(one => one.Id == account.Id);
            (stored.StepSecret, stored.ConcurrencyStamp) = (null, Account.NewConcurrencyStamp());
            unit.Db.RecoveryCodes.Where(code => code.OfficerId == account.Id).ExecuteDelete();
            unit.Audit(account.Id, AuditActs.StepOff);
            return true;
        });
        return null;
    }
}
