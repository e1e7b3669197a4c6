using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Map;
using Microsoft.Extensions.Configuration;

namespace AlertDavao.Tests.Map;

/// <summary>Whose pictures a map may show besides the barangays.</summary>
public sealed class MapOptionsTests
{
    [Fact]
    public void Without_a_setting_no_other_server_is_asked_for_anything()
        => From(null).Should().Be(new MapOptions(null, null, null));

    [Theory]
    [InlineData("https://tiles.example.org/{z}/{x}/{y}.png?key=1", "https://tiles.example.org")]
    [InlineData("https://tiles.example.org:8443/{z}/{x}/{y}", "https://tiles.example.org:8443")]
    [InlineData("http://127.0.0.1:9000/{z}/{x}/{y}.png", "http://127.0.0.1:9000")]
    public void A_tile_servers_origin_is_the_one_that_pictures_may_come_from(string url, string origin)
        => From(url).Should().Be(new MapOptions(url, "© its owner", origin));

    [Theory]
    [InlineData("https://tiles.example.org/{z}/{x}.png")]
    [InlineData("http://tiles.example.org/{z}/{x}/{y}.png")]
    [InlineData("/tiles/{z}/{x}/{y}.png")]
    [InlineData("https://{s}.example.org/{z}/{x}/{y}.png")]
    [InlineData("https://user:secret@example.org/{z}/{x}/{y}.png")]
    [InlineData("javascript:alert({z}{x}{y})")]
    public void An_address_that_is_none_is_refused_by_its_name(string url)
        => FluentActions.Invoking(() => From(url)).Should().Throw<SettingMissing>().WithMessage("Setting Map:TileUrl*");

    private static MapOptions From(string? url)
        => MapOptions.From(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Map:TileUrl"] = url, ["Map:TileAttribution"] = "© its owner" }).Build());
}
