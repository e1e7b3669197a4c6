using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>What an officer signs in with. Its id is the officer's id; names and duties are the officer's.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>Locked by somebody who may; nothing opens it but being unlocked. Wrong passwords lock for minutes, elsewhere.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    /// <summary>The sealed secret of the officer's authenticator app (<see cref="StepCodes"/>); null while there is no second step.</summary>
    public byte[]? StepSecret { get; set; }

    /// <summary>The last time step whose code was taken: no code of it or of one before is taken again.</summary>
    public long LastStep { get; set; }

    /// <summary>Identity writes whole rows: what is written beside it changes the stamp, or a row that Identity read before would undo it.</summary>
    public static string NewConcurrencyStamp() => Guid.NewGuid().ToString();
}
