using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AlertDavao.Tests.Data;

/// <summary>Reports that come in are written past EF, and lie in the database as if EF had written them.</summary>
public sealed class ArrivalTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 14, 2, 11, 345, TimeSpan.FromHours(8));
    private static readonly Type[] Written =
        [typeof(Report), typeof(ReportEvent), typeof(Evidence), typeof(StationEntry), typeof(ReportOriginal), typeof(IdempotentAnswer)];

    private readonly CommitWatch _commits = new();
    private readonly Store _store;
    private readonly Guid _client = Guid.CreateVersion7();

    public ArrivalTests()
    {
        _store = new Store(_commits);
        using var db = _store.CreateDbContext();
        db.IntakeClients.Add(new IntakeClient { Id = _client, Name = "client", KeyHash = [1, 2, 3], CreatedAt = At });
        db.SaveChanges();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_column_of_every_table_holds_what_EF_would_have_written_by_value_and_by_type(bool isFull)
    {
        var byEf = new Store();
        try
        {
            using (var db = byEf.CreateDbContext())
            {
                db.IntakeClients.Add(new IntakeClient { Id = _client, Name = "client", KeyHash = [1, 2, 3], CreatedAt = At });
                db.SaveChanges();
            }

            var (report, original, answer) = An(isFull);
            await _store.Writer.Run(unit => unit.Arrivals.Arrive(report, At, original, answer));
            await byEf.Writer.Run(unit =>
            {
                var past = new WriteUnit(unit.Db, At);
                past.Db.ReportOriginals.Add(original);
                past.Db.IdempotentAnswers.Add(answer);
                return past.Arrive(report);
            });

            foreach (var table in Tables().Append("ReportSearch").Append("StationLogs"))
                Raw(_store, table).Should().Equal(Raw(byEf, table), $"{table} is the same").And.NotBeEmpty();
        }
        finally
        {
            byEf.Dispose();
        }
    }

    [Fact]
    public void Every_column_of_the_tables_an_arrival_writes_is_in_the_model()
    {
        using var db = _store.CreateDbContext();
        foreach (var entity in Written.Select(type => db.Model.FindEntityType(type)!))
        {
            var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
            Columns(_store, table.Name).Should().BeEquivalentTo(entity.GetProperties().Select(property => property.GetColumnName(table)));
        }
    }

    [Fact]
    public async Task An_arrival_that_breaks_a_constraint_undoes_nothing_of_its_neighbours_and_takes_no_number()
    {
        using var gate = await Gate.Close(_store.Writer);
        var units = new[] { "DVO-SAME", "DVO-SAME", "DVO-OTHER" }.Select(code => Arrive(code)).ToArray();
        gate.Open();

        (await units[0]).Should().Be(1);
        await units[1].Invoking(task => task).Should().ThrowAsync<SqliteException>();
        (await units[2]).Should().Be(2);
        Raw(_store, "ReportOriginals").Should().HaveCount(2);
        Raw(_store, "StationEntries").Should().HaveCount(2);
    }

    [Fact]
    public async Task An_arrival_that_is_run_together_with_others_and_breaks_a_constraint_undoes_nothing_of_theirs_either()
    {
        using var gate = await Gate.Close(_store.Writer);
        var before = Together("DVO-BEFORE");
        var first = Together("DVO-SAME");
        var second = Together("DVO-SAME");
        var tracked = _store.Store1("by EF");
        var after = Together("DVO-AFTER");
        gate.Open();

        await second.Invoking(task => task).Should().ThrowAsync<SqliteException>();
        (await Task.WhenAll(before, first, tracked, after)).Should().Equal(1, 2, 3, 4);
        Raw(_store, "ReportOriginals").Should().HaveCount(3);
        Raw(_store, "StationEntries").Should().HaveCount(4);
        Found().Should().BeEquivalentTo("DVO-BEFORE", "DVO-SAME", "DVO-AFTER", "by EF");
    }

    [Fact]
    public async Task Whatever_came_in_is_in_the_search_with_its_commit_under_its_own_number_and_follows_its_report()
    {
        await Together("DVO-ONE");
        Found().Should().Equal("DVO-ONE");
        await _store.Store1("two");
        await this.Awaiting(_ => Together("DVO-ONE")).Should().ThrowAsync<SqliteException>();
        await Arrive("DVO-THREE");
        Found().Should().Equal("DVO-ONE", "two", "DVO-THREE");

        // Filed and changed in one transaction, and changed later.
        await _store.Writer.Run(unit =>
        {
            unit.Arrive(Store.NewReport(unit, "four", "PS1"));
            unit.Db.SaveChanges();
            return unit.Db.Database.ExecuteSql($"UPDATE Reports SET Title = 'changed' WHERE Title = 'four'");
        });
        await _store.Writer.Run(unit => unit.Db.Database.ExecuteSql($"UPDATE Reports SET Title = 'second' WHERE Title = 'two'"));

        Found().Should().Equal("DVO-ONE", "second", "DVO-THREE", "changed");
    }

    [Fact]
    public async Task Of_a_flood_all_is_in_the_search_when_the_last_that_waited_is_written()
    {
        using var gate = await Gate.Close(_store.Writer);
        var all = Enumerable.Range(1, 700).Select(number => Together($"DVO-{number}")).ToList();
        gate.Open();

        await Task.WhenAll(all);

        Found().Should().Equal(Enumerable.Range(1, 700).Select(number => $"DVO-{number}"));
    }

    [Fact]
    public async Task A_filing_takes_up_everything_behind_the_last_that_is_filed()
    {
        foreach (var code in new[] { "DVO-1", "DVO-2", "DVO-3" })
            await Together(code);
        using var db = _store.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("DELETE FROM ReportSearch WHERE rowid > 1");
        Found().Should().Equal("DVO-1");

        SearchIndex.Fill(db);

        Found().Should().Equal("DVO-1", "DVO-2", "DVO-3");
    }

    [Fact]
    public async Task Whichever_of_its_columns_are_null_a_row_is_written_as_it_is()
    {
        (string Name, object Value)[] optional =
        [
            (nameof(Report.Address), "Purok 5"), (nameof(Report.BarangayHint), "there"), (nameof(Report.Latitude), 7.5), (nameof(Report.Longitude), 125.5),
            (nameof(Report.ClaimedBy), _client), (nameof(Report.ClaimedAt), At.ToUniversalTime()),
        ];
        var written = await _store.Writer.Run(unit =>
        {
            using var statements = new Statements((SqliteConnection)unit.Db.Database.GetDbConnection(), Statement.Step);
            var insert = new PreparedInsert<Report>(unit.Db, statements);
            var reports = Enumerable.Range(0, 1 << optional.Length).Concat([0, 63, 21]).Select((mask, at) =>
            {
                var report = Store.NewReport(unit, $"DVO-{at}", "PS1");
                for (var bit = 0; bit < optional.Length; bit++)
                    typeof(Report).GetProperty(optional[bit].Name)!.SetValue(report, (mask & 1 << bit) == 0 ? null : optional[bit].Value);
                insert.Run(report);
                return report;
            }).ToList();
            return reports;
        });

        using var db = _store.CreateDbContext();
        var stored = db.Reports.AsNoTracking().ToDictionary(report => report.Id);
        stored.Should().HaveCount(67);
        foreach (var report in written)
        {
            foreach (var (name, _) in optional)
                typeof(Report).GetProperty(name)!.GetValue(stored[report.Id]).Should().Be(typeof(Report).GetProperty(name)!.GetValue(report), name);
        }
    }

    [Fact]
    public async Task After_a_group_that_could_not_be_committed_the_next_arrival_takes_its_number()
    {
        _commits.BeforeCommit = () => throw new IOException("disk full");
        await this.Awaiting(_ => Arrive("DVO-LOST")).Should().ThrowAsync<WriteFailed>();
        _commits.BeforeCommit = () => { };

        (await Arrive("DVO-NEXT")).Should().Be(1);
        (await Arrive("DVO-AFTER")).Should().Be(2);
    }

    [Fact]
    public async Task An_arrival_and_what_EF_tracks_in_the_same_group_are_both_stored()
    {
        using var gate = await Gate.Close(_store.Writer);
        var arrived = Arrive("DVO-FAST");
        var tracked = _store.Store1("by EF");
        var another = Arrive("DVO-FASTER");
        gate.Open();

        (await Task.WhenAll(arrived, tracked, another)).Should().Equal(1, 2, 3);
        Raw(_store, "Reports").Should().HaveCount(3);
    }

    [Fact]
    public async Task A_client_is_in_force_until_it_is_revoked_and_its_answers_are_found_by_their_key_alone()
    {
        var (report, original, answer) = An(isFull: true);
        await _store.Writer.Run(unit => unit.Arrivals.Arrive(report, At, original, answer));

        (await _store.Writer.Run(unit => unit.Arrivals.IsInForce(_client))).Should().BeTrue();
        (await _store.Writer.Run(unit => unit.Arrivals.IsInForce(Guid.NewGuid()))).Should().BeFalse();
        var earlier = await _store.Writer.Run(unit => unit.Arrivals.Earlier(_client, answer.Key));
        earlier.Should().BeEquivalentTo(new EarlierAnswer(answer.RequestHash, report.Id, answer.Answer));
        (await _store.Writer.Run(unit => unit.Arrivals.Earlier(_client, answer.Key + " "))).Should().BeNull();
        (await _store.Writer.Run(unit => unit.Arrivals.Earlier(Guid.NewGuid(), answer.Key))).Should().BeNull();

        await _store.Writer.Run(unit => unit.Db.IntakeClients.ExecuteUpdate(set => set.SetProperty(client => client.RevokedAt, At)));
        (await _store.Writer.Run(unit => unit.Arrivals.IsInForce(_client))).Should().BeFalse();
    }

    public void Dispose() => _store.Dispose();

    private Task<long> Arrive(string code) => _store.Writer.Run(unit => Arrive(unit, code));

    private Task<long> Together(string code) => _store.Writer.RunRepeatable(unit => Arrive(unit, code));

    private static long Arrive(WriteUnit unit, string code)
    {
        var report = Store.NewReport(unit, code, "PS1", code);
        return unit.Arrivals.Arrive(report, unit.Now, new ReportOriginal { ReportId = report.Id, Fields = "{}", Sha256 = [1] }, null);
    }

    /// <summary>The titles of what the search finds, in its order, each through the full-text index and under its report's number.</summary>
    private List<string> Found()
    {
        using var db = _store.CreateDbContext();
        return db.Database.SqlQuery<string>(
            $"""
            SELECT Reports.Title AS Value FROM ReportSearch JOIN Reports ON Reports.rowid = ReportSearch.rowid AND Reports.Id = ReportSearch.ReportId
            WHERE ReportSearch MATCH 'theft' AND ReportSearch.Title = Reports.Title ORDER BY ReportSearch.rowid
            """).ToList();
    }

    /// <param name="isFull">Whether everything optional is there; else nothing is.</param>
    private (Report Report, ReportOriginal Original, IdempotentAnswer Answer) An(bool isFull)
    {
        var submission = new Submission
        {
            Title = "Título \"quoted\" \U0001F6A8",
            CrimeTypes = isFull ? ["Robbery", "Threats", "free 'text'"] : ["Theft"],
            Description = "Line\nline",
            OccurredAt = At.AddYears(-2),
            Latitude = isFull ? 7.0739269 : null,
            Longitude = isFull ? 125.0 : null,
            Address = isFull ? "Purok 5" : null,
            BarangayHint = isFull ? "Somewhere else" : null,
            IsAnonymous = isFull,
            Source = ReportSource.App,
        };
        using var db = _store.CreateDbContext();
        var barangay = isFull ? db.Barangays.AsNoTracking().First() : null;
        var report = Report.Submit(
                Guid.Parse("01a212ec-0cc6-70ec-b411-097292a99ec1"), "DVO-0000-0001", submission, new Route("PS1", RouteRule.Boundary, barangay, "test"), At)
            .SentBy(_client, isFull ? [0, 255, 7] : null)
            .With(isFull ? [AFile(0, "name.jpg"), AFile(1, null)] : [AFile(0, null)]);
        if (isFull)
        {
            report.Acknowledge(_client, At);
            report.Claim(_client, At);
        }

        return (report,
            new ReportOriginal { ReportId = report.Id, Fields = "{\"title\":\"T\"}", Sha256 = [4, 5] },
            new IdempotentAnswer { ClientId = _client, Key = "a key", RequestHash = [6], ReportId = report.Id, Answer = [7, 8], At = At });
    }

    private static Evidence AFile(int position, string? name)
        => new(new Guid(position, 7, 7, new byte[8]), position, EvidenceKind.Jpeg, 1234, [9, 10]) { FileName = name, Width = name is null ? null : 640, Height = name is null ? null : 480 };

    private IEnumerable<string> Tables()
    {
        using var db = _store.CreateDbContext();
        return [.. Written.Select(type => db.Model.FindEntityType(type)!.GetTableName()!)];
    }

    private static List<string> Columns(Store store, string table)
    {
        using var db = store.CreateDbContext();
        return [.. db.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table})")];
    }

    /// <summary>Each row as SQLite itself writes values down: a text, a blob, a real and an integer look different.</summary>
    private static List<string> Raw(Store store, string table)
    {
        var line = string.Join(" || ' | ' || ", Columns(store, table).Select(name => $"'{name}=' || quote(\"{name}\")"));
        using var db = store.CreateDbContext();
        db.Database.OpenConnection();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT {line} FROM \"{table}\" ORDER BY 1";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
