using System.Text.Json;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Live;
using Microsoft.Extensions.Time.Testing;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Board;

/// <summary>Who asks, who follows and who has a page open know the same reports at the same cursor, whatever has happened and whoever they are.</summary>
public sealed class ParityTests
{
    private static readonly string[] Logs = ["PS1", "PS2", "CITY"];

    [Theory]
    [InlineData(21, 1)]
    [InlineData(22, 3)]
    [InlineData(23, 10)]
    public async Task Poll_feed_and_circuit_have_the_same_reports_for_each_role_after_random_histories(int seed, int bunch)
    {
        // It stands still but for what a screen's draws need: nothing runs out of its time on a busy machine.
        var time = new FakeTimeProvider(Rows.Noon);
        await using var house = await House.Open(time);
        var random = new Random(seed);
        await using var roles = await Roles.Open(house);
        for (var step = 0; step < 30; step++)
        {
            time.Advance(DrawGate.Window);
            await house.Writer.Run(unit => Enumerable.Range(0, bunch).Count(_ => TailAgainstDatabaseTests.Event(house, unit, random)));
            foreach (var log in Logs.OrderBy(_ => random.Next()).ToList())
            {
                house.Tails.Advance(log);
                house.Bus.Wake(log);
            }

            await roles.KnowTheSame(random, $"seed {seed}, step {step}");
        }
    }

    private sealed class Roles : IAsyncDisposable
    {
        private readonly List<Role> _all = [];

        public static async Task<Roles> Open(House house)
        {
            var roles = new Roles();
            foreach (var (name, officer) in new[]
                     {
                         ("officer", await house.Officer("PS1")),
                         ("station admin", await Admin(house)),
                         ("city desk", await house.Officer("CITY")),
                         ("several duties", await house.Officer("PS1", "PS2")),
                         ("no duty", await house.Officer()),
                     })
                roles._all.Add(new Role(name, house, officer, await Screen.Open(house, officer)));
            return roles;
        }

        public async Task KnowTheSame(Random random, string because)
        {
            foreach (var role in _all)
                await role.KnowsTheSame(random, because);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var role in _all)
                await role.DisposeAsync();
        }

        private static Task<Guid> Admin(House house) => house.Writer.Run(unit =>
        {
            var admin = new Officer(Guid.NewGuid(), "A. Dmin");
            unit.Db.Officers.Add(admin);
            unit.Db.Duties.Add(new Posting(Guid.NewGuid(), admin.Id, "PS1", DutyRole.StationAdmin, unit.Now, null));
            return admin.Id;
        });
    }

    private sealed class Role(string name, House house, Guid officer, Screen screen) : IAsyncDisposable
    {
        private readonly Told _poll = new();
        private readonly Told _feed = new();
        private readonly Told _locked = new();

        public async Task KnowsTheSame(Random random, string because)
        {
            var frames = house.Get<BoardFrames>();
            var scope = house.Scopes.Of(officer);
            var picture = house.Get<BoardReader>().Look(scope);
            // Who asks does so now and then only; who follows is told everything, a locked screen less of each.
            if (random.Next(3) == 0)
                _poll.Read(after => frames.Next(scope, screen.Session, after));
            _feed.Read(after => frames.News(scope, screen.Session, after));
            _locked.Read(after => frames.Of(picture, locked: true, after));
            await Until.True(() => screen.Last!.Picture.Cursor == picture.Cursor, $"the circuit of {name} is complete, {because}");

            var circuit = screen.Last!.Picture.Rows.ToDictionary(row => row.Id, row => row.Version);
            var anew = new Told();
            anew.Read(after => frames.Next(scope, screen.Session, after));
            foreach (var told in new[] { _feed, _locked, anew }.Concat(_poll.Cursor == picture.Cursor ? [_poll] : []))
            {
                told.Cursor.Should().Be(picture.Cursor, because);
                told.Reports.Should().BeEquivalentTo(circuit, $"{name}, {because}");
            }

            circuit.Keys.Should().BeEquivalentTo(scope.Logs.SelectMany(log => house.ReportsOf(log)), $"{name}, {because}");
        }

        public ValueTask DisposeAsync() => screen.DisposeAsync();
    }

    /// <summary>A reader outside: what it was told, and where it stands.</summary>
    private sealed class Told
    {
        private readonly Dictionary<Guid, (string Station, int Version)> _reports = [];

        public Dictionary<Guid, int> Reports => _reports.ToDictionary(report => report.Key, report => report.Value.Version);

        public string Cursor { get; private set; } = "";

        public void Read(Func<string, BoardFrame?> next)
        {
            while (next(Cursor) is { } frame)
            {
                using var page = JsonDocument.Parse(frame.Body);
                if (page.RootElement.IsReset())
                    _reports.Clear();
                foreach (var entry in page.RootElement.Entries())
                {
                    var (id, station) = (entry.ReportId(), entry.Text("station"));
                    if (entry.Text("kind") != "left")
                        _reports[id] = (station, entry.GetProperty("report").GetProperty("version").GetInt32());
                    // Of two logs no order is promised: it may have come to the other one before it is told that it left this one.
                    else if (_reports.TryGetValue(id, out var known) && known.Station == station)
                        _reports.Remove(id);
                }

                Cursor = frame.Cursor;
                if (!page.RootElement.GetProperty("more").GetBoolean())
                    return;
            }
        }
    }
}
