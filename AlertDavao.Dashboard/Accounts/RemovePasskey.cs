using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>One of the officer's own passkeys opens nothing any more.</summary>
internal sealed class RemovePasskey(SecondSteps steps, Writer writer)
{
    public async Task<PasskeyRemoval> Run(Guid officer, string id)
    {
        byte[] credential;
        try
        {
            credential = WebEncoders.Base64UrlDecode(id);
        }
        catch (FormatException)
        {
            return PasskeyRemoval.NotFound;
        }

        if (!steps.MayGiveUpOne(officer))
            return PasskeyRemoval.Required;

        return await writer.Run(unit =>
        {
            if (unit.Db.UserPasskeys.SingleOrDefault(passkey => passkey.UserId == officer && passkey.CredentialId == credential) is not { } found)
                return PasskeyRemoval.NotFound;
            unit.Db.UserPasskeys.Remove(found);
            unit.Audit(officer, AuditActs.PasskeyRemoved, subject: AddPasskey.NameInAudit(credential));
            return PasskeyRemoval.Done;
        });
    }
}

internal enum PasskeyRemoval
{
    NotFound,
    Done,

    /// <summary>It is the last thing that the officer, who must have one, has besides the password.</summary>
    Required,
}
