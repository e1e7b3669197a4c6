using System.Collections.Concurrent;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Duty;

/// <summary>
/// Every officer's scope in memory, as the database says it. A delivery asks <see cref="IsLive"/>, which reads nothing; the
/// database is read when a version moved, when a duty begins or ends, and by a sweep. A scope that the sweep could not
/// confirm in time is not live: what cannot be checked is not shown.
/// </summary>
internal sealed class ScopeDirectory(IDbContextFactory<AlertDavaoDb> contexts, CityBook city, TimeProvider time)
{
    /// <summary>How long a scope may be relied on after the database last confirmed it: two sweeps and a half.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(12.5);

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    // Counts the calls of Forget: what was read before one of them may be void.
    private int _forgotten;

    /// <summary>The officer's scope now, from memory or the database; empty for an account that no officer belongs to.</summary>
    public BoardScope Of(Guid officer)
    {
        if (_known.TryGetValue(officer, out var known) && IsGood(known))
            return known.Scope;
        return Read(officer);
    }

    /// <summary>Whether exactly this scope is still in force; in memory, for every delivery.</summary>
    public bool IsLive(BoardScope scope)
        => _known.TryGetValue(scope.OfficerId, out var known) && ReferenceEquals(known.Scope, scope) && IsGood(known);

    /// <summary>The name of an officer who has a scope in memory; empty for any other.</summary>
    public string NameOf(Guid officer) => _known.TryGetValue(officer, out var known) ? known.Name : "";

    /// <summary>The officer's duties changed: what is in memory is void from this call on.</summary>
    public void Forget(Guid officer)
    {
        Interlocked.Increment(ref _forgotten);
        _known.TryRemove(officer, out _);
    }

    /// <summary>There is another log, and the city desk sees them all: its scopes in memory are void from this call on.</summary>
    /// <returns>Whose they were.</returns>
    public IReadOnlyList<Guid> ForgetCityDesk()
    {
        Interlocked.Increment(ref _forgotten);
        return [.. _known.Where(known => known.Value.Scope.IsCityDesk && _known.TryRemove(known)).Select(known => known.Key)];
    }

    /// <summary>Compares every scope in memory with the database.</summary>
    /// <returns>The officers whose scope is no longer in force.</returns>
    public IReadOnlyList<Guid> Sweep()
    {
        // Reading them all is one small query; asking for those in memory would be a long list of parameters.
        Dictionary<Guid, long> versions;
        using (var db = contexts.CreateDbContext())
            versions = db.Officers.AsNoTracking().ToDictionary(officer => officer.Id, officer => officer.ScopeVersion);

        var moved = new List<Guid>();
        var now = time.GetUtcNow();
        foreach (var (officer, known) in _known)
        {
            if (versions.TryGetValue(officer, out var version) && known.Scope.IsValid(version, now))
                known.ConfirmedAt = time.GetTimestamp();
            else if (_known.TryRemove(new(officer, known)))
                moved.Add(officer);
        }

        return moved;
    }

    private bool IsGood(Known known)
        => time.GetUtcNow() < known.Scope.ValidUntil && time.GetElapsedTime(known.ConfirmedAt) < Trust;

    private BoardScope Read(Guid id)
    {
        while (true)
        {
            var before = Volatile.Read(ref _forgotten);
            var read = ReadDatabase(id);
            // One object for all screens of the officer: whoever comes second takes the first one's.
            var scope = _known.AddOrUpdate(id, read, (_, held) => IsGood(held) && held.Scope.Version == read.Scope.Version ? held : read).Scope;
            if (before == Volatile.Read(ref _forgotten))
                return scope;
            _known.TryRemove(id, out _);
        }
    }

    private Known ReadDatabase(Guid id)
    {
        using var db = contexts.CreateDbContext();
        var officer = db.Officers.AsNoTracking().SingleOrDefault(o => o.Id == id) ?? new Officer(id, "");
        var duties = db.Duties.AsNoTracking().Where(duty => duty.OfficerId == id).ToList();
        return new Known(officer.Name, BoardScope.For(officer, duties, city.Logs, time.GetUtcNow())) { ConfirmedAt = time.GetTimestamp() };
    }

    private sealed class Known(string name, BoardScope scope)
    {
        public string Name => name;

        public BoardScope Scope { get; } = scope;

        public long ConfirmedAt { get; set; }
    }
}
