using System.Collections.Immutable;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Domain.Officers;

/// <summary>
/// The one authorisation rule: which logs an officer sees now, and as what. Page, live delivery and API ask this and
/// nothing else. It is a picture of one moment: void when the officer's scope version moved or <see cref="ValidUntil"/> passed.
/// </summary>
public sealed class BoardScope
{
    private readonly ImmutableDictionary<string, DutyRole> _roles;

    private BoardScope(Guid officerId, long version, ImmutableDictionary<string, DutyRole> roles, DateTimeOffset validUntil)
    {
        OfficerId = officerId;
        Version = version;
        _roles = roles;
        ValidUntil = validUntil;
        Logs = [.. roles.Keys.Order(LogCode.Order)];
        Key = string.Join('+', Logs);
    }

    public Guid OfficerId { get; }

    /// <summary><see cref="Officer.ScopeVersion"/> it was made from.</summary>
    public long Version { get; }

    /// <summary>The next moment a duty starts or ends; the scope says nothing from then on.</summary>
    public DateTimeOffset ValidUntil { get; }

    /// <summary>In station order; empty for an officer without duty.</summary>
    public ImmutableArray<string> Logs { get; }

    /// <summary>Equal for officers who see the same logs, so that they can share one picture of them.</summary>
    public string Key { get; }

    public bool IsEmpty => Logs.IsEmpty;

    public bool IsCityDesk => _roles.ContainsKey(LogCode.City);

    /// <param name="logs">Every log there is; the city desk sees them all.</param>
    public static BoardScope For(Officer officer, IReadOnlyCollection<Duty> duties, IEnumerable<string> logs, DateTimeOffset now)
    {
        var roles = ImmutableDictionary.CreateBuilder<string, DutyRole>(StringComparer.Ordinal);
        var validUntil = DateTimeOffset.MaxValue;
        foreach (var duty in duties.Where(duty => duty.OfficerId == officer.Id))
        {
            if (duty.IsInForce(now))
                Grant(roles, duty, logs);
            validUntil = Earliest(validUntil, now, duty.From, duty.Until);
        }

        return new BoardScope(officer.Id, officer.ScopeVersion, roles.ToImmutable(), validUntil);
    }

    public bool Sees(string log) => _roles.ContainsKey(log);

    /// <summary>The highest role at that log; null where the officer does not serve.</summary>
    public DutyRole? RoleAt(string log) => _roles.TryGetValue(log, out var role) ? role : null;

    /// <summary>Whether the scope may still be relied on.</summary>
    public bool IsValid(long officersVersion, DateTimeOffset now) => Version == officersVersion && now < ValidUntil;

    private static void Grant(ImmutableDictionary<string, DutyRole>.Builder roles, Duty duty, IEnumerable<string> logs)
    {
        foreach (var log in duty.Role == DutyRole.CityDesk ? logs : [duty.Log])
        {
            if (!roles.TryGetValue(log, out var held) || held < duty.Role)
                roles[log] = duty.Role;
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset soonest, DateTimeOffset now, params ReadOnlySpan<DateTimeOffset?> boundaries)
    {
        foreach (var boundary in boundaries)
        {
            if (boundary > now && boundary < soonest)
                soonest = boundary.Value;
        }

        return soonest;
    }
}
