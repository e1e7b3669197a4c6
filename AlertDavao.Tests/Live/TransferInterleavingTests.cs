using System.Collections.Concurrent;
using System.Globalization;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Live;

/// <summary>
/// Reports go between three stations while officers read. What holds, and is looked at after every step:
/// <list type="bullet">
/// <item>in any moment of the database a report is in exactly one log, which is the report's own, and every log's numbers are 1 to n;</item>
/// <item>pictures that have come to the report's last commit, in each log it was ever in, show it exactly once and in that log,
/// whether it is the city desk's one picture or those of three stations. A picture in which one log is behind that commit is of
/// two moments and says nothing: each log is moved on by itself.</item>
/// </list>
/// </summary>
public sealed class TransferInterleavingTests
{
    // Twice as many in all: each run reads the whole log after every step.
    private const int Steps = 500;
    private const int Movers = 4;
    private const int ReportsEach = 5;

    [Theory]
    [Trait("catalogue", "O7")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_report_is_never_on_two_boards_and_never_on_none(int seed)
    {
        await using var house = await House.Open();
        var crossing = await Crossing.Open(house);
        await house.StartFanOut();
        using var done = new CancellationTokenSource();
        var readers = new[] { crossing.Read(crossing.OfTheDesk, done.Token), crossing.Read(crossing.OfTheStations, done.Token), crossing.Read(crossing.OfTheDatabase, done.Token) };

        await Task.WhenAll(Enumerable.Range(0, Movers).Select(mover => Task.Run(async () =>
        {
            var random = new Random((seed * Movers) + mover);
            for (var step = 0; step < Steps / Movers; step++)
                await crossing.Step(random, (mover * ReportsEach) + random.Next(ReportsEach));
        })));
        await done.CancelAsync();
        await Task.WhenAll(readers);
        await Until.True(() => house.Tails.Behind().Count == 0, "the boards have come to the end");

        crossing.OfTheDatabase();
        var before = crossing.Compared;
        crossing.OfTheDesk();
        crossing.OfTheStations();
        (crossing.Compared - before).Should().Be(2 * Movers * ReportsEach, "now every picture has come to every commit");
        crossing.Violations.Should().BeEmpty($"seed {seed}");
        before.Should().BeGreaterThan(Steps, "most of what is read meanwhile can be compared");
        crossing.Moves.Should().BeGreaterThan(Steps / 3);
    }

    private sealed class Crossing
    {
        private static readonly string[] Stations = ["PS1", "PS2", "PS3"];

        private readonly House _house;
        private readonly Guid _desk;
        private readonly Dictionary<string, Guid> _officers;
        private readonly Guid[] _reports;
        private readonly Standing?[] _standing;
        private readonly TransferReport _transfer;
        private readonly DecideTransfer _decide;
        private readonly AddNote _note;
        private readonly AcknowledgeReport _acknowledge;
        private readonly ConcurrentBag<SemaphoreSlim> _readers = [];
        private int _compared;
        private int _moves;

        private Crossing(House house, Guid desk, Dictionary<string, Guid> officers, Guid[] reports)
        {
            (_house, _desk, _officers, _reports) = (house, desk, officers, reports);
            _standing = new Standing?[reports.Length];
            var change = new ChangeReport(house.Writer, house.Bus, house.Scopes, house.Get<OfficerNotices>());
            _transfer = new TransferReport(change, house.City, EscalationTimes.Standard);
            _decide = new DecideTransfer(house.Writer, house.Bus, house.Scopes, house.Get<OfficerNotices>(), EscalationTimes.Standard);
            (_note, _acknowledge) = (new AddNote(change), new AcknowledgeReport(change));
        }

        public ConcurrentQueue<string> Violations { get; } = [];

        public int Compared => Volatile.Read(ref _compared);

        public int Moves => Volatile.Read(ref _moves);

        public static async Task<Crossing> Open(House house)
        {
            var officers = new Dictionary<string, Guid>();
            foreach (var station in Stations)
                officers[station] = await house.Officer(station);
            var reports = new List<Guid>();
            for (var at = 0; at < Movers * ReportsEach; at++)
                reports.Add(await house.Commit(Stations[at % Stations.Length]));
            var crossing = new Crossing(house, await house.Officer("CITY"), officers, [.. reports]);
            for (var at = 0; at < reports.Count; at++)
                crossing._standing[at] = crossing.Stands(reports[at]);
            return crossing;
        }

        /// <summary>Something happens to a report, which nobody else touches meanwhile.</summary>
        public async Task Step(Random random, int at)
        {
            Volatile.Write(ref _standing[at], null);
            var id = _reports[at];
            var (log, version) = Now(id);
            var others = Stations.Where(station => station != log).OrderBy(_ => random.Next()).ToArray();
            switch (random.Next(6))
            {
                case 0:
                    Done(await _transfer.Run(_desk, id, version, others[0], "moved"));
                    break;
                case 1 or 2:
                    Done(await _decide.Run(_officers[others[0]], await Ask(id, log, others[0], version), accepts: true, null));
                    break;
                case 3:
                    await Race(id, log, version, others);
                    break;
                case 4:
                    Done(await _decide.Run(_officers[others[0]], await Ask(id, log, others[0], version), accepts: false, "not ours"));
                    break;
                default:
                    Done(await _note.Run(_officers[log], id, version, "a note"));
                    await _acknowledge.Run(_officers[log], id, version + 1);
                    break;
            }

            var stands = Stands(id);
            if (stands.Log != log)
                Interlocked.Increment(ref _moves);
            Volatile.Write(ref _standing[at], stands);
            foreach (var reader in _readers)
                reader.Release();
        }

        /// <summary>Looks once after every step, while the next ones go on.</summary>
        public Task Read(Action look, CancellationToken stop)
        {
            var steps = new SemaphoreSlim(0);
            _readers.Add(steps);
            return Task.Run(
                async () =>
                {
                    using (steps)
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            await steps.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                            look();
                        }
                    }
                },
                CancellationToken.None);
        }

        public void OfTheDesk() => Compare("the city desk", () => [Look(_desk)]);

        public void OfTheStations() => Compare("three stations", () => [.. Stations.Select(station => Look(_officers[station]))]);

        public void OfTheDatabase()
        {
            using var db = _house.Db();
            db.Database.OpenConnection();
            using var moment = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
            db.Database.UseTransaction(moment);
            var entries = db.StationEntries.AsNoTracking().ToList();
            var stands = db.Reports.AsNoTracking().ToDictionary(report => report.Id, report => (report.Log, report.LogNumber));
            foreach (var log in db.StationLogs.AsNoTracking().ToList())
            {
                var numbers = entries.Where(entry => entry.Log == log.Code).Select(entry => entry.Number).Order().ToList();
                if (numbers.Count != log.LastNumber || numbers.Where((number, at) => number != at + 1).Any())
                    Violations.Enqueue($"{log.Code} stands at {log.LastNumber} and has {numbers.Count} entries, or a gap");
            }

            foreach (var report in entries.GroupBy(entry => entry.ReportId))
            {
                var on = report.GroupBy(entry => entry.Log).Where(log => log.MaxBy(entry => entry.Number)!.Kind != EntryKind.Left).Select(log => log.Key).ToList();
                var arrived = report.Where(entry => entry.Kind == EntryKind.Arrived).MaxBy(entry => entry.Version)!;
                if (on is not [{ } log] || stands[report.Key] != (log, arrived.Number) || arrived.Log != log)
                    Violations.Enqueue($"the logs have {report.Key} on [{string.Join(", ", on)}], it stands at {stands[report.Key]}");
            }
        }

        private void Compare(string who, Func<List<BoardPicture>> read)
        {
            var before = Enumerable.Range(0, _standing.Length).Select(at => Volatile.Read(ref _standing[at])).ToArray();
            var pictures = read();
            var boards = pictures.SelectMany(picture => picture.Rows).ToLookup(row => row.Id, row => row.Log);
            for (var at = 0; at < before.Length; at++)
            {
                // Nothing has happened to it since before the first picture was taken, and each log has come to what happened last.
                if (before[at] is not { } stands
                    || !ReferenceEquals(Volatile.Read(ref _standing[at]), stands)
                    || stands.Last.Any(last => pictures.Max(picture => picture.NumberOf(last.Key)) < last.Value))
                    continue;
                Interlocked.Increment(ref _compared);
                var on = boards[_reports[at]].ToList();
                if (on is not [{ } log] || log != stands.Log)
                    Violations.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{who}: report {at} stands on {stands.Log} and shows on [{string.Join(", ", on)}]"));
            }
        }

        private BoardPicture Look(Guid officer) => _house.Get<BoardReader>().Look(_house.Scopes.Of(officer));

        private async Task Race(Guid id, string log, int version, string[] others)
        {
            var transfer = await Ask(id, log, others[0], version);
            var outcomes = await Task.WhenAll(
                Task.Run(() => _decide.Run(_officers[others[0]], transfer, accepts: true, null)),
                Task.Run(() => _decide.Run(_officers[others[0]], transfer, accepts: false, "not ours")),
                Task.Run(() => _transfer.Run(_desk, id, version + 1, others[1], "moved")));
            if (outcomes.Count(outcome => outcome.Result == CommandResult.Done) != 1)
                Violations.Enqueue($"of three who decide, not one did: {string.Join(", ", outcomes.Select(outcome => outcome.Result))}");
        }

        private async Task<Guid> Ask(Guid id, string log, string to, int version)
        {
            Done(await _transfer.Run(_officers[log], id, version, to, "theirs"));
            await using var db = _house.Db();
            return db.Transfers.Where(transfer => transfer.ReportId == id && transfer.State == TransferState.Asked).Select(transfer => transfer.Id).Single();
        }

        private (string Log, int Version) Now(Guid id)
        {
            using var db = _house.Db();
            var report = db.Reports.AsNoTracking().Single(one => one.Id == id);
            return (report.Log, report.Version);
        }

        private Standing Stands(Guid id)
        {
            using var db = _house.Db();
            var last = db.StationEntries.AsNoTracking().Where(entry => entry.ReportId == id).AsEnumerable()
                .GroupBy(entry => entry.Log).ToDictionary(log => log.Key, log => log.Max(entry => entry.Number));
            return new Standing(Now(id).Log, last);
        }

        private void Done(CommandOutcome outcome)
        {
            if (outcome.Result != CommandResult.Done)
                Violations.Enqueue($"a command was not done: {outcome.Result} {outcome.Rule}");
        }

        /// <param name="Last">The number of the last entry of the report in each log it was in.</param>
        private sealed record Standing(string Log, IReadOnlyDictionary<string, long> Last);
    }
}
