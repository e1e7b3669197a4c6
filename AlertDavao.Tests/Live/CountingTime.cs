using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Live;

/// <summary>A clock that stands still and says how often it was asked and waited for.</summary>
internal sealed class CountingTime() : FakeTimeProvider(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero))
{
    private int _waits;
    private int _asked;

    public int Waits => Volatile.Read(ref _waits);

    public int Asked => Volatile.Read(ref _asked);

    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _asked);
        return base.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        return timer;
    }
}
