using AlertDavao.Domain;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;

namespace AlertDavao.Tests.Domain.Reports;

public sealed class SubmitTests
{
    public static TheoryData<string, Submission> Faulty() => new()
    {
        { "Title.Missing", Draft.Submission with { Title = "" } },
        { "Title.TooLong", Draft.Submission with { Title = new string('a', 201) } },
        { "Description.Missing", Draft.Submission with { Description = "" } },
        { "Description.TooLong", Draft.Submission with { Description = new string('a', 10_001) } },
        { "Address.TooLong", Draft.Submission with { Address = new string('a', 201) } },
        { "BarangayHint.TooLong", Draft.Submission with { BarangayHint = new string('a', 201) } },
        { "CrimeTypes.Missing", Draft.Submission with { CrimeTypes = [] } },
        { "CrimeTypes.TooMany", Draft.Submission with { CrimeTypes = ["t1", "t2", "t3", "t4", "t5", "t6"] } },
        { "CrimeTypes.TooShort", Draft.Submission with { CrimeTypes = ["a"] } },
        { "CrimeTypes.TooLong", Draft.Submission with { CrimeTypes = [new string('a', 61)] } },
        { "OccurredAt.TooEarly", Draft.Submission with { OccurredAt = Submission.Earliest.AddTicks(-1) } },
        { "OccurredAt.TooLate", Draft.Submission with { OccurredAt = Draft.Now.AddHours(24).AddSeconds(1) } },
        { "Latitude.NotFinite", Draft.Submission with { Latitude = double.NaN } },
        { "Longitude.NotFinite", Draft.Submission with { Longitude = double.NegativeInfinity } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_faulty_submission_becomes_no_report(string rule, Submission submission)
    {
        var submit = () => Draft.Submit(submission);

        submit.Should().Throw<DomainRuleViolated>().Which.Rule.Should().Be(rule);
    }

    [Fact]
    public void A_refusal_never_repeats_what_a_person_typed()
    {
        var submit = () => Draft.Submit(Draft.Submission with { Title = "Juan " + new string('a', 201) });

        submit.Should().Throw<DomainRuleViolated>().Which.ToString().Should().NotContain("Juan");
    }

    [Fact]
    public void A_report_starts_received_at_version_1_with_one_event()
    {
        var report = Draft.Report();

        (report.Status, report.Version).Should().Be((ReportStatus.Received, 1));
        report.Events.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            ReportId = Draft.Id,
            Version = 1,
            Part = 0,
            Kind = ReportEventKind.Submitted,
            At = Draft.Now,
            OfficerId = (Guid?)null,
            From = (ReportStatus?)null,
            To = ReportStatus.Received,
        });
    }

    [Fact]
    public void A_report_keeps_what_was_sent()
    {
        var submission = Draft.Submission with
        {
            Address = "Km 9",
            BarangayHint = "Eden",
            IsAnonymous = true,
            Source = ReportSource.Radio,
            Latitude = 1e308,
            Longitude = -0.0,
        };

        // That the place is a barangay alone is kept as a note.
        Draft.Submit(submission).Should().BeEquivalentTo(submission, options => options.Excluding(sent => sent.IsBarangayAlone));
    }

    [Fact]
    public void A_report_keeps_its_route()
        => Draft.Report().Should().BeEquivalentTo(new
        {
            Log = "PS19",
            BarangayPsgc = Draft.Eden.Psgc,
            RouteRule = RouteRule.Boundary,
            BoundaryVersion = "v1",
        });

    [Fact]
    public void Times_are_kept_in_UTC()
    {
        var manila = TimeSpan.FromHours(8);
        var submission = Draft.Submission with { OccurredAt = Draft.Now.AddHours(-1).ToOffset(manila) };
        var route = Seeds.Router.Route(submission.CrimeTypes, null, null);

        var report = Report.Submit(Draft.Id, "DVO-0000-0000", submission, route, Draft.Now.ToOffset(manila));

        (report.OccurredAt, report.ReceivedAt).Should().Be((Draft.Now.AddHours(-1), Draft.Now));
        new[] { report.OccurredAt, report.ReceivedAt, report.Events[0].At }.Should().OnlyContain(at => at.Offset == TimeSpan.Zero);
    }

    [Theory]
    [InlineData(RouteRule.NoPlace, IntakeNote.NoPlace)]
    [InlineData(RouteRule.HalfPlace, IntakeNote.HalfPlace)]
    [InlineData(RouteRule.NotOnEarth, IntakeNote.NotOnEarth)]
    [InlineData(RouteRule.OutsideCity, IntakeNote.OutsideCity)]
    public void Why_a_report_is_unrouted_stands_on_its_timeline(RouteRule rule, IntakeNote note)
    {
        var report = Draft.Submit(Draft.Submission with { BarangayHint = "Eden" }, rule);

        NoteOf(report).Should().BeEquivalentTo(new { Version = 1, Part = 1, Kind = ReportEventKind.Noted, Note = note, At = Draft.Now });
        report.Version.Should().Be(1);
    }

    [Theory]
    [InlineData(RouteRule.Boundary)]
    [InlineData(RouteRule.Cyber)]
    public void A_named_barangay_that_contradicts_the_place_is_noted(RouteRule rule)
        => NoteOf(Draft.Submit(Draft.Submission with { BarangayHint = "Los Amigos" }, rule))!
            .Note.Should().Be(IntakeNote.BarangayContradictsPlace);

    [Theory]
    [InlineData("Eden")]
    [InlineData("  eden ")]
    [InlineData("EDEN (TORIL)")]
    [InlineData("")]
    [InlineData(null)]
    public void A_named_barangay_that_fits_the_place_is_not_noted(string? hint)
        => NoteOf(Draft.Submit(Draft.Submission with { BarangayHint = hint })).Should().BeNull();

    [Fact]
    public void A_report_says_which_client_sent_it()
    {
        var client = Guid.NewGuid();
        byte[] reporter = [1, 2, 3];

        var report = Draft.Report().SentBy(client, reporter);

        (report.IntakeClientId, report.SealedReporter, report.Version).Should().Be((client, reporter, 1));
    }

    [Fact]
    public void A_report_of_the_desk_has_no_client_and_no_holder()
        => Draft.Report().Should().BeEquivalentTo(new
        {
            IntakeClientId = (Guid?)null,
            ClaimedBy = (Guid?)null,
            AcknowledgedBy = (Guid?)null,
        });

    private static ReportEvent? NoteOf(Report report) => report.Events.Skip(1).SingleOrDefault();
}
