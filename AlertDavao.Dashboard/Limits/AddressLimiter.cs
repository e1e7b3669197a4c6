using System.Collections.Concurrent;
using System.Net;
using System.Threading.RateLimiting;

namespace AlertDavao.Dashboard.Limits;

/// <summary>
/// So many a minute from one address. An address is forgotten some seconds after its minute; beyond
/// <see cref="MostAddresses"/> remembered ones the newcomers share one allowance, so that memory is bounded whoever calls.
/// </summary>
/// <param name="window">A minute, but in a test.</param>
internal sealed class AddressLimiter(int perMinute, TimeSpan window) : IDisposable
{
    /// <summary>About 500 bytes each.</summary>
    public const int MostAddresses = 50_000;

    private const int Segments = 6;

    // No address: a mapped one begins with zeros, and of an IPv6 address the lower half is left out.
    private static readonly UInt128 Crowd = UInt128.MaxValue;

    private readonly ConcurrentDictionary<UInt128, bool> _remembered = new();
    private PartitionedRateLimiter<UInt128>? _limiter;
    private int _count;

    public AddressLimiter(int perMinute)
        : this(perMinute, TimeSpan.FromMinutes(1))
    {
    }

    /// <summary>Addresses that cost memory now.</summary>
    public int Remembered => Volatile.Read(ref _count);

    /// <summary>Takes one from the allowance of the address.</summary>
    /// <param name="from">Null (no network) counts as one address.</param>
    /// <returns>Null when it may pass; else when to ask again.</returns>
    public TimeSpan? Refuses(IPAddress? from)
    {
        if (perMinute == 0)
            return null;

        var limiter = LazyInitializer.EnsureInitialized(ref _limiter, () => PartitionedRateLimiter.Create<UInt128, UInt128>(Of));
        using var lease = limiter.AttemptAcquire(Number(from));
        return lease.IsAcquired ? null : window / Segments;
    }

    public void Dispose() => _limiter?.Dispose();

    /// <summary>IPv4 in whole; of IPv6 the 64 bits of the network: a customer has all of the others.</summary>
    internal static UInt128 Number(IPAddress? from)
    {
        if (from is null)
            return UInt128.Zero;

        Span<byte> bytes = stackalloc byte[16];
        from.MapToIPv6().TryWriteBytes(bytes, out _);
        if (!from.IsIPv4MappedToIPv6 && from.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
            bytes[8..].Clear();
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Not a counter that starts anew each minute: that would let twice as many pass around its turn.</summary>
    internal static SlidingWindowRateLimiterOptions Sliding(int permits, TimeSpan window)
        // Its partitions are replenished by whoever holds them, all by one timer.
        => new() { PermitLimit = permits, Window = window, SegmentsPerWindow = Segments, QueueLimit = 0, AutoReplenishment = false };

    private SlidingWindowRateLimiterOptions Window => Sliding(perMinute, window);

    private RateLimitPartition<UInt128> Of(UInt128 address)
        => RateLimitPartition.Get(_remembered.ContainsKey(address) || Remembered < MostAddresses ? address : Crowd, key => new Allowance(this, key));

    private void Remember(UInt128 address)
    {
        if (_remembered.TryAdd(address, true))
            Interlocked.Increment(ref _count);
    }

    private void Forget(UInt128 address)
    {
        if (_remembered.TryRemove(address, out _))
            Interlocked.Decrement(ref _count);
    }

    /// <summary>The framework's window, which says when the framework has no more use for it.</summary>
    private sealed class Allowance : ReplenishingRateLimiter
    {
        private readonly AddressLimiter _owner;
        private readonly UInt128 _address;
        private readonly SlidingWindowRateLimiter _window;

        public Allowance(AddressLimiter owner, UInt128 address)
        {
            _owner = owner;
            _address = address;
            _window = new SlidingWindowRateLimiter(owner.Window);
            owner.Remember(address);
        }

        public override TimeSpan? IdleDuration => _window.IdleDuration;

        public override bool IsAutoReplenishing => _window.IsAutoReplenishing;

        public override TimeSpan ReplenishmentPeriod => _window.ReplenishmentPeriod;

        public override bool TryReplenish() => _window.TryReplenish();

        public override RateLimiterStatistics? GetStatistics() => _window.GetStatistics();

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => _window.AttemptAcquire(permitCount);

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
            => _window.AcquireAsync(permitCount, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _owner.Forget(_address);
            _window.Dispose();
            base.Dispose(disposing);
        }
    }
}
