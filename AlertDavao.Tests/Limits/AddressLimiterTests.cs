using System.Net;
using AlertDavao.Dashboard.Limits;

namespace AlertDavao.Tests.Limits;

public sealed class AddressLimiterTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void An_address_may_ask_so_often_and_another_is_not_slowed()
    {
        using var limiter = new AddressLimiter(3, Hour);
        var (first, second) = (IPAddress.Parse("203.0.113.7"), IPAddress.Parse("203.0.113.8"));

        Enumerable.Range(0, 5).Select(_ => limiter.Refuses(first) is null).Should().Equal(true, true, true, false, false);
        limiter.Refuses(second).Should().BeNull();
        limiter.Refuses(first).Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThan(Hour);
    }

    [Fact]
    public void Zero_is_no_limit_and_costs_nothing()
    {
        using var limiter = new AddressLimiter(0);

        Enumerable.Range(0, 1000).Should().OnlyContain(_ => limiter.Refuses(IPAddress.Loopback) == null);
        limiter.Remembered.Should().Be(0);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public void An_IPv6_network_is_one_address_and_IPv4_is_the_same_in_both_writings(string one, string other, bool same)
        => (AddressLimiter.Number(IPAddress.Parse(one)) == AddressLimiter.Number(IPAddress.Parse(other))).Should().Be(same);

    [Fact]
    public async Task F2_of_ten_thousand_addresses_none_is_remembered_when_all_are_quiet()
    {
        using var limiter = new AddressLimiter(5, TimeSpan.FromMilliseconds(600));
        foreach (var address in Addresses(10_000))
            limiter.Refuses(address).Should().BeNull();
        limiter.Remembered.Should().Be(10_000);

        // The framework looks for idle ones every few seconds.
        await Eventually.Holds(() => limiter.Remembered == 0, "every address is forgotten");
    }

    [Fact]
    public void F2_beyond_the_most_addresses_newcomers_share_one_allowance_and_the_known_keep_theirs()
    {
        using var limiter = new AddressLimiter(2, Hour);
        foreach (var address in Addresses(AddressLimiter.MostAddresses))
            limiter.Refuses(address);

        var newcomers = Enumerable.Range(0, 1000).Select(number => limiter.Refuses(new IPAddress([203, 0, (byte)(number >> 8), (byte)number])) is null);

        newcomers.Count(passed => passed).Should().Be(2);
        limiter.Remembered.Should().BeLessThanOrEqualTo(AddressLimiter.MostAddresses + 1);
        limiter.Refuses(Addresses(1).Single()).Should().BeNull("who was there before still has an allowance of its own");
    }

    private static IEnumerable<IPAddress> Addresses(int count)
        => Enumerable.Range(0, count).Select(number => new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]));
}
