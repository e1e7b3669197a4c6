using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Every device token in use, in memory, as the database says it; the devices' <see cref="SessionDirectory"/>. A delivery
/// asks <see cref="IsLive"/>, which reads nothing. What a sweep could not confirm in time is not live.
/// </summary>
internal sealed class DeviceDirectory(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Known> _byId = new();
    private readonly ConcurrentDictionary<string, Known> _byHash = new(StringComparer.Ordinal);

    // Counts the calls of Forget: what was read before one of them may be void.
    private int _forgotten;

    /// <summary>SHA-256 of a token's secret, as it is stored.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>The officer behind a token, as claims: the token's id stands where a session's would. Null when it opens nothing (any more).</summary>
    public ClaimsPrincipal? Find(string secret)
    {
        var hash = Convert.ToHexString(Hash(secret));
        var known = _byHash.TryGetValue(hash, out var held) && IsGood(held) ? held : Read(hash);
        if (known is null)
            return null;

        known.See(time.GetUtcNow());
        return known.User;
    }

    /// <summary>Whether the token stands now; in memory, for every delivery.</summary>
    public bool IsLive(Guid token) => _byId.TryGetValue(token, out var known) && IsGood(known);

    /// <summary>The device is still there: an open feed is used though it asks nothing.</summary>
    public void See(Guid token)
    {
        if (_byId.TryGetValue(token, out var known))
            known.See(time.GetUtcNow());
    }

    /// <summary>The token was revoked: it is dead from this call on.</summary>
    public void Forget(Guid token)
    {
        Interlocked.Increment(ref _forgotten);
        if (_byId.TryRemove(token, out var known))
            _byHash.TryRemove(new(known.Hash, known));
    }

    /// <summary>Compares every token in memory with the database.</summary>
    /// <returns>The tokens that are over.</returns>
    public IReadOnlyList<Guid> Sweep()
    {
        // Those of before the question alone: one that is used first meanwhile is not in the answer, and is not over.
        var asked = _byId.ToArray();
        if (asked.Length == 0)
            return [];
        HashSet<Guid> standing;
        using (var db = contexts.CreateDbContext())
            standing = [.. Standing(db).Select(token => token.Id)];

        var over = new List<Guid>();
        foreach (var (token, known) in asked)
        {
            if (standing.Contains(token))
            {
                known.ConfirmedAt = time.GetTimestamp();
                continue;
            }

            Forget(token);
            over.Add(token);
        }

        return over;
    }

    /// <summary>Tokens that were used since they were last asked for here, and when.</summary>
    public IReadOnlyList<(Guid Token, DateTimeOffset At)> TakeSeen()
    {
        var seen = new List<(Guid, DateTimeOffset)>();
        foreach (var (token, known) in _byId)
        {
            if (known.TakeSeen() is { } at)
                seen.Add((token, at));
        }

        return seen;
    }

    private bool IsGood(Known known)
        => (known.ExpiresAt is not { } end || time.GetUtcNow() < end) && time.GetElapsedTime(known.ConfirmedAt) < SessionDirectory.Trust;

    private Known? Read(string hash)
    {
        while (true)
        {
            var before = Volatile.Read(ref _forgotten);
            if (ReadDatabase(hash) is not { } read)
                return null;

            _byId[read.Token] = read;
            _byHash[hash] = read;
            if (before == Volatile.Read(ref _forgotten))
                return read;
            _byId.TryRemove(new(read.Token, read));
            _byHash.TryRemove(new(hash, read));
        }
    }

    private Known? ReadDatabase(string hash)
    {
        using var db = contexts.CreateDbContext();
        var secret = Convert.FromHexString(hash);
        if (Standing(db).SingleOrDefault(token => token.SecretHash == secret) is not { } token)
            return null;

        var account = db.Users.AsNoTracking().Single(user => user.Id == token.OfficerId);
        var name = db.Officers.AsNoTracking().Where(officer => officer.Id == account.Id).Select(officer => officer.Name).SingleOrDefault();
        return new Known(token.Id, hash, AccountClaims.Of(account, token.Id, name), token.ExpiresAt) { ConfirmedAt = time.GetTimestamp() };
    }

    // Also over: the one of an account that was locked.
    private IQueryable<DeviceToken> Standing(AlertDavaoDb db)
    {
        var now = time.GetUtcNow();
        return db.DeviceTokens.AsNoTracking()
            .Where(token => token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now))
            .Where(token => db.Users.Any(account => account.Id == token.OfficerId && account.LockedAt == null));
    }

    private sealed class Known(Guid token, string hash, ClaimsPrincipal user, DateTimeOffset? expiresAt)
    {
        private long _seen;

        public Guid Token => token;

        public string Hash => hash;

        public ClaimsPrincipal User => user;

        public DateTimeOffset? ExpiresAt => expiresAt;

        public long ConfirmedAt { get; set; }

        public void See(DateTimeOffset now) => Volatile.Write(ref _seen, now.ToUnixTimeMilliseconds());

        public DateTimeOffset? TakeSeen()
            => Interlocked.Exchange(ref _seen, 0) is var at and not 0 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
