using System.Security.Claims;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Limits;
using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AlertDavao.Tests.Security;

/// <summary>Circuits whose connection dropped are kept, all of a building's, and no session can fill the memory with them.</summary>
[Collection(SecurityTests.Name)]
public sealed class KeptCircuitsTests(LoggedApp app)
{
    [Fact]
    public void As_many_dropped_circuits_are_kept_as_screens_fit_on_the_server()
        => The<IOptions<CircuitOptions>>().Value.DisconnectedCircuitMaxRetained.Should().Be(The<LimitOptions>().CircuitsPerNode).And.Be(12_000);

    // A page that acknowledges nothing is drawn to ten times, and holds no more.
    [Fact]
    [Trait("catalogue", "C6")]
    public void C6_a_circuit_keeps_ten_draws_at_most_that_its_page_has_not_taken()
        => The<IOptions<CircuitOptions>>().Value.MaxBufferedUnacknowledgedRenderBatches.Should().Be(10);

    [Fact]
    public async Task A_session_that_holds_eight_circuits_a_screen_opens_no_more()
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = app.App.Address };
        client.DefaultRequestHeaders.Add("Cookie", await Socket.SignedIn(app.App, "officer.ps19"));
        (await client.GetAsync("/api/session")).IsSuccessStatusCode.Should().BeTrue("the session is known from its first question on");
        var (officer, session) = Newest("officer.ps19");
        var caller = new Caller(AccountClaims.Of(officer, session, null));
        caller.Items[typeof(CallRate)] = new CallRate(TimeProvider.System);
        var guard = ActivatorUtilities.CreateInstance<HubGuard>(app.App.Services);
        var call = new HubInvocationContext(caller, app.App.Services, new Stub(), typeof(Stub).GetMethod(nameof(Stub.StartCircuit))!, []);
        var most = The<LimitOptions>().CircuitsPerUser * 8;
        var held = Enumerable.Range(0, most - 1).Select(_ => The<LiveSessions>().Hold(session, _ => { })).ToList();

        (await guard.InvokeMethodAsync(call, _ => ValueTask.FromResult<object?>("a secret"))).Should().Be("a secret");
        held.Add(The<LiveSessions>().Hold(session, _ => { }));
        var asked = false;
        (await guard.InvokeMethodAsync(call, _ =>
        {
            asked = true;
            return ValueTask.FromResult<object?>("another");
        })).Should().BeNull();

        asked.Should().BeFalse("nothing was opened");
        held.ForEach(one => one.Dispose());
        (await guard.InvokeMethodAsync(call, _ => ValueTask.FromResult<object?>("again"))).Should().Be("again");
    }

    private T The<T>()
        where T : notnull => app.App.Services.GetRequiredService<T>();

    private (Account Officer, Guid Session) Newest(string account)
    {
        using var db = app.App.Db();
        var officer = db.Users.Single(user => user.Email == $"{account}@alertdavao.test");
        return (officer, db.Sessions.Where(session => session.OfficerId == officer.Id && session.EndedAt == null).OrderByDescending(session => session.EndsAt).First().Id);
    }

    private sealed class Stub : Hub
    {
        public string StartCircuit() => Context.ConnectionId;
    }

    private sealed class Caller(ClaimsPrincipal user) : HubCallerContext
    {
        public override string ConnectionId => "one";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal User => user;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort()
        {
        }
    }
}
