using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Intake;

/// <summary>The city desk gives a program a key. It is told once, here; what is stored does not open anything.</summary>
internal sealed class MakeIntakeKey(Writer writer, ScopeDirectory scopes, IntakeKeys keys)
{
    private const string Prefix = "adk_";
    private const int SecretBytes = 32;

    /// <param name="perMinute">Requests a minute, 1 to <see cref="IntakeClient.MostPerMinute"/>; null for the setting's.</param>
    /// <exception cref="WriterBusy">Nothing was made.</exception>
    /// <exception cref="WriteFailed">Nothing was made.</exception>
    public async Task<MadeKey> Run(Guid actor, string? name, int? perMinute)
    {
        if (!PlainText.TryNormaliseLine(name ?? "", out var known) || known.Length is 0 or > IntakeClient.MaxName)
            return MadeKey.Refused(KeyTexts.NameInvalid);
        if (perMinute is <= 0 or > IntakeClient.MostPerMinute)
            return MadeKey.Refused(KeyTexts.LimitInvalid);

        var key = Prefix + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        var fault = await writer.Run(unit =>
        {
            if (!scopes.Of(actor).IsCityDesk)
                return KeyTexts.NotYours;
            if (unit.Db.IntakeClients.Count(client => client.RevokedAt == null) >= IntakeClient.MostLive)
                return KeyTexts.TooMany;

            var client = new IntakeClient
            {
                Id = Guid.CreateVersion7(unit.Now),
                Name = known,
                KeyHash = IntakeKeys.Hash(key),
                CreatedAt = unit.Now,
                PerMinute = perMinute,
            };
            unit.Db.IntakeClients.Add(client);
            unit.Audit(actor, AuditActs.IntakeKeyMade, subject: client.Id.ToString());
            return null;
        });
        keys.Forget();
        return fault is null ? new MadeKey(key, null) : MadeKey.Refused(fault);
    }
}

/// <param name="Key">Null when none was made.</param>
/// <param name="Fault">Why not, in words.</param>
internal sealed record MadeKey(string? Key, string? Fault)
{
    public static MadeKey Refused(string why) => new(null, why);

    // Its text must not find its way into a log.
    public override string ToString() => Fault ?? nameof(MadeKey);
}
