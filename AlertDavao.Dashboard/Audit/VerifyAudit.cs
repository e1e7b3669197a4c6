using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Audit;

/// <summary>Reads the whole audit and says whether its chain holds.</summary>
internal sealed class VerifyAudit(IDbContextFactory<AlertDavaoDb> contexts)
{
    public AuditVerdict Run()
    {
        using var db = contexts.CreateDbContext();
        var (count, before, head) = (0L, 0L, Array.Empty<byte>());
        foreach (var entry in db.Audit.AsNoTracking().OrderBy(entry => entry.Id).AsEnumerable())
        {
            count++;
            // Written by versions that had no chain; only the first ones may be.
            if (entry.Hash.Length == 0 && head.Length == 0)
            {
                before++;
                continue;
            }

            var expected = AuditChain.Next(head, entry);
            if (!expected.AsSpan().SequenceEqual(entry.Hash))
                return new AuditVerdict(count, before, head, entry.Id);
            head = expected;
        }

        return new AuditVerdict(count, before, head, null);
    }
}

/// <param name="Count">Entries that were read.</param>
/// <param name="BeforeChain">The oldest of them, which carry no hash.</param>
/// <param name="Head">The hash of the last entry that fits; empty when there is none.</param>
/// <param name="BrokenAt">The first entry that does not fit the ones before; null when all do.</param>
internal sealed record AuditVerdict(long Count, long BeforeChain, byte[] Head, long? BrokenAt)
{
    public bool Holds => BrokenAt is null;
}
