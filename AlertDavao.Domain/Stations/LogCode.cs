using System.Globalization;

namespace AlertDavao.Domain.Stations;

/// <summary>The 21 logs: one a station, and the city desk's own for what no station owns.</summary>
public static class LogCode
{
    /// <summary>The city desk's log of unrouted reports, numbered like a station's.</summary>
    public const string City = "CITY";

    /// <summary>The Cybercrime Division.</summary>
    public const string Cyber = "CYBER";

    /// <summary>PS1, PS2 ... PS20, then CYBER, then CITY.</summary>
    public static readonly IComparer<string> Order = Comparer<string>.Create(static (a, b) =>
    {
        var byRank = Rank(a).CompareTo(Rank(b));
        return byRank != 0 ? byRank : string.CompareOrdinal(a, b);
    });

    private static int Rank(string code) => code switch
    {
        City => int.MaxValue,
        Cyber => int.MaxValue - 1,
        _ when code.StartsWith("PS", StringComparison.Ordinal)
            && int.TryParse(code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => int.MaxValue - 2,
    };
}
