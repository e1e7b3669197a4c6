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
internal sealed class SessionDirectory(IDbContextFactory<AlertDavaoDb> contexts, SessionOptions options, TimeProvider time)
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

    /// <summary>
    /// Whether nobody has touched the session's screens for so long that details and actions ask again who is there. One
    /// that is not known is locked. In memory, for every delivery.
    /// </summary>
    public bool IsLocked(Guid session)
        => !_byId.TryGetValue(session, out var known) || time.GetUtcNow() - known.InputAt >= options.IdleLock;

    /// <summary>What the session's screens say of it now.</summary>
    public SessionNotice NoticeOf(Guid session)
    {
        var isLocked = IsLocked(session);
        var endsSoon = _byId.TryGetValue(session, out var known) && known.EndsAt - time.GetUtcNow() <= OfficerSession.Announced;
        return new SessionNotice(isLocked, endsSoon ? known!.EndsAt : null);
    }

    /// <summary>Somebody touched one of its screens. It keeps a session open, and opens none that is locked.</summary>
    /// <returns>False when it is locked.</returns>
    public bool Touch(Guid session)
    {
        if (IsLocked(session) || !_byId.TryGetValue(session, out var known))
            return false;

        known.InputAt = time.GetUtcNow();
        return true;
    }

    /// <summary>Its officer said who they are: it is open, and ends then.</summary>
    public void Confirm(Guid session, DateTimeOffset at, DateTimeOffset endsAt)
    {
        if (!_byId.TryGetValue(session, out var known))
            return;
        known.InputAt = at;
        known.EndsAt = endsAt;
        known.Wrong = 0;
    }

    /// <summary>Somebody said who they are and was wrong.</summary>
    /// <returns>How often, since it was right.</returns>
    public int CountWrong(Guid session) => _byId.TryGetValue(session, out var known) ? Interlocked.Increment(ref known.Wrong) : 0;

    /// <summary>Sessions whose notice is another one than when this was last asked, and whose they are.</summary>
    public IReadOnlyList<(Guid Session, Guid Officer)> TakeNews()
    {
        var news = new List<(Guid, Guid)>();
        foreach (var (session, known) in _byId)
        {
            var notice = NoticeOf(session);
            if (known.Told == notice)
                continue;
            known.Told = notice;
            if (AccountClaims.OfficerOf(known.User) is { } officer)
                news.Add((session, officer));
        }

        return news;
    }

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

    /// <summary>Sessions that were used since they were last asked for here, when, and when by a hand.</summary>
    public IReadOnlyList<(Guid Session, DateTimeOffset At, DateTimeOffset InputAt)> TakeSeen()
    {
        var seen = new List<(Guid, DateTimeOffset, DateTimeOffset)>();
        foreach (var (session, known) in _byId)
        {
            if (known.TakeSeen() is { } at)
                seen.Add((session, at, known.InputAt));
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
        return new Known(hash, user, session) { ConfirmedAt = time.GetTimestamp() };
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

    private sealed class Known(string hash, ClaimsPrincipal user, OfficerSession row)
    {
        private long _endsAt = row.EndsAt.ToUnixTimeMilliseconds();
        private long _inputAt = row.LastInputAt.ToUnixTimeMilliseconds();
        private long _seen;

        public int Wrong;

        public Guid Session => row.Id;

        public string Hash => hash;

        public ClaimsPrincipal User => user;

        public DateTimeOffset EndsAt
        {
            get => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _endsAt));
            set => Volatile.Write(ref _endsAt, value.ToUnixTimeMilliseconds());
        }

        public DateTimeOffset InputAt
        {
            get => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _inputAt));
            set => Volatile.Write(ref _inputAt, value.ToUnixTimeMilliseconds());
        }

        /// <summary>What its screens were last told.</summary>
        public SessionNotice Told { get; set; }

        public long ConfirmedAt { get; set; }

        public void See(DateTimeOffset now) => Volatile.Write(ref _seen, now.ToUnixTimeMilliseconds());

        public DateTimeOffset? TakeSeen()
            => Interlocked.Exchange(ref _seen, 0) is var at and not 0 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
