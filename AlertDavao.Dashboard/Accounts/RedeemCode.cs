using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Uses up a code: of two who come with the same one, one is refused.</summary>
internal sealed class RedeemCode(StepCodes codes, Writer writer)
{
    /// <param name="code">Null when there is no try left: it is refused as a wrong one is.</param>
    /// <returns>What it is to sign in with it, one of <see cref="AuditActs"/>; null when it opens nothing (any more).</returns>
    public Task<string?> Run(Account account, string? code)
    {
        var officer = account.Id;
        var step = code is not null && StepCodes.IsOfApp(code) && account.StepSecret is { } secret ? codes.StepOf(secret, code) : null;
        var hash = code is null || StepCodes.IsOfApp(code) ? null : StepCodes.HashOf(code);
        return writer.Run(unit =>
        {
            if (step is { } at && IsFirst(unit, officer, at))
                return AuditActs.SignedInWithCode;
            if (hash is not null && IsUnused(unit, officer, hash))
                return AuditActs.SignedInWithRecoveryCode;
            unit.Audit(officer, AuditActs.StepRefused);
            return null;
        });
    }

    private static bool IsFirst(WriteUnit unit, Guid officer, long step)
        => unit.Db.Users.Where(account => account.Id == officer && account.LastStep < step && account.StepSecret != null)
            .ExecuteUpdate(set => set.SetProperty(account => account.LastStep, step)
                .SetProperty(account => account.ConcurrencyStamp, Account.NewConcurrencyStamp())) == 1;

    private static bool IsUnused(WriteUnit unit, Guid officer, byte[] hash)
    {
        DateTimeOffset? now = unit.Now;
        return unit.Db.RecoveryCodes.Where(code => code.OfficerId == officer && code.Hash == hash && code.UsedAt == null)
            .ExecuteUpdate(set => set.SetProperty(code => code.UsedAt, now)) == 1;
    }
}
