using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace AlertDavao.Dashboard.Data;

/// <summary>Who reported, in the client's words. Name and phone are null for an anonymous report.</summary>
internal sealed record Reporter(string? Reference, string? Name, string? Phone)
{
    public bool IsNobody => Reference is null && Name is null && Phone is null;
}

/// <summary>
/// Seals a reporter at rest with the product's rotating keys; plain text never reaches the database or a log. The intake
/// seals, the call-back opens.
/// </summary>
internal sealed class ReporterSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("AlertDavao.Reporter.v1");

    public byte[]? Seal(Reporter reporter)
        => reporter.IsNobody ? null : _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(reporter));

    /// <returns>False when the key that sealed it is gone: nobody opens it any more.</returns>
    public bool TryOpen(byte[] sealedReporter, [NotNullWhen(true)] out Reporter? reporter)
    {
        try
        {
            reporter = JsonSerializer.Deserialize<Reporter>(_protector.Unprotect(sealedReporter));
        }
        catch (CryptographicException)
        {
            reporter = null;
        }

        return reporter is not null;
    }
}
