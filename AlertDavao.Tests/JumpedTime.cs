namespace AlertDavao.Tests;

/// <summary>The system's clock and stopwatch, both set forward by as much as a test says; timers run as they do.</summary>
internal sealed class JumpedTime : TimeProvider
{
    private long _ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    public override long GetTimestamp() => base.GetTimestamp() + (Volatile.Read(ref _ticks) * (TimestampFrequency / TimeSpan.TicksPerSecond));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
