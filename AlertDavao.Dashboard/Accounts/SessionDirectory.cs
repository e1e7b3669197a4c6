using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Every session in use, in memory, as the database says it. A delivery asks <see cref="IsLive"/>, which reads nothing. What
/// a sweep could not confirm in time is not live: what cannot be checked is not shown.
/// </summary>
internal sealed class SessionDirectory(IDbContextFactory<AlertDavaoDb> contexts, TimeProvider time)
{
    /// <summary>How long a session may be relied on after the database last confirmed it: two sweeps and a half.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(12.5);

    private readonly ConcurrentDictionary<Guid, Known> _byId = new();
    private readonly ConcurrentDictionary<string, Known> _byKey = new(StringComparer.Ordinal);

    // Counts the calls of Forget: what was read before one of them may be void.
    private int _forgotten;

    /// <summary>SHA-256 of a session's key, as it is stored.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The officer behind a session's key, as claims; null when the key opens nothing (any more).</summary>
    public ClaimsPrincipal? Find(string key)
    {
        var hash = Convert.ToHexString(Hash(key));
        var known = _byKey.TryGetValue(hash, out var held) && IsGood(held) ? held : Read(hash);
        if (known is null)
            return null;

        known.See(time.GetUtcNow());
        return known.User;
    }

    /// <summary>Whether the session stands now; in memory, for every delivery.</summary>
    public bool IsLive(Guid session) => _byId.TryGetValue(session, out var known) && IsGood(known);

    /// <summary>
    /// Whether the session has not ended, as far as is known: true also while the database cannot be asked. For what shows
    /// nothing by itself.
    /// </summary>
    public bool Stands(Guid session) => _byId.TryGetValue(session, out var known) && time.GetUtcNow() < known.EndsAt;

    /// <summary>The session has ended: it is dead from this call on.</summary>
    public void Forget(Guid session)
    {
        Interlocked.Increment(ref _forgotten);
        if (_byId.TryRemove(session, out var known))
            _byKey.TryRemove(new(known.Hash, known));
    }

    /// <summary>Compares every session in memory with the database.</summary>
    /// <returns>The sessions that have ended.</returns>
    public IReadOnlyList<Guid> Sweep()
    {
        // Those of before the question alone: one that is opened meanwhile is not in the answer, and has not ended.
        var asked = _byId.ToArray();
        HashSet<Guid> standing;
        using (var db = contexts.CreateDbContext())
            standing = [.. Standing(db).Select(found => found.Id)];

        var ended = new List<Guid>();
        foreach (var (session, known) in asked)
        {
            if (standing.Contains(session))
            {
                known.ConfirmedAt = time.GetTimestamp();
                continue;
            }

            Forget(session);
            ended.Add(session);
        }

        return ended;
    }

    /// <summary>Sessions that were used since they were last asked for here, and when.</summary>
    public IReadOnlyList<(Guid Session, DateTimeOffset At)> TakeSeen()
    {
        var seen = new List<(Guid, DateTimeOffset)>();
        foreach (var (session, known) in _byId)
        {
            if (known.TakeSeen() is { } at)
                seen.Add((session, at));
        }

        return seen;
    }

    private bool IsGood(Known known) => time.GetUtcNow() < known.EndsAt && time.GetElapsedTime(known.ConfirmedAt) < Trust;

    private Known? Read(string hash)
    {
        while (true)
        {
            var before = Volatile.Read(ref _forgotten);
            var read = ReadDatabase(hash);
            if (read is null)
                return null;

            _byId[read.Session] = read;
            _byKey[hash] = read;
            if (before == Volatile.Read(ref _forgotten))
                return read;
            _byId.TryRemove(new(read.Session, read));
            _byKey.TryRemove(new(hash, read));
        }
    }

    private Known? ReadDatabase(string hash)
    {
        using var db = contexts.CreateDbContext();
        var key = Convert.FromHexString(hash);
        if (Standing(db).SingleOrDefault(session => session.KeyHash == key) is not { } session)
            return null;

        var account = db.Users.AsNoTracking().Single(user => user.Id == session.OfficerId);
        var name = db.Officers.AsNoTracking().Where(officer => officer.Id == account.Id).Select(officer => officer.Name).SingleOrDefault();
        var user = session.SetsUp ? AccountClaims.SettingUp(account.Id, session.Id) : AccountClaims.Of(account, session.Id, name);
        return new Known(session.Id, hash, user, session.EndsAt) { ConfirmedAt = time.GetTimestamp() };
    }

    // Also ended: the one of an account that was locked, or whose password is another one since.
    private IQueryable<OfficerSession> Standing(AlertDavaoDb db)
    {
        var now = time.GetUtcNow();
        return db.Sessions.AsNoTracking()
            .Where(session => session.EndedAt == null && session.EndsAt > now)
            .Where(session => db.Users.Any(account
                => account.Id == session.OfficerId && account.LockedAt == null && account.SecurityStamp == session.Stamp));
    }

    private sealed class Known(Guid session, string hash, ClaimsPrincipal user, DateTimeOffset endsAt)
    {
        private long _seen;

        public Guid Session => session;

        public string Hash => hash;

        public ClaimsPrincipal User => user;

        public DateTimeOffset EndsAt => endsAt;

        public long ConfirmedAt { get; set; }

        public void See(DateTimeOffset now) => Volatile.Write(ref _seen, now.ToUnixTimeMilliseconds());

        public DateTimeOffset? TakeSeen()
            => Interlocked.Exchange(ref _seen, 0) is var at and not 0 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
