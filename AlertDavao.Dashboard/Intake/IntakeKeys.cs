using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// Finds the client of an intake key. The table is small and read again after <see cref="Lifetime"/>; whether a key is
/// still good is asked once more inside the transaction that stores its report.
/// </summary>
internal sealed class IntakeKeys(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const string Scheme = "Bearer ";
    private const int MaxKeyLength = 256;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = new();
    private Dictionary<string, IntakeClient> _clients = [];
    private long _readAt;

    /// <summary>The key's client; null when the header names no key of ours that is in force.</summary>
    public IntakeClient? Find(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        var key = authorization[Scheme.Length..].Trim();
        if (key.Length is 0 or > MaxKeyLength || !Clients().TryGetValue(Convert.ToHexString(Hash(key)), out var client))
            return null;
        _used[client.Id] = time.GetUtcNow();
        return client;
    }

    /// <summary>Which keys were used since the last call, and when last.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> TakeUses()
    {
        var uses = new Dictionary<Guid, DateTimeOffset>();
        foreach (var client in _used.Keys)
        {
            if (_used.TryRemove(client, out var at))
                uses[client] = at;
        }

        return uses;
    }

    /// <summary>The next look reads the table anew.</summary>
    public void Forget()
    {
        lock (_lock)
            _readAt = 0;
    }

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private Dictionary<string, IntakeClient> Clients()
    {
        lock (_lock)
        {
            if (_readAt != 0 && time.GetElapsedTime(_readAt) < Lifetime)
                return _clients;

            using var db = contexts.CreateDbContext();
            _clients = db.IntakeClients.AsNoTracking()
                .Where(client => client.RevokedAt == null)
                .ToDictionary(client => Convert.ToHexString(client.KeyHash), StringComparer.Ordinal);
            _readAt = time.GetTimestamp();
            return _clients;
        }
    }
}
