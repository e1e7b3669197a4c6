using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// Each entry of the audit carries a hash of itself and of the one before: who changes, adds or removes one inside would have
/// to write all that came after anew. It does not tell when the newest are missing: note the head down elsewhere.
/// </summary>
internal static class AuditChain
{
    /// <summary>The hash of an entry that follows one with <paramref name="previous"/>; empty for the first.</summary>
    public static byte[] Next(byte[] previous, AuditEntry entry)
    {
        // What is free text stands last, so that no two entries read the same.
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.At.ToUnixTimeMilliseconds()}|{entry.OfficerId:N}|{entry.Act}|{entry.ReportId:N}|{(entry.Subject is null ? "" : ":")}{entry.Subject}");
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
    }
}
