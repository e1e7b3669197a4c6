namespace AlertDavao.Dashboard.Live;

/// <summary>
/// When a screen may draw (architecture step 9): at once while it drew fewer than five times in the last 250 ms, beyond
/// that every 50 ms. What is critical never asks.
/// </summary>
internal struct DrawGate
{
    public const int Free = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);

    private readonly long[] _draws = new long[Free];
    private int _next;

    public DrawGate()
    {
    }

    /// <summary>How long to wait before the next draw; zero for at once.</summary>
    /// <param name="time">The clock whose timestamps <see cref="Drew"/> was given.</param>
    public readonly TimeSpan Wait(TimeProvider time)
    {
        var oldest = _draws[_next];
        if (oldest == 0 || time.GetElapsedTime(oldest) >= Window)
            return TimeSpan.Zero;

        var sinceLast = time.GetElapsedTime(_draws[(_next + Free - 1) % Free]);
        return sinceLast >= Gap ? TimeSpan.Zero : Gap - sinceLast;
    }

    public void Drew(TimeProvider time)
    {
        _draws[_next] = time.GetTimestamp();
        _next = (_next + 1) % Free;
    }
}
