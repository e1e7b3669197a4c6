using AlertDavao.Domain.Geography;

namespace AlertDavao.Domain.Officers;

/// <summary>The three shifts of a day.</summary>
public enum Shift
{
    /// <summary>07:00 to 15:00.</summary>
    Day = 0,

    /// <summary>15:00 to 23:00.</summary>
    Afternoon = 1,

    /// <summary>23:00 to 07:00 of the next day.</summary>
    Night = 2,
}

/// <summary>When the shifts are, on Manila's clock.</summary>
public static class Shifting
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(8);

    private static readonly TimeSpan First = TimeSpan.FromHours(7);

    /// <summary>After the midnight of the day on which it begins.</summary>
    public static TimeSpan StartOf(Shift shift) => First + ((int)shift * Length);

    /// <summary>The shift whose start is nearest: a duty from 08:00 is one by day.</summary>
    public static Shift Nearest(DateTimeOffset from)
        => (ManilaTime.Of(from).Hour + 24 - 3) % 24 is var sinceThree && sinceThree < 8 ? Shift.Day : sinceThree < 16 ? Shift.Afternoon : Shift.Night;
}
