using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Dashboard.Board;

/// <summary>The officers who have a screen open on a log; one immutable snapshot a log, shared.</summary>
/// <param name="Initials">Of the first few, for the strip.</param>
internal sealed record Watchers(int Count, ImmutableArray<string> Initials)
{
    /// <summary>How many initials there are at most.</summary>
    public const int MostNamed = 4;

    public static readonly Watchers None = new(0, []);

    /// <summary>The count in figures.</summary>
    public string Figure { get; } = Count.ToString(CultureInfo.CurrentCulture);

    /// <summary>The initials with a space between them.</summary>
    public string Named { get; } = string.Join(' ', Initials);
}

/// <summary>
/// Makes the snapshots. Presence is no entry of a log and wakes nobody: it is at most <see cref="Age"/> old when a screen
/// draws for another reason.
/// </summary>
internal sealed class Presence(LiveBus bus, ScopeDirectory scopes, TimeProvider time)
{
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Snapshot> _byLog = new(StringComparer.Ordinal);

    /// <summary>
    /// Who watches what the scope sees; for the city desk, who sits there. Whoever asks is one of them, also before their own
    /// screen listens: a page never says that nobody looks at it.
    /// </summary>
    public Watchers Of(BoardScope scope)
    {
        if (scope.IsEmpty)
            return Watchers.None;

        var log = scope.IsCityDesk ? LogCode.City : scope.Logs[0];
        if (!_byLog.TryGetValue(log, out var known) || time.GetElapsedTime(known.At) >= Age)
        {
            ImmutableArray<Guid> officers = [.. bus.Listeners(log).Select(screen => screen.Officer).Distinct()];
            _byLog[log] = known = new Snapshot(time.GetTimestamp(), officers, Of(officers));
        }

        return known.Officers.Contains(scope.OfficerId) ? known.Watchers : Of(known.Officers.Add(scope.OfficerId));
    }

    private Watchers Of(ImmutableArray<Guid> officers)
        => new(officers.Length, [.. officers.Take(Watchers.MostNamed).Select(scopes.NameOf).Select(AccountClaims.InitialsOf)]);

    private sealed record Snapshot(long At, ImmutableArray<Guid> Officers, Watchers Watchers);
}
