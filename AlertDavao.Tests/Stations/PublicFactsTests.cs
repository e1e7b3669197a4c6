using System.Net;
using System.Text.Json;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Stations;

[Collection(SecurityTests.Name)]
public sealed class PublicFactsTests(LoggedApp app) : IDisposable
{
    private readonly HttpClient _anyone = app.App.Anonymous();

    [Fact]
    public async Task Anyone_reads_the_twenty_stations_in_their_order()
    {
        using var answer = await _anyone.GetAsync("/api/stations");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.Public.Should().BeTrue();
        answer.Headers.CacheControl.MaxAge.Should().BeLessThanOrEqualTo(TimeSpan.FromMinutes(5)).And.BeGreaterThan(TimeSpan.Zero);
        var stations = (await answer.Body()).GetProperty("data").EnumerateArray().ToList();
        stations.Should().HaveCount(20);
        stations.Select(station => station.GetProperty("station_id").GetString()).Should().BeInAscendingOrder(LogCode.Order).And.EndWith("CYBER");
        stations[0].EnumerateObject().Select(property => property.Name).Should()
            .Equal("station_id", "name", "short_name", "address", "latitude", "longitude", "contact_numbers");
        stations[0].GetProperty("contact_numbers")[0].GetString().Should().Be("09985987055");
        stations[^1].GetProperty("latitude").ValueKind.Should().Be(JsonValueKind.Null, "the Cybercrime Division has no place");
    }

    [Fact]
    public async Task A_point_is_answered_with_the_barangay_the_router_finds()
    {
        var city = app.App.Services.GetRequiredService<CityBook>();
        foreach (var barangay in city.Barangays.Values.OrderBy(one => one.Psgc).Where((_, number) => number % 12 == 0))
        {
            var inside = barangay.Boundary.InteriorPoint;
            var found = (await Find(FormattableString.Invariant($"?lat={inside.Y}&lon={inside.X}"))).GetProperty("data");

            found.EnumerateObject().Select(property => property.Name).Should().Equal("barangay_id", "name", "district", "station_id", "station_name");
            found.GetProperty("barangay_id").GetString().Should().Be(barangay.Psgc);
            found.GetProperty("name").GetString().Should().Be(barangay.Name);
            found.GetProperty("station_id").GetString().Should().Be(barangay.StationCode);
            found.GetProperty("station_name").GetString().Should().Be(city.Stations[barangay.StationCode].Name);
        }
    }

    [Theory]
    [InlineData("?lat=14.5995&lon=120.9842")]
    [InlineData("?lat=0&lon=0")]
    [InlineData("?lat=125.6246079&lon=7.0739269")]
    [InlineData("?lat=91&lon=181")]
    [InlineData("?lat=-1e308&lon=1e308")]
    public async Task A_point_outside_the_city_is_in_no_barangay(string query)
        => (await Find(query)).GetProperty("data").ValueKind.Should().Be(JsonValueKind.Null);

    [Theory]
    [InlineData("", "lat", "lon")]
    [InlineData("?lat=7.07", "lon")]
    [InlineData("?lat=&lon=125.6", "lat")]
    [InlineData("?lat=7,07&lon=125.6", "lat")]
    [InlineData("?lat=NaN&lon=Infinity", "lat", "lon")]
    [InlineData("?lat=7.07&lon=1e999", "lon")]
    [InlineData("?lat=7.07&lat=7.08&lon=125.6", "lat")]
    [InlineData("?lat=<script>&lon=' OR 1=1", "lat", "lon")]
    [InlineData("?lat=0x7&lon=%00", "lat", "lon")]
    [InlineData("?lat=%D9%A7&lon=125.6", "lat")]
    public async Task A_bad_number_is_named(string query, params string[] fields)
    {
        using var answer = await _anyone.GetAsync("/api/barangays/by-coordinates" + query);

        var problem = await answer.ShouldBeProblem(422);
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(fields);
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("script");
    }

    public void Dispose() => _anyone.Dispose();

    private async Task<JsonElement> Find(string query)
    {
        using var answer = await _anyone.GetAsync("/api/barangays/by-coordinates" + query);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, query);
        answer.Headers.CacheControl!.Public.Should().BeTrue();
        return await answer.Body();
    }
}
