using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Data;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Reports;

/// <summary>What may be the same incident: near in place and time, in scope, at most five.</summary>
public sealed class NearbyReportsTests : IDisposable
{
    private const double Latitude = 7.0739269;
    private const double Longitude = 125.6246079;

    // A ten-thousandth of a degree of latitude is 11.1 m.
    private const double ElevenMetres = 0.0001;

    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 4, 0, 0, TimeSpan.Zero);

    private readonly Store _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_nearest_come_first_with_how_far_and_how_much_later()
    {
        var report = await Put("This one");
        await Put("Far but near enough", north: 40);
        await Put("Next door", north: 1, minutes: 3);
        await Put("Before it", north: 5, minutes: -119);

        var near = Near(report);

        near.Select(one => one.Title).Should().Equal("Next door", "Before it", "Far but near enough");
        near[0].Metres.Should().BeApproximately(11.1, 0.1);
        near[0].Later.Should().Be(TimeSpan.FromMinutes(3));
        near[1].Later.Should().Be(TimeSpan.FromMinutes(-119));
    }

    [Fact]
    public async Task Too_far_too_early_and_too_late_are_not_among_them()
    {
        var report = await Put("This one");
        await Put("511 m north", north: 46);
        // In the box of 500 m, but not in the circle.
        await Put("In the corner", north: 40, east: 40);
        await Put("Too early", minutes: -121);
        await Put("Too late", minutes: 121);

        Near(report).Should().BeEmpty();
    }

    [Fact]
    public async Task Another_stations_are_for_the_city_desk_alone()
    {
        var report = await Put("This one");
        await Put("Over the border", log: "PS2");

        Near(report).Should().BeEmpty();
        Near(report, LogCode.City, DutyRole.CityDesk).Should().ContainSingle();
    }

    [Fact]
    public async Task There_are_five_at_most()
    {
        var report = await Put("This one");
        for (var at = 1; at <= 7; at++)
            await Put($"Number {at}", north: at);

        Near(report).Select(one => one.Title).Should().Equal("Number 1", "Number 2", "Number 3", "Number 4", "Number 5");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(7.07, null)]
    [InlineData(125.6, 7.07)]
    [InlineData(1e308, -1e308)]
    public async Task Without_a_place_on_earth_there_is_nothing_near(double? latitude, double? longitude)
    {
        var report = await Put("Nowhere", latitude: latitude, longitude: longitude, isPlaced: false);
        await Put("Nowhere either", latitude: latitude, longitude: longitude, isPlaced: false);

        Near(report).Should().BeEmpty();
    }

    private IReadOnlyList<NearbyReport> Near(Report report, string log = "PS1", DutyRole role = DutyRole.Officer)
    {
        var officer = new Officer(Guid.NewGuid(), "R. Santos");
        var duty = new Posting(Guid.NewGuid(), officer.Id, log, role, Noon.AddHours(-1), null);
        return new NearbyReports(_store).Run(report, BoardScope.For(officer, [duty], ["PS1", "PS2", LogCode.City], Noon));
    }

    private Task<Report> Put(string title, double north = 0, double east = 0, int minutes = 0, string log = "PS1",
        double? latitude = null, double? longitude = null, bool isPlaced = true) => _store.Writer.Run(unit =>
    {
        var submission = new Submission
        {
            Title = title,
            CrimeTypes = ["Theft"],
            Description = "Gone.",
            OccurredAt = Noon,
            Latitude = isPlaced ? Latitude + north * ElevenMetres : latitude,
            Longitude = isPlaced ? Longitude + east * ElevenMetres : longitude,
        };
        var route = new Route(log, RouteRule.Boundary, null, "1");
        var code = TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
        var report = Report.Submit(Guid.NewGuid(), code, submission, route, Noon.AddMinutes(minutes));
        unit.Arrive(report);
        return report;
    });
}
