using System.Diagnostics.Metrics;

namespace AlertDavao.Dashboard.Meters;

/// <summary>
/// Updates that reached a screen or a feed. Thousands a second: each is one addition, and who reads the meter reads the sums.
/// </summary>
internal sealed class Deliveries
{
    private static readonly KeyValuePair<string, object?> Screen = new(ProductMeter.Kind, ProductMeter.Screen);
    private static readonly KeyValuePair<string, object?> Feed = new(ProductMeter.Kind, ProductMeter.Feed);

    private long _screens;
    private long _feeds;

    public void ToScreen() => Interlocked.Increment(ref _screens);

    public void ToFeed() => Interlocked.Increment(ref _feeds);

    public IEnumerable<Measurement<long>> Observe() => [new(Volatile.Read(ref _screens), Screen), new(Volatile.Read(ref _feeds), Feed)];
}
