using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>What an officer signs in with. Its id is the officer's id; names and duties are the officer's.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>Locked by somebody who may; nothing opens it but being unlocked. Wrong passwords lock for minutes, elsewhere.</summary>
    public DateTimeOffset? LockedAt { get; set; }
}
