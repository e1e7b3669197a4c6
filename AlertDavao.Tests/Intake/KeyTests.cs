using System.Net;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Intake;

/// <summary>Who may submit: a client with a key in force, and nobody by a browser's session.</summary>
[Collection(IntakeTests.Name)]
public sealed class KeyTests(LoggedApp app)
{
    private const string Demo = "demo-intake-key-0123456789abcdef";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer demo-intake-key-0123456789abcde")]
    [InlineData("Bearer DEMO-INTAKE-KEY-0123456789ABCDEF")]
    [InlineData("Bearer demo-intake-key-0123456789abcdef, Bearer demo-intake-key-0123456789abcdef")]
    [InlineData("Bearerdemo-intake-key-0123456789abcdef")]
    [InlineData(Demo)]
    [InlineData("Basic ZGVtbzpkZW1vLWludGFrZS1rZXktMDEyMzQ1Njc4OWFiY2RlZg==")]
    [InlineData("Token demo-intake-key-0123456789abcdef")]
    [InlineData("Bearer ' OR 1=1 --")]
    public async Task Without_a_key_of_ours_in_the_right_scheme_nothing_is_taken(string? authorization)
    {
        var before = app.Counts();

        using var answer = await Send(authorization);

        await answer.ShouldBeProblem(401);
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
        app.Counts().Should().Be(before);
    }

    [Fact]
    public async Task An_overlong_key_is_refused()
    {
        using var answer = await Send("Bearer " + new string('k', 5000));

        await answer.ShouldBeProblem(401);
    }

    [Theory]
    [InlineData("Bearer " + Demo)]
    [InlineData("bearer " + Demo)]
    [InlineData("BEARER   " + Demo)]
    public async Task The_scheme_is_read_in_any_case(string authorization)
    {
        using var answer = await Send(authorization);

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        using var answer = await Send($"Bearer {app.RevokedKey}");

        await answer.ShouldBeProblem(401);
    }

    [Fact]
    public async Task A16_a_key_that_is_revoked_between_request_and_commit_stores_nothing()
    {
        using var client = app.App.Intake(app.KeyToRevoke);
        await client.Accepted(A.Report("Before the revocation"));
        var before = app.Counts();
        using var gate = await Data.Gate.Close(app.App.Writer());
        var hash = IntakeKeys.Hash(app.KeyToRevoke);
        var revocation = app.App.Writer().Run(unit => unit.Db.IntakeClients.Where(c => c.KeyHash == hash)
            .ExecuteUpdate(set => set.SetProperty(c => c.RevokedAt, (DateTimeOffset?)unit.Now)));

        // The key is still good when the request comes in; the revocation is written before the report.
        var post = client.Post(A.Report("Behind the revocation"));
        await Eventually.Holds(() => app.App.Writer().Waiting == 2, "the report waits behind the revocation");
        gate.Open();

        (await revocation).Should().Be(1);
        using var answer = await post;
        await answer.ShouldBeProblem(401);
        app.Counts().Should().Be(before);
    }

    [Fact]
    public async Task A_client_that_is_not_the_demo_submits_reports_of_the_app()
    {
        using var client = app.App.Intake(app.OtherKey);

        await client.Accepted(A.Report("From the app"));

        app.Stored("From the app").Source.Should().Be(ReportSource.App);
    }

    [Fact]
    public async Task An_officers_session_does_not_open_the_intake()
    {
        using var officer = await app.App.SignedIn("officer.ps1");

        using var answer = await officer.Post(A.Report("By session"));

        await answer.ShouldBeProblem(401);
    }

    private async Task<HttpResponseMessage> Send(string? authorization)
    {
        using var client = new HttpClient { BaseAddress = app.App.Address };
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return await client.Post(A.Report("With some key"));
    }
}
