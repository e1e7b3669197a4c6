using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Limits;

/// <summary>How much, and how slowly, the outside may ask. Counts are a minute, and 0 is no limit.</summary>
internal sealed record LimitOptions(int IntakePerKey, int IntakePerAddress, int SignInsPerAddress)
{
    private const int Most = 1_000_000;

    /// <summary>A request whose headers are not there by then is cut.</summary>
    public TimeSpan Headers { get; init; }

    /// <summary>Bytes a second below which a body is cut, once <see cref="Grace"/> has passed.</summary>
    public int BytesPerSecond { get; init; }

    public TimeSpan Grace { get; init; }

    /// <summary>One request of the intake, files included.</summary>
    public TimeSpan Intake { get; init; }

    /// <summary>Screens that one officer may have open; 0 is no limit.</summary>
    public int CircuitsPerUser { get; init; }

    /// <summary>Screens of all officers together; 0 is no limit.</summary>
    public int CircuitsPerNode { get; init; }

    /// <exception cref="SettingMissing">A figure is out of its bounds.</exception>
    public static LimitOptions From(IConfiguration configuration) => new(
        configuration.Within("Limits:IntakePerKeyPerMinute", 600, 0, Most),
        configuration.Within("Limits:IntakePerAddressPerMinute", 600, 0, Most),
        configuration.Within("Limits:SignInsPerAddressPerMinute", 20, 0, Most))
    {
        CircuitsPerUser = configuration.Within("Limits:CircuitsPerUser", 5, 0, Most),
        CircuitsPerNode = configuration.Within("Limits:CircuitsPerNode", 12_000, 0, Most),
        Headers = TimeSpan.FromSeconds(configuration.Within("Limits:HeadersSeconds", 10, 1, 120)),
        BytesPerSecond = configuration.Within("Limits:BodyBytesPerSecond", 240, 1, Most),
        // The server looks once a second.
        Grace = TimeSpan.FromSeconds(configuration.Within("Limits:BodyGraceSeconds", 5, 2, 120)),
        Intake = TimeSpan.FromSeconds(configuration.Within("Limits:IntakeSeconds", 300, 1, 3600)),
    };
}
