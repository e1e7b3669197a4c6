using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Intake;

/// <summary>Where a report goes, asked over HTTP: the station of the answer and the log it is stored in agree.</summary>
[Collection(IntakeTests.Name)]
public sealed class RoutingOverHttpTests(LoggedApp app)
{
    public static TheoryData<string> Stations => [.. Enumerable.Range(1, 20).Where(at => at != 14).Select(at => $"PS{at}"), "CYBER"];

    [Theory]
    [MemberData(nameof(Stations))]
    public async Task A_report_from_a_stations_area_is_that_stations(string station)
    {
        var title = $"From the area of {station}";
        var data = await app.Client.Accepted(A.ReportFor(app.App, station, title));

        data.GetProperty("station_id").GetString().Should().Be(station);
        data.GetProperty("station_name").GetString().Should().Be(app.App.Services.GetRequiredService<CityBook>().Stations[station].Name);
        app.Stored(title).Log.Should().Be(station);
    }

    [Theory]
    [InlineData("no coordinates", null, null, IntakeNote.NoPlace)]
    [InlineData("empty coordinates", "", "", IntakeNote.NoPlace)]
    [InlineData("latitude alone", 7.07, null, IntakeNote.HalfPlace)]
    [InlineData("longitude alone", null, 125.6, IntakeNote.HalfPlace)]
    [InlineData("null island", 0, 0, IntakeNote.OutsideCity)]
    [InlineData("negative zero", -0.0, -0.0, IntakeNote.OutsideCity)]
    [InlineData("swapped", 125.6246079, 7.0739269, IntakeNote.NotOnEarth)]
    [InlineData("Manila", 14.5995, 120.9842, IntakeNote.OutsideCity)]
    [InlineData("beyond the poles", 91, 181, IntakeNote.NotOnEarth)]
    [InlineData("huge", 1e308, -1e308, IntakeNote.NotOnEarth)]
    public async Task RT_14_a_report_without_a_good_place_is_accepted_kept_as_sent_and_goes_to_the_city_desk(
        string title, object? latitude, object? longitude, IntakeNote note)
    {
        var data = await app.Client.Accepted(A.Report(title).With("latitude", latitude).With("longitude", longitude));

        data.GetProperty("station_id").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        data.GetProperty("station_name").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        var stored = app.Stored(title);
        stored.Log.Should().Be("CITY");
        stored.Latitude.Should().Be(AsNumber(latitude));
        stored.Longitude.Should().Be(AsNumber(longitude));
        stored.Events.Should().ContainSingle(entry => entry.Note == note);
    }

    [Theory]
    [InlineData("7.0739269", "125.6246079")]
    [InlineData(" 7.0739269 ", "1.256246079e2")]
    [InlineData("+7.07392690000000012", "125.62460790000000")]
    public async Task Coordinates_as_text_route_like_numbers(string latitude, string longitude)
    {
        var data = await app.Client.Accepted(A.Report("Texts").With("latitude", latitude).With("longitude", longitude));

        data.GetProperty("station_id").GetString().Should().Be("PS1");
    }

    [Theory]
    [InlineData("""["cybercrime"]""", "CYBER")]
    [InlineData("""["Cybercrime"]""", "CYBER")]
    [InlineData("""["  CYBER CRIME  "]""", "CYBER")]
    [InlineData("""["cybercrime - hacking"]""", "CYBER")]
    [InlineData("""["Cyber Crime - Online Scam"]""", "CYBER")]
    [InlineData("""["Theft","cybercrime - phishing","Robbery"]""", "CYBER")]
    [InlineData("\"cybercrime\"", "CYBER")]
    [InlineData("\"[\\\"cyber crime\\\"]\"", "CYBER")]
    [InlineData("""["hacking"]""", "PS1")]
    [InlineData("""["online scam"]""", "PS1")]
    [InlineData("""["cybercrimes"]""", "PS1")]
    [InlineData("""["not cybercrime"]""", "PS1")]
    public async Task RT_15_every_spelling_of_cybercrime_and_nothing_else_goes_to_the_division(string types, string station)
    {
        var data = await app.Client.Accepted(Changes.Json(A.Report("Cyber").WithRaw("crime_types", types)));

        data.GetProperty("station_id").GetString().Should().Be(station);
    }

    [Fact]
    public async Task RT_15_a_cyber_report_without_a_place_is_not_unrouted()
    {
        var data = await app.Client.Accepted(A.Report("Nowhere").With("crime_types", "cybercrime").Without("latitude").Without("longitude"));

        data.GetProperty("station_id").GetString().Should().Be("CYBER");
    }

    [Theory]
    [InlineData("Eden", "PS19", "PS20")]
    [InlineData("Los Amigos", "PS20", "PS19")]
    public async Task RT_16_to_18_a_barangay_has_the_station_of_its_code_whatever_name_or_number_the_client_sends(
        string barangay, string station, string other)
    {
        var city = app.App.Services.GetRequiredService<CityBook>();
        var place = city.Barangays.Values.Single(b => b.Name == barangay).Boundary.InteriorPoint;
        var wrong = city.Barangays.Values.First(b => b.StationCode == other);
        var title = $"In {barangay}";

        var data = await app.Client.Accepted(A.Report(title).With("latitude", place.Y).With("longitude", place.X)
            .With("barangay", wrong.Name).With("barangay_id", 1).With("station_id", other));

        data.GetProperty("station_id").GetString().Should().Be(station);
        data.GetProperty("location").GetProperty("barangay").GetString().Should().Be(barangay);
        app.Stored(title).Events.Should().ContainSingle(entry => entry.Note == IntakeNote.BarangayContradictsPlace);
    }

    [Fact]
    public async Task RT_16_a_named_barangay_without_a_place_does_not_route()
    {
        var data = await app.Client.Accepted(A.Report("Only a name").With("barangay", "Eden").With("barangay_id", "1130700038")
            .Without("latitude").Without("longitude"));

        data.GetProperty("station_id").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        data.GetProperty("location").GetProperty("barangay").GetString().Should().Be("Eden", "the hint is kept for the city desk");
    }

    private static double? AsNumber(object? sent) => sent is null or "" ? null : Convert.ToDouble(sent, System.Globalization.CultureInfo.InvariantCulture);
}
