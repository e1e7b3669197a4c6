namespace AlertDavao.Dashboard.Accounts;

/// <summary>An admin ends all sessions of an officer.</summary>
internal sealed class EndOthersSessions(AdministeredAccounts administered, EndSessions end)
{
    /// <returns>False when there is no such account for the actor.</returns>
    public async Task<bool> Run(Guid actor, Guid? asking, Guid officer)
    {
        if (!administered.Includes(actor, officer))
            return false;

        await end.AllOf(actor, officer, asking);
        return true;
    }
}
