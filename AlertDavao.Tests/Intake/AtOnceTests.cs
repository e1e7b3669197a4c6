using System.Net;
using AlertDavao.Dashboard.Intake;

namespace AlertDavao.Tests.Intake;

[Collection(IntakeTests.Name)]
public sealed class AtOnceTests(LoggedApp app)
{
    [Fact]
    public async Task F1_one_client_has_only_so_many_requests_before_the_writer_and_others_find_room_behind_them()
    {
        using var flooding = app.App.Intake(app.OtherKey);
        using var gate = await Data.Gate.Close(app.App.Writer());
        var flood = Enumerable.Range(0, IntakeLimits.AtOncePerKey).Select(_ => flooding.Post(A.Report("At once"))).ToList();
        await Eventually.Holds(() => app.App.Writer().Waiting == IntakeLimits.AtOncePerKey, "all of them wait for the writer");

        using var oneMore = await flooding.Post(A.Report("At once"));
        var other = app.Client.Post(A.Report("Another's"));
        await Eventually.Holds(() => app.App.Writer().Waiting == IntakeLimits.AtOncePerKey + 1, "the other's report waits with them");
        gate.Open();

        await oneMore.ShouldBeProblem(429);
        oneMore.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
        (await other).StatusCode.Should().Be(HttpStatusCode.Created);
        (await Task.WhenAll(flood)).Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.Created);
        await flooding.Accepted(A.Report("And when they are through there is room again"));
    }
}
