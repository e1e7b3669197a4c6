using AlertDavao.Dashboard.Limits;

namespace AlertDavao.Dashboard.Shell;

/// <summary>What browsers refused to run on our pages: each is a fault of ours or an attack.</summary>
internal sealed partial class PolicyViolations(ILogger<PolicyViolations> log) : IDisposable
{
    public const int MaxBytes = 16 * 1024;
    private const int MostAMinute = 60;

    private static readonly string[] _directives =
        ["script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src", "media-src", "font-src", "connect-src", "frame-src", "form-action", "base-uri", "object-src", "worker-src", "frame-ancestors"];

    private int _count;

    public AddressLimiter Addresses { get; } = new(MostAMinute);

    /// <summary>Since the start.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="directive">As it was sent; only known words are written down.</param>
    public void Add(string? directive)
    {
        Interlocked.Increment(ref _count);
        Violated(Array.Find(_directives, known => known == directive) ?? "unknown");
    }

    public void Dispose() => Addresses.Dispose();

    [LoggerMessage(LogLevel.Warning, "A browser refused something on a page by the rule {Directive}.")]
    private partial void Violated(string directive);
}
