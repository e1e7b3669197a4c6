using System.Net;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Reports;

/// <summary>What an officer is told in person, until they say that they have read it.</summary>
[Collection(SecurityTests.Name)]
public sealed class NoticeTests(LoggedApp running)
{
    private TestApp App => running.App;

    [Fact]
    public async Task A_notice_is_there_until_its_officer_has_read_it()
    {
        using var officer = await Hand.Of(App, "officer.ps8");
        var notice = await Told(officer);
        UnreadOf(officer).Should().Contain(notice);

        var answer = await Read(officer, notice);

        answer.Status.Should().Be(HttpStatusCode.OK);
        UnreadOf(officer).Should().NotContain(notice);
        Stored(notice).ReadAt.Should().NotBeNull();
    }

    [Theory]
    [InlineData("admin.ps8")]
    [InlineData("hq")]
    [InlineData("noduty")]
    public async Task Nobody_reads_another_officers_notice_and_the_answer_does_not_say_whether_there_is_one(string account)
    {
        using var officer = await Hand.Of(App, "officer.ps8");
        using var other = await Hand.Of(App, account);
        var notice = await Told(officer);

        var foreign = await Read(other, notice);
        var none = await Read(other, long.MaxValue);

        foreign.Text.Should().Be(none.Text);
        foreign.Status.Should().Be(none.Status);
        Stored(notice).ReadAt.Should().BeNull();
        UnreadOf(officer).Should().Contain(notice);
    }

    [Fact]
    public async Task Reading_twice_keeps_when_it_was_read_first()
    {
        using var officer = await Hand.Of(App, "officer.ps8");
        var notice = await Told(officer);
        await Read(officer, notice);
        var first = Stored(notice).ReadAt;

        var again = await Read(officer, notice);

        again.Status.Should().Be(HttpStatusCode.OK);
        Stored(notice).ReadAt.Should().Be(first);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    public async Task What_is_no_number_of_a_notice_is_not_found(string notice)
    {
        using var officer = await Hand.Of(App, "officer.ps8");

        (await officer.Send($"/api/notices/{notice}/read", null, null)).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_newest_are_listed_first_and_older_ones_follow_when_those_are_read()
    {
        using var officer = await Hand.Of(App, "officer.ps9");
        var told = new List<long>();
        for (var at = 0; at < OfficerNotices.Most + 2; at++)
            told.Add(await Told(officer));
        told.Reverse();

        UnreadOf(officer).Should().Equal(told.Take(OfficerNotices.Most));
        await Read(officer, told[0]);

        UnreadOf(officer).Should().Equal(told.Skip(1).Take(OfficerNotices.Most));
    }

    /// <summary>An admin takes over what the officer holds, and the officer is told.</summary>
    private async Task<long> Told(Hand officer)
    {
        var told = await App.Writer().Run(unit =>
        {
            var report = Data.Store.NewReport(unit, "To be told of", "PS8");
            unit.Arrive(report);
            unit.Tell([officer.Id], Guid.NewGuid(), NoticeKind.TakenOver, report);
            return report.Id;
        });
        App.Services.GetRequiredService<OfficerNotices>().Told(officer.Id);
        using var db = App.Db();
        return db.Notices.AsNoTracking().Single(notice => notice.ReportId == told).Id;
    }

    private static Task<Answer> Read(Hand hand, long notice) => hand.Send($"/api/notices/{notice}/read", null, null);

    private IEnumerable<long> UnreadOf(Hand officer) => App.Services.GetRequiredService<OfficerNotices>().Of(officer.Id).Select(notice => notice.Notice.Id);

    private Notice Stored(long id)
    {
        using var db = App.Db();
        return db.Notices.AsNoTracking().Single(notice => notice.Id == id);
    }
}
