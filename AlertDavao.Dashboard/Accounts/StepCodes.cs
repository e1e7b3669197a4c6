using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// The arithmetic of the second step: the authenticator app's secret, sealed at rest, and its codes (RFC 6238, six digits,
/// thirty seconds), and recovery codes.
/// </summary>
internal sealed class StepCodes(IDataProtectionProvider protection, TimeProvider time)
{
    public const int RecoveryCodes = 10;

    /// <summary>Characters of anything that is taken for a code, at most.</summary>
    public const int MaxLength = 64;

    private const string Issuer = "AlertDavao";
    private const int SecretBytes = 20;

    // Of 32 letters and digits: 80 bits, beyond guessing, so that a plain hash is enough to store them.
    private const int RecoveryBytes = 10;
    private const int GroupLength = 4;

    // The code of now and its neighbours: an app's clock may be half a minute off.
    private static readonly VerificationWindow _window = new(previous: 1, future: 1);

    private static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("AlertDavao.SecondStep.v1");
    private readonly IDataProtector _pending = protection.CreateProtector("AlertDavao.SecondStep.Pending.v1");

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The secret as an officer types it into an app.</summary>
    public static string InWords(byte[] secret) => Grouped(Base32Encoding.ToString(secret).TrimEnd('='));

    /// <summary>What an app reads from the picture.</summary>
    public static string Address(byte[] secret, string email) => new OtpUri(OtpType.Totp, secret, email, Issuer).ToString();

    public static IReadOnlyList<string> NewRecoveryCodes()
        => [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Grouped(Base32Encoding.ToString(RandomNumberGenerator.GetBytes(RecoveryBytes))))];

    /// <summary>As stored; however the officer typed it.</summary>
    public static byte[] HashOf(string recoveryCode) => SHA256.HashData(Encoding.UTF8.GetBytes(Bare(recoveryCode).ToUpperInvariant()));

    /// <summary>Whether it has the form of an app's code; anything else may be a recovery code.</summary>
    public static bool IsOfApp(string code) => Bare(code) is { Length: 6 } bare && bare.All(char.IsAsciiDigit);

    public byte[] Seal(byte[] secret) => _protector.Protect(secret);

    /// <returns>The time step that the code is of; null when it is of none near now, or the key that sealed the secret is gone.</returns>
    public long? StepOf(byte[] sealedSecret, string code)
    {
        try
        {
            return StepOfPlain(_protector.Unprotect(sealedSecret), code);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="StepOf"/>
    public long? StepOfPlain(byte[] secret, string code)
        => new Totp(secret).VerifyTotp(time.GetUtcNow().UtcDateTime, Bare(code), out var step, _window) ? step : null;

    /// <summary>A secret that is not in use yet, for the page that shows it to hold: nobody else's, and not for long.</summary>
    public string SealPending(byte[] secret, Guid officer)
        => _pending.Protect($"{officer} {(time.GetUtcNow() + PendingFor).ToUnixTimeMilliseconds()} {Convert.ToHexString(secret)}");

    /// <returns>Null when it is not the officer's, or its time is over.</returns>
    public byte[]? OpenPending(string pending, Guid officer)
    {
        try
        {
            return _pending.Unprotect(pending).Split(' ') is [var owner, var until, var secret] && owner == officer.ToString()
                && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeMilliseconds()
                ? Convert.FromHexString(secret)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Bare(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit));

    private static string Grouped(string text) => string.Join('-', text.Chunk(GroupLength).Select(group => new string(group)));
}
