using System.Net;
using System.Net.Http.Json;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Tests.Devices;
using AlertDavao.Tests.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Security;

/// <summary>
/// Who sees whose reports on which way, from one table: every role, every kind of station and the city's own log, every path. Each
/// cell is asked for; a cell that the table does not open is closed.
/// </summary>
public sealed class MatrixTests(MatrixTests.Filled filled) : IClassFixture<MatrixTests.Filled>
{
    private const string Nobody = "nobody";

    private static readonly string[] Logs = ["PS1", "PS2", "CYBER", "CITY"];

    /// <summary>The roles, and the logs of which each sees the reports.</summary>
    private static readonly Dictionary<string, string[]> Sees = new()
    {
        ["officer.ps1"] = ["PS1"],
        ["admin.ps1"] = ["PS1"],
        ["officer.ps2"] = ["PS2"],
        ["officer.cyber"] = ["CYBER"],
        // Two duties.
        ["officer.ps3"] = ["PS1", "PS2"],
        // One that is over and one that has not begun.
        ["officer.ps4"] = [],
        ["noduty"] = [],
        ["hq"] = ["PS1", "PS2", "CYBER", "CITY"],
        [Nobody] = [],
    };

    private static readonly Dictionary<string, Func<Cell, Task<bool>>> Paths = new()
    {
        ["board"] = async cell => (await cell.Text("/")).Contains(cell.Report.Id.ToString(), StringComparison.Ordinal),
        ["page"] = async cell => await cell.Is($"/reports/{cell.Report.Id}"),
        ["search"] = async cell => (await cell.Text($"/reports?q={cell.Report.Code}")).Contains(cell.Title, StringComparison.Ordinal),
        ["export"] = async cell => (await cell.Text($"{ReportListFeature.Export}?q={cell.Report.Code}")).Contains(cell.Title, StringComparison.Ordinal),
        ["evidence"] = async cell => await cell.Is(cell.Report.Evidence()),
        ["download"] = async cell => await cell.Is(cell.Report.Evidence(1) + "/download"),
        ["poll"] = async cell => await cell.IsOpen(Wire.Board)
            && (await cell.Client.PollAll()).Entries().Any(entry => entry.ReportId() == cell.Report.Id),
        ["feed"] = async cell =>
        {
            if (!await cell.IsOpen(Wire.Board))
                return false;
            using var feed = await FeedReader.Open(cell.Client);
            return (await feed.CatchUp()).Any(frame => frame.Body.Entries().Any(entry => entry.ReportId() == cell.Report.Id));
        },
        ["circuit"] = async cell =>
        {
            if (cell.Account == Nobody)
                return false;
            await using var circuit = cell.App.Services.CreateAsyncScope();
            var feed = circuit.ServiceProvider.GetRequiredService<BoardFeed>();
            feed.Open(AccountClaims.Of(new Account { Id = cell.App.IdOf(cell.Account) }, cell.Session, null), null);
            await Eventually.Holds(() => feed.State.Scope is not null, "the circuit's board is read");
            return feed.State.Picture.Rows.Any(row => row.Id == cell.Report.Id);
        },
        ["command"] = async cell =>
        {
            if (cell.Account == Nobody)
            {
                using var refused = await cell.Client.PostAsJsonAsync($"/api/reports/{cell.Report.Id}/note", new { text = "By nobody" });
                refused.IsSuccessStatusCode.Should().BeFalse();
                return false;
            }

            using var hand = await Hand.Of(cell.App, cell.Account);
            var before = cell.Version();
            var answer = await hand.Do(cell.Report.Id, "note", before, new { text = "A look at the matrix" });
            answer.Status.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
            cell.Version().Should().Be(answer.Status == HttpStatusCode.OK ? before + 1 : before);
            return answer.Status == HttpStatusCode.OK;
        },
    };

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var role in Sees.Keys)
        {
            foreach (var log in Logs)
            {
                foreach (var path in Paths.Keys)
                    cells.Add(role, log, path);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Each_cell_is_as_the_table_says(string account, string log, string path)
    {
        var cell = await filled.Of(account, log);

        (await Paths[path](cell)).Should().Be(Sees[account].Contains(log));
    }

    internal sealed record Cell(TestApp App, string Account, HttpClient Client, Guid Session, Filed Report, string Title)
    {
        public async Task<string> Text(string path)
        {
            using var answer = await Client.GetAsync(path);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "";
        }

        /// <summary>There, or not there; nothing else may be answered to who is signed in.</summary>
        public async Task<bool> Is(string path)
        {
            using var answer = await Client.GetAsync(path);
            if (Account == Nobody)
                answer.StatusCode.Should().BeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Unauthorized);
            else
                answer.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
            return answer.StatusCode == HttpStatusCode.OK;
        }

        public async Task<bool> IsOpen(string path)
        {
            using var answer = await Client.GetAsync(path);
            return answer.StatusCode == HttpStatusCode.OK;
        }

        public int Version()
        {
            using var db = App.Db();
            return db.Reports.AsNoTracking().Single(report => report.Id == Report.Id).Version;
        }
    }

    /// <summary>One product with a report with a file in each log, and everybody signed in once.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private readonly TestApp _app = TestApp.Start();
        private readonly Dictionary<string, Filed> _reports = [];
        private readonly Dictionary<string, (HttpClient Client, Guid Session)> _callers = [];

        public async Task InitializeAsync()
        {
            await Post("officer.ps3", ("PS1", 0, null), ("PS2", 0, null));
            await Post("officer.ps4", ("PS1", -2, -1), ("PS2", 1, null));
            foreach (var log in Logs)
            {
                var sent = A.ReportFor(_app, log == "CITY" ? "PS1" : log, TitleOf(log));
                if (log == "CITY")
                {
                    sent.Remove("latitude");
                    sent.Remove("longitude");
                }

                var filed = _reports[log] = await Filed.In(_app, sent, [AFile.Photo(), AFile.Video(EvidenceKind.Mp4, new byte[64])]);
                using var db = _app.Db();
                db.Reports.AsNoTracking().Single(report => report.Id == filed.Id).Log.Should().Be(log);
            }

            using var desk = await _app.SignedIn("hq");
            foreach (var report in _reports.Values)
                await Eventually.Shows(desk, report.Id.ToString());
        }

        public async Task DisposeAsync()
        {
            foreach (var (client, _) in _callers.Values)
                client.Dispose();
            await _app.DisposeAsync();
        }

        internal async Task<Cell> Of(string account, string log)
        {
            if (!_callers.TryGetValue(account, out var caller))
            {
                _callers[account] = caller = account == Nobody ? (_app.Anonymous(), Guid.Empty) : (await _app.SignedIn(account), SessionOf(account));
                // A circuit's page was asked for before.
                using var page = await caller.Client.GetAsync("/api/session");
            }

            return new Cell(_app, account, caller.Client, caller.Session, _reports[log], TitleOf(log));
        }

        private static string TitleOf(string log) => $"Of the matrix in {log}";

        private Guid SessionOf(string account)
        {
            using var db = _app.Db();
            var officer = _app.IdOf(account);
            return db.Sessions.AsNoTracking().Where(session => session.OfficerId == officer).OrderByDescending(session => session.OpenedAt).First().Id;
        }

        private Task<bool> Post(string account, params (string Log, int FromHours, int? UntilHours)[] duties) => _app.Writer().Run(unit =>
        {
            var officer = _app.IdOf(account);
            unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(duty => duty.OfficerId == officer));
            foreach (var (log, from, until) in duties)
            {
                unit.Db.Duties.Add(new Posting(
                    Guid.NewGuid(), officer, log, DutyRole.Officer, unit.Now.AddHours(from), until is { } end ? unit.Now.AddHours(end) : null));
            }

            unit.Db.Officers.Single(one => one.Id == officer).DutiesChanged();
            return true;
        });
    }
}
