using System.Data.Common;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Roster;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AlertDavao.Tests.Live;

/// <summary>
/// An officer is moved in the middle of a burst, again and again. Nothing that was committed after the move is ever drawn for the
/// old station, and the new station's board is complete.
/// </summary>
public sealed class ReassignmentTests
{
    private const int Moves = 1000;
    private const int BurstEach = 2;

    [Fact]
    [Trait("catalogue", "O7")]
    public async Task Of_a_thousand_moves_in_the_middle_of_a_burst_none_shows_what_came_after_it()
    {
        var commits = new MoveWatch();
        await using var house = await House.Open(null, commits);
        var (desk, officer) = (await house.Officer("CITY"), await house.Officer("PS1"));
        await house.StartFanOut();
        var move = new MoveOfficer(new DutyChange(house.Writer, house.Scopes, house.Bus));
        await using var screen = new Drawings(house, officer);
        await screen.Follow();
        commits.Follow(officer);
        var (from, to) = ("PS1", "PS2");
        var late = 0;
        for (var at = 0; at < Moves; at++)
        {
            var random = new Random(at);
            screen.Clear();
            commits.Begin(from);
            var burst = Enumerable.Range(0, BurstEach * 2).Select(_ => Task.Run(() => Arrive(house, commits, random.Next(2) == 0 ? from : to))).ToList();
            for (var wait = random.Next(200); wait > 0; wait--)
                Thread.SpinWait(20);
            var moved = move.Run(desk, DutyOf(house, officer), to);
            burst.AddRange(Enumerable.Range(0, BurstEach * 2).Select(_ => Task.Run(() => Arrive(house, commits, random.Next(2) == 0 ? from : to))));

            (await moved).Should().Be(DutyOutcome.Done);
            await Task.WhenAll(burst);

            var last = NumberOf(house, to);
            await Until.True(() => screen.Last is { } drawn && drawn.Logs == to && drawn.Number == last, $"the new board is complete after move {at}");
            if (NumberOf(house, from) > commits.Bound)
                late++;
            // At the first one: what keeps a void scope alive makes every move wait for a sweep.
            screen.All.Where(drawn => drawn.Logs == from && drawn.Number > commits.Bound)
                .Should().BeEmpty($"move {at} came at no. {commits.Bound} of {from}");
            (from, to) = (to, from);
        }

        late.Should().BeGreaterThan(Moves / 10, "much came into the old log after the moves");
    }

    private static async Task Arrive(House house, MoveWatch commits, string log)
    {
        await house.Writer.Run(unit =>
        {
            var number = unit.Arrive(AlertDavao.Tests.Data.Store.NewReport(unit, "In a burst", log));
            commits.Took(log, number);
            return number;
        });
        house.Bus.Ring(log);
    }

    private static Guid DutyOf(House house, Guid officer)
    {
        using var db = house.Db();
        return db.Duties.Where(duty => duty.OfficerId == officer && duty.Until == null).Select(duty => duty.Id).Single();
    }

    private static long NumberOf(House house, string log)
    {
        using var db = house.Db();
        return db.StationLogs.Where(one => one.Code == log).Select(one => one.LastNumber).Single();
    }

    /// <summary>On the writer's thread: what the old log had got to when the move was committed.</summary>
    private sealed class MoveWatch : DbTransactionInterceptor
    {
        private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
        private Guid _officer;
        private long _version = -1;
        private string _from = "";
        private long _bound = long.MaxValue;

        public long Bound => Volatile.Read(ref _bound);

        public void Follow(Guid officer) => _officer = officer;

        public void Begin(string from)
        {
            _from = from;
            Volatile.Write(ref _bound, long.MaxValue);
        }

        public void Took(string log, long number) => _last[log] = number;

        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
        {
            if (_officer == Guid.Empty || eventData.Context is not AlertDavaoDb db)
                return;
            using var ask = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
            ask.CommandText = "SELECT ScopeVersion FROM Officers WHERE Id = $id";
            ask.Parameters.AddWithValue("$id", _officer);
            var version = Convert.ToInt64(ask.ExecuteScalar() ?? 0L, System.Globalization.CultureInfo.InvariantCulture);
            if (_version >= 0 && version != _version)
                Volatile.Write(ref _bound, _last.GetValueOrDefault(_from));
            _version = version;
        }
    }

    /// <summary>A circuit's board, of which only the scope and the number of each draw are kept.</summary>
    private sealed class Drawings : IAsyncDisposable
    {
        private readonly Screen _screen;
        private readonly Lock _lock = new();
        private readonly List<(string Logs, long Number)> _drawn = [];

        public Drawings(House house, Guid officer)
        {
            _screen = new Screen(house, officer);
            _screen.Feed.Attach(isBoard: true, OnCircuit, () => _drawn.Add(Now(_screen.Feed.State)));
        }

        public IReadOnlyList<(string Logs, long Number)> All
        {
            get
            {
                lock (_lock)
                    return [.. _drawn];
            }
        }

        public (string Logs, long Number)? Last => All is [.., var last] ? last : null;

        public async Task Follow()
        {
            _screen.Start();
            await Until.True(() => Last is not null, "the feed drew its first picture");
        }

        // The last one stays: it is what the screen shows.
        public void Clear()
        {
            lock (_lock)
                _drawn.RemoveRange(0, _drawn.Count - 1);
        }

        public ValueTask DisposeAsync() => _screen.DisposeAsync();

        private Task OnCircuit(Action action)
        {
            lock (_lock)
                action();
            return Task.CompletedTask;
        }

        private static (string Logs, long Number) Now(BoardState state)
            => state.Scope is { Logs: [var log] } ? (log, state.Picture.NumberOf(log)) : ("", 0);
    }
}
