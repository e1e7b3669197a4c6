namespace AlertDavao.Domain.Officers;

/// <summary>What a duty lets an officer do; ordered.</summary>
public enum DutyRole
{
    Officer = 0,
    StationAdmin = 1,

    /// <summary>Only with the city desk's own log: sees every station and the unrouted.</summary>
    CityDesk = 2,
}

/// <summary>An officer serves at a station (or the city desk) from a moment until another, or until further notice.</summary>
public sealed class Duty
{
    private Duty() { }

    /// <param name="log">A station code, or <see cref="Stations.LogCode.City"/> for the city desk.</param>
    /// <exception cref="DomainRuleViolated">It ends before it starts, or role and log do not fit.</exception>
    public Duty(Guid id, Guid officerId, string log, DutyRole role, DateTimeOffset from, DateTimeOffset? until)
    {
        if (until <= from)
            throw new DomainRuleViolated("Duty.EndsBeforeItStarts");
        if ((role == DutyRole.CityDesk) != (log == Stations.LogCode.City))
            throw new DomainRuleViolated("Duty.RoleAndLog");

        Id = id;
        OfficerId = officerId;
        Log = log;
        Role = role;
        From = from.ToUniversalTime();
        Until = until?.ToUniversalTime();
    }

    public Guid Id { get; private set; }

    public Guid OfficerId { get; private set; }

    public string Log { get; private set; } = "";

    public DutyRole Role { get; private set; }

    /// <summary>In force from here, inclusive.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>In force up to here, exclusive; null = until further notice.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>It is over from that moment on.</summary>
    /// <exception cref="DomainRuleViolated">It had not begun by then.</exception>
    public void End(DateTimeOffset at)
    {
        if (at <= From)
            throw new DomainRuleViolated("Duty.EndsBeforeItStarts");
        Until = at.ToUniversalTime();
    }

    /// <summary>
    /// It is planned anew: for whom, from when, until when. Of one that has begun only the end moves: who served, and since when,
    /// is no plan any more.
    /// </summary>
    /// <exception cref="DomainRuleViolated">It would end before it starts, or it has begun and more than its end would change.</exception>
    public void Replan(Guid officerId, DateTimeOffset from, DateTimeOffset? until, DateTimeOffset now)
    {
        if (From <= now && (officerId != OfficerId || from != From))
            throw new DomainRuleViolated("Duty.HasBegun");
        if (until <= from)
            throw new DomainRuleViolated("Duty.EndsBeforeItStarts");
        (OfficerId, From, Until) = (officerId, from.ToUniversalTime(), until?.ToUniversalTime());
    }

    /// <summary>Whether it is a day long at most: a turn that somebody planned, and no posting.</summary>
    public bool IsOneShift => Until <= From + TimeSpan.FromDays(1);

    public bool IsInForce(DateTimeOffset at) => From <= at && (Until is null || at < Until);
}
