namespace AlertDavao.Domain.Reports;

/// <summary>Who was told that a report waits; ordered, each includes those before.</summary>
public enum EscalationLevel
{
    None = 0,

    /// <summary>The station's officers, once more.</summary>
    Station = 1,

    /// <summary>The station's admins.</summary>
    Admins = 2,
    CityDesk = 3,
}

/// <summary>How long a report of each severity may wait for an acknowledgement before each level is told (domain: "A report").</summary>
public sealed class EscalationTimes
{
    private readonly IReadOnlyDictionary<Severity, IReadOnlyList<TimeSpan?>> _after;

    /// <param name="after">Three times a severity, for <see cref="EscalationLevel.Station"/> and up, null for never; a severity that is missing never escalates.</param>
    /// <exception cref="DomainRuleViolated">They are not three, one is not positive, or they do not rise.</exception>
    public EscalationTimes(IReadOnlyDictionary<Severity, IReadOnlyList<TimeSpan?>> after)
    {
        foreach (var times in after.Values)
        {
            if (times.Count != (int)EscalationLevel.CityDesk)
                throw new DomainRuleViolated("Escalation.ThreeTimes");
            var told = times.OfType<TimeSpan>().ToList();
            if (told.Exists(time => time <= TimeSpan.Zero) || told.Zip(told.Skip(1)).Any(pair => pair.Second <= pair.First))
                throw new DomainRuleViolated("Escalation.TimesRise");
            if (times.SkipWhile(time => time is not null).Any(time => time is not null))
                throw new DomainRuleViolated("Escalation.NoLevelIsLeftOut");
        }

        _after = after;
    }

    /// <summary>Seconds of the domain's table: Critical 15 / 30 / 60, High 60 / 180 / 600, Medium 15 / 60 minutes / never, Low never.</summary>
    public static EscalationTimes Standard { get; } = new(new Dictionary<Severity, IReadOnlyList<TimeSpan?>>
    {
        [Severity.Critical] = Seconds(15, 30, 60),
        [Severity.High] = Seconds(60, 180, 600),
        [Severity.Medium] = Seconds(900, 3600, null),
    });

    /// <summary>How long after its arrival that level is told; null for never.</summary>
    public TimeSpan? After(Severity severity, EscalationLevel level)
        => level != EscalationLevel.None && _after.TryGetValue(severity, out var times) ? times[(int)level - 1] : null;

    private static IReadOnlyList<TimeSpan?> Seconds(params int?[] seconds)
        => [.. seconds.Select(second => second is { } one ? TimeSpan.FromSeconds(one) : (TimeSpan?)null)];
}
