using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Board;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NetTopologySuite.Geometries;

namespace AlertDavao.Tests.Reports;

/// <summary>What the parts of the page say, drawn from a report in memory.</summary>
public sealed class ReportCardsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 4, 0, 0, TimeSpan.Zero);
    private static readonly Guid Santos = Guid.NewGuid();

    private readonly BunitContext _page = new();

    public ReportCardsTests() => _page.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Noon.AddHours(1)));

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public void Times_are_Manilas_and_say_the_day_when_it_is_not_today()
    {
        var facts = Draw<ReportFacts>(View(AReport(happened: Noon.AddDays(-1))));

        TextOf(facts, "Received").Should().Be("Today 12:00:00");
        TextOf(facts, "Happened").Should().Be("24 Nov, 12:00:00");
    }

    [Fact]
    public void Place_coordinates_and_the_rule_that_routed_are_said_in_words()
    {
        var facts = Draw<ReportFacts>(View(AReport(hint: "Poblacion")));

        TextOf(facts, "Place").Should().Contain("Purok 4").And.Contain("Agdao").And.Contain("Reporter named: Poblacion");
        TextOf(facts, "Coordinates").Should().Be("7.0739269, 125.6246079");
        TextOf(facts, "Station").Should().Contain("Sta. Ana Police Station").And.Contain("The place lies in Agdao.").And.Contain("Boundaries of 31 Dec 2023, edition 1");
    }

    [Fact]
    public void The_barangay_of_the_place_is_not_repeated_as_the_reporters()
        => TextOf(Draw<ReportFacts>(View(AReport(hint: "agdao"))), "Place").Should().NotContain("Reporter named");

    [Fact]
    public void Who_filed_acknowledged_and_claimed_it_stands_there_with_the_time()
    {
        var report = AReport(source: ReportSource.Phone).FiledAtDesk(Santos, null);
        report.Acknowledge(Santos, Noon.AddSeconds(9));

        var facts = Draw<ReportFacts>(View(report));

        TextOf(facts, "Source").Should().Be("Phone call at the desk");
        TextOf(facts, "Filed by").Should().Be("R. Santos");
        TextOf(facts, "Acknowledged by").Should().Be("R. Santos Today 12:00:09");
        TextOf(facts, "Claimed by").Should().Be("Nobody yet");
    }

    [Fact]
    public void The_first_time_on_a_screen_and_the_first_to_see_it_stand_where_they_belong_in_time()
    {
        var report = AReport();
        report.Acknowledge(Santos, Noon.AddSeconds(9));
        var callBack = new AuditEntry { At = Noon.AddSeconds(5), OfficerId = Santos, Act = AuditActs.CallBack, ReportId = report.Id };
        var sight = new ReportSight { ReportId = report.Id, Log = "PS1", FirstPaintedAt = Noon, FirstSeenAt = Noon.AddSeconds(7), FirstSeenBy = Santos };
        var view = View(report) with { Timeline = TimelineLine.Of(report, [callBack], [sight]) };

        Draw<TimelineCard>(view).FindAll("li div").Select(Parts).Should().Equal(
            "Received → Acknowledged by R. Santos Today 12:00:09",
            "Seen by R. Santos Today 12:00:07",
            "Name and phone opened by R. Santos Today 12:00:05",
            "On the station's screens Today 12:00:00",
            "Received by the intake Today 12:00:00");
    }

    [Fact]
    public void Where_it_was_seen_is_said_to_who_sees_several_logs()
    {
        var report = AReport();
        ReportSight[] sights =
        [
            new() { ReportId = report.Id, Log = "PS1", FirstPaintedAt = Noon.AddSeconds(1), FirstSeenAt = Noon.AddSeconds(2), FirstSeenBy = Santos },
            new() { ReportId = report.Id, Log = "CITY", FirstPaintedAt = Noon.AddSeconds(3), FirstSeenAt = Noon.AddSeconds(4), FirstSeenBy = Guid.NewGuid() },
        ];
        var view = View(report) with { Timeline = TimelineLine.Of(report, [], sights) };

        Draw<TimelineCard>(view).FindAll("li div").Select(Parts).Should().Equal(
            "Seen at CITY by An officer Today 12:00:04",
            "On the city desk's screens Today 12:00:03",
            "Seen at PS1 by R. Santos Today 12:00:02",
            "On PS1's screens Today 12:00:01",
            "Received by the intake Today 12:00:00");
    }

    [Fact]
    public void The_timeline_says_from_what_to_what_by_whom_and_why_and_weaves_call_backs_in()
    {
        var report = AReport();
        report.Acknowledge(Santos, Noon.AddSeconds(9));
        report.Move(ReportStatus.Invalid, Santos, "A drill.", Noon.AddMinutes(2));
        var callBack = new AuditEntry { At = Noon.AddMinutes(1), OfficerId = Santos, Act = AuditActs.CallBack, ReportId = report.Id };

        var lines = Draw<TimelineCard>(View(report, callBack)).FindAll("li div").Select(Parts);

        lines.Should().Equal(
            "Acknowledged → Invalid by R. Santos “A drill.” Today 12:02:00",
            "Name and phone opened by R. Santos Today 12:01:00",
            "Received → Acknowledged by R. Santos Today 12:00:09",
            "Received by the intake Today 12:00:00");
    }

    [Fact]
    public void Files_are_listed_in_their_order_and_what_is_not_there_says_so()
    {
        var files = new[] { AFileRow(EvidenceKind.Jpeg, 0), AFileRow(EvidenceKind.Mov, 1), AFileRow(EvidenceKind.Heic, 2) };
        var view = View(AReport()) with { Evidence = [new(files[0], true), new(files[1], true), new(files[2], false)] };

        var card = Draw<EvidenceCard>(view);

        card.FindAll(".caption").Select(Parts)
            .Should().Equal("Photo 1, 1.5 MB", "Video 2, 1.5 MB Save", "Photo 3, 1.5 MB");
        card.FindAll("img[loading=lazy]").Should().ContainSingle();
        card.Find("video").GetAttribute("preload").Should().Be("metadata");
        card.FindAll("li")[2].TextContent.Should().Contain("No viewing copy");
    }

    [Fact]
    public void Whatever_was_typed_is_text()
    {
        var plain = View(AReport("x", "x")) with { Evidence = [new(AFileRow(EvidenceKind.Jpeg, 0, "x"), true)] };
        var (facts, evidence, nearby) = (Elements(Draw<ReportFacts>(plain)), Elements(Draw<EvidenceCard>(plain)), Elements(Draw<NearbyCard>(plain with { Nearby = [Near("x")] })));
        foreach (var payload in Hostile.Payloads)
        {
            var report = AReport(payload, payload);
            var file = AFileRow(EvidenceKind.Jpeg, 0, payload);
            var view = View(report) with { Evidence = [new(file, true)], Nearby = [Near(payload)] };

            Elements(Draw<ReportFacts>(view)).Should().Be(facts, payload);
            Elements(Draw<EvidenceCard>(view)).Should().Be(evidence, payload);
            Elements(Draw<NearbyCard>(view)).Should().Be(nearby, payload);
        }
    }

    private static NearbyReport Near(string title) => new(Guid.NewGuid(), "DVO-1", title, Severity.Low, ReportStatus.Received, 5, TimeSpan.Zero)
    {
        CrimeTypes = [title],
        OccurredAt = DateTimeOffset.UnixEpoch,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Address = title,
        Description = title,
        EvidenceCount = 1,
        IsAnonymous = true,
    };

    private static string Elements(IRenderedComponent<IComponent> card)
        => string.Join('\n', card.FindAll("*").Select(element => $"{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name))}"));

    private IRenderedComponent<T> Draw<T>(ReportView view) where T : IComponent
        => _page.Render<CascadingValue<ReportView>>(value => value.Add(cascade => cascade.Value, view).AddChildContent<T>()).FindComponent<T>();

    private static string TextOf(IRenderedComponent<ReportFacts> facts, string name)
        => Squeezed(facts.FindAll("dt").Single(term => term.TextContent == name).NextElementSibling!.TextContent);

    private static string Parts(AngleSharp.Dom.IElement element) => string.Join(' ', element.Children.Select(part => Squeezed(part.TextContent)));

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Evidence AFileRow(EvidenceKind kind, int position, string? name = null)
        => new(Guid.NewGuid(), position, kind, 1_572_864, new byte[32]) { FileName = name };

    private static ReportView View(Report report, params AuditEntry[] callBacks)
    {
        var agdao = new Barangay("1130700001", "Agdao", "PS1", Polygon.Empty);
        return new ReportView(report, agdao, new Station("PS1", "Sta. Ana Police Station", "Sta. Ana"),
            new Dictionary<Guid, string> { [Santos] = "R. Santos" }, TimelineLine.Of(report, callBacks, []), [], [],
            new SameIncident(null, [], []), new ReportReader(Santos, false, false, [], []));
    }

    private static Report AReport(string address = "Purok 4", string type = "Theft", string? hint = null,
        DateTimeOffset? happened = null, ReportSource source = ReportSource.App)
    {
        var submission = new Submission
        {
            Title = "Gone",
            CrimeTypes = [type.Length is > 1 and < 61 && type.Trim().Length > 1 ? type : "Theft"],
            Description = "All of it.",
            OccurredAt = happened ?? Noon,
            Latitude = 7.0739269,
            Longitude = 125.6246079,
            Address = address,
            BarangayHint = hint,
            Source = source,
        };
        var route = new Route("PS1", RouteRule.Boundary, new Barangay("1130700001", "Agdao", "PS1", Polygon.Empty), "2023-12-31/1");
        return Report.Submit(Guid.NewGuid(), "DVO-0000-0000", submission, route, Noon);
    }
}
