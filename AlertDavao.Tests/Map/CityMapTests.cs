using System.Net;
using AlertDavao.Dashboard.Map;
using AlertDavao.Tests.Board;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Map;

public sealed class CityMapTests : BunitContext, IClassFixture<DrawnCity>
{
    private readonly DrawnCity _city;

    public CityMapTests(DrawnCity city)
    {
        _city = city;
        Services.AddSingleton(city.City);
        Services.AddSingleton(new CitySheets(city.City));
    }

    [Fact]
    public void A_place_is_pinned_in_the_middle_of_its_surroundings_and_its_station_is_tinted()
    {
        var map = Draw(7.0739269, 125.6246079, "Purok 4", "PS1");

        map.Find(".pin").GetAttribute("x").Should().Be("50.00%");
        map.Find(".pin").GetAttribute("y").Should().Be("50.00%");
        map.Find(".ground").GetAttribute("viewBox").Should().EndWith(" 6000 4500");
        map.Find(".own").GetAttribute("href").Should().Be($"{_city.Sheet.Href}#PS1");
        map.Find("[role=img]").GetAttribute("aria-label").Should().StartWith("Map with the place marked: Purok 4, ");
        map.Find("figcaption").TextContent.Should().Be("Purok 4");
    }

    [Fact]
    public void Without_a_place_the_whole_city_is_shown_and_nothing_is_pinned()
    {
        var map = Draw(null, null, null, null);

        map.Find(".ground").GetAttribute("viewBox").Should().Be(_city.Sheet.WholeCity.ViewBox);
        map.FindAll(".pin, .own, figcaption").Should().BeEmpty();
        map.Find("[role=img]").GetAttribute("aria-label").Should().Be("Map of Davao City, no place marked");
    }

    [Theory]
    [InlineData(14.5995, 120.9842)]
    [InlineData(0, 0)]
    [InlineData(125.6, 7.07)]
    [InlineData(double.MaxValue, -1e300)]
    public void A_place_outside_is_said_in_words_over_the_whole_city(double latitude, double longitude)
    {
        var map = Draw(latitude, longitude, "Manila", "CITY");

        map.Find(".ground").GetAttribute("viewBox").Should().Be(_city.Sheet.WholeCity.ViewBox);
        map.FindAll(".pin").Should().BeEmpty();
        map.Find("figcaption").TextContent.Should().Be("Outside the city's map");
    }

    [Fact]
    public void Half_a_place_is_no_place()
    {
        var map = Draw(7.07, null, null, "PS1");

        map.FindAll(".pin, figcaption").Should().BeEmpty();
        map.FindAll(".own").Should().ContainSingle();
    }

    [Fact]
    public void A_label_that_somebody_typed_is_text()
    {
        foreach (var payload in Hostile.Payloads)
        {
            var map = Draw(7.0739269, 125.6246079, payload, payload);

            map.FindAll("script, img, iframe, [onerror], [onload], .own").Should().BeEmpty();
            map.FindAll("*").Select(element => element.LocalName).Distinct().Should().BeSubsetOf(
                ["figure", "svg", "use", "g", "text", "path", "circle", "figcaption", "bdi"]);
        }
    }

    [Fact]
    public void A_map_that_can_be_moved_has_every_name_at_hand()
    {
        var map = Render<CityMap>(with => with.Add(map => map.Picks, true));

        map.FindAll(".names text").Should().HaveCount(182 + 19);
        map.FindAll(".names text:not([hidden])").Should().NotBeEmpty().And.OnlyContain(name => name.ClassList.Contains("station"));
        map.Find(".pin").HasAttribute("hidden").Should().BeTrue();
    }

    private IRenderedComponent<CityMap> Draw(double? latitude, double? longitude, string? label, string? station)
        => Render<CityMap>(with => with.Add(map => map.Latitude, latitude).Add(map => map.Longitude, longitude)
            .Add(map => map.Label, label).Add(map => map.Station, station));
}

[Collection(SecurityTests.Name)]
public sealed class CitySheetOverHttpTests(LoggedApp app)
{
    [Fact]
    public async Task The_picture_may_be_kept_for_ever_and_asks_nobody_who_they_are()
    {
        var sheet = app.App.Services.GetRequiredService<CitySheets>().Now;
        using var client = app.App.Anonymous();

        using var answer = await client.GetAsync(sheet.Href);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("image/svg+xml");
        answer.Headers.CacheControl!.ToString().Should().Contain("public").And.Contain("max-age=31536000").And.Contain("immutable");
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(sheet.Svg);
    }

    [Fact]
    public async Task Who_can_unzip_gets_it_zipped()
    {
        var sheet = app.App.Services.GetRequiredService<CitySheets>().Now;
        using var client = app.App.Anonymous();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");

        using var answer = await client.GetAsync(sheet.Href);

        answer.Content.Headers.ContentEncoding.Should().Equal("gzip");
        answer.Headers.Vary.Should().Contain("Accept-Encoding");
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(sheet.Zipped);
    }
}
