using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>The city desk locks an account, or opens it again. Nobody locks the own one: so one of the city desk always remains.</summary>
internal sealed class LockAccount(AdministeredAccounts administered, Writer writer, EndSessions end)
{
    /// <returns>False when there is no such account for the actor.</returns>
    public async Task<bool> Run(Guid actor, Guid officer, bool locks)
    {
        if (actor == officer || !administered.IsCityDesk(actor))
            return false;

        var found = await writer.Run(unit =>
        {
            if (unit.Db.Users.SingleOrDefault(account => account.Id == officer) is not { } account)
                return false;
            account.LockedAt = locks ? account.LockedAt ?? unit.Now : null;
            account.ConcurrencyStamp = Account.NewConcurrencyStamp();
            unit.Audit(actor, locks ? AuditActs.Locked : AuditActs.Unlocked, subject: officer.ToString());
            return true;
        });
        // Locked first: between the two nobody comes in anew.
        if (found && locks)
            await end.AllOf(actor, officer);
        return found;
    }
}
