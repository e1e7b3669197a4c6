using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Gives a device of the officer a token. The secret is told once, here; what is stored does not open anything.</summary>
internal sealed class IssueDevice(Writer writer)
{
    public static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private const int SecretBytes = 32;

    /// <param name="ends">Whether it is over after a <see cref="Year"/>; else it stands until it is revoked.</param>
    public async Task<IssuedDevice> Run(Guid officer, string label, bool ends)
    {
        if (!PlainText.TryNormaliseLine(label, out var name) || name.Length is 0 or > DeviceToken.MaxLabel)
            return IssuedDevice.Refused(DeviceTexts.LabelInvalid);

        var secret = DeviceTokens.Prefix + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        var isIssued = await writer.Run(unit =>
        {
            var now = unit.Now;
            var live = unit.Db.DeviceTokens.Count(token
                => token.OfficerId == officer && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now));
            if (live >= DeviceToken.MostLive)
                return false;

            var token = new DeviceToken
            {
                Id = Guid.CreateVersion7(now),
                OfficerId = officer,
                Label = name,
                SecretHash = DeviceDirectory.Hash(secret),
                CreatedAt = now,
                ExpiresAt = ends ? now + Year : null,
            };
            unit.Db.DeviceTokens.Add(token);
            unit.Audit(officer, AuditActs.DeviceIssued, subject: token.Id.ToString());
            return true;
        });
        return isIssued ? new IssuedDevice(secret, null) : IssuedDevice.Refused(DeviceTexts.TooMany);
    }
}

/// <param name="Secret">Null when none was given.</param>
/// <param name="Fault">Why not, in words.</param>
internal sealed record IssuedDevice(string? Secret, string? Fault)
{
    public static IssuedDevice Refused(string why) => new(null, why);

    // Its text must not find its way into a log.
    public override string ToString() => Fault ?? nameof(IssuedDevice);
}
