using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Limits;
using Microsoft.Extensions.Configuration;

namespace AlertDavao.Tests.Limits;

public sealed class LimitSettingsTests
{
    [Fact]
    public void Unset_they_are_the_contracts()
    {
        var options = LimitOptions.From(Settings());

        options.IntakePerKey.Should().Be(600);
        options.IntakePerAddress.Should().Be(600);
        options.SignInsPerAddress.Should().Be(20);
        options.Headers.Should().Be(TimeSpan.FromSeconds(10));
        options.BytesPerSecond.Should().Be(240);
        options.Grace.Should().Be(TimeSpan.FromSeconds(5));
        options.Intake.Should().Be(TimeSpan.FromMinutes(5));
        TrustedProxies.From(Settings()).Addresses.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Limits:IntakePerKeyPerMinute", "-1")]
    [InlineData("Limits:IntakePerAddressPerMinute", "many")]
    [InlineData("Limits:SignInsPerAddressPerMinute", "1000001")]
    [InlineData("Limits:HeadersSeconds", "0")]
    [InlineData("Limits:BodyBytesPerSecond", "0")]
    [InlineData("Limits:BodyGraceSeconds", "1")]
    [InlineData("Limits:IntakeSeconds", "1.5")]
    public void A_figure_that_cannot_be_is_named(string key, string value)
        => FluentActions.Invoking(() => LimitOptions.From(Settings((key, value)))).Should().Throw<SettingMissing>().WithMessage($"Setting {key}: *");

    [Fact]
    public void Proxies_are_addresses_and_networks_in_a_list_or_in_one_text()
    {
        var listed = TrustedProxies.From(Settings(("Security:KnownProxies:0", "192.0.2.1"), ("Security:KnownProxies:1", " 10.0.0.0/8 "), ("Security:KnownProxies:2", "")));
        var inOneText = TrustedProxies.From(Settings(("Security:KnownProxies", "192.0.2.1, 10.0.0.0/8")));

        foreach (var proxies in new[] { listed, inOneText })
        {
            proxies.Addresses.Should().Equal(IPAddress.Parse("192.0.2.1"));
            proxies.Networks.Should().Equal(System.Net.IPNetwork.Parse("10.0.0.0/8"));
        }
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("*")]
    public void A_proxy_that_is_neither_is_named(string value)
        => FluentActions.Invoking(() => TrustedProxies.From(Settings(("Security:KnownProxies:0", value))))
            .Should().Throw<SettingMissing>().WithMessage($"Setting Security:KnownProxies: \"{value}\"*");

    private static IConfiguration Settings(params (string Key, string Value)[] settings)
        => new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, string? (pair) => pair.Value)).Build();
}
