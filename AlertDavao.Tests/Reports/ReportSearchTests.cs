using System.Globalization;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Reports;

/// <summary>The one query of the list against the same question asked of objects, and how the database answers it.</summary>
[Collection(ListTests.Name)]
public sealed class ReportSearchTests(ListApp app)
{
    private static readonly string[] Statuses = ["", "status=received", "status=resolved&status=invalid"];
    private static readonly string[] Severities = ["", "severity=critical", "severity=low&severity=medium"];
    private static readonly string[] Types = ["", "type=theft", "type=Loud+Karaoke"];
    private static readonly string[] Stations = ["", "station=PS3", "station=CITY"];
    private static readonly string[] Periods = ["", "period=7d", "from=2024-02-29&to=2024-02-29", "from=2026-01-01"];
    private static readonly string[] Texts = ["", "text=near+pawnsh", "text=10-a", "text=peñaf"];

    [Theory]
    [InlineData("hq")]
    [InlineData("officer.ps1")]
    [InlineData("officer.cyber")]
    public void RT_37_every_filter_alone_and_combined_equals_the_same_question_to_all_objects(string account)
    {
        var scope = app.ScopeOf(account);
        var everything = app.Everything().Where(report => scope.Sees(report.Log)).ToList();
        var found = 0;
        foreach (var query in Combinations())
        {
            var form = app.Read(query, scope);
            var expected = Ask(everything, form.Filter);

            var answer = app.Search.Next(form.Filter, null, scope, 5000).Select(row => row.Id).ToList();

            answer.Should().Equal(expected, $"{account} asks for ?{query}");
            app.Search.Run(form.Filter, ListPosition.First, scope).Count.Should().Be(Math.Min(expected.Count, SearchReports.CountUpTo), $"{account} asks for ?{query}");
            found += expected.Count > 0 ? 1 : 0;
        }

        found.Should().BeGreaterThan(20, "the questions have answers");
    }

    [Fact]
    public void A_period_is_of_whole_Manila_days()
    {
        var titles = app.Search.Next(app.Read("from=2024-02-29&to=2024-02-29", app.ScopeOf("hq")).Filter, null, app.ScopeOf("hq"), 100).Select(row => row.Title);

        titles.Should().Equal("Midnight 2", "Midnight 1");
    }

    [Fact]
    public void No_question_sorts_the_reports_or_walks_all_of_them_unordered()
    {
        var scopes = new string[]?[] { null, ["PS1"], ["PS1", "PS2", "PS3"] };
        using var db = app.App.Db();
        db.Database.OpenConnection();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var plans = 0;
        foreach (var logs in scopes)
        {
            foreach (var query in Combinations())
            {
                var filter = app.Read(query, app.ScopeOf("hq")).Filter;
                foreach (var from in new ListAnchor?[] { null, new ListAnchor(1_700_000_000_000, 5) })
                {
                    foreach (var isBackwards in new[] { false, true })
                    {
                        var plan = Plan(connection, ReportQuery.Page(filter, logs, TimeProvider.System.GetUtcNow(), from, isBackwards, 51));

                        plan.Should().NotContain("TEMP B-TREE", query).And.NotMatchRegex(@"SCAN Reports(?! USING INDEX IX_Reports_ReceivedAt)", query);
                        if (logs is not null && !plan.Contains("ReportSearch", StringComparison.Ordinal) && filter.Barangay is null)
                            plan.Should().Contain("(Log=?", query).And.NotContain("SCAN Reports", query);
                        plans++;
                    }
                }
            }
        }

        plans.Should().BeGreaterThan(1000);
    }

    [Theory]
    [InlineData("", "IX_Reports_ReceivedAt")]
    [InlineData("status=received", "IX_Reports_Status_ReceivedAt (Status=?)")]
    [InlineData("severity=critical", "IX_Reports_Severity_ReceivedAt (Severity=?)")]
    [InlineData("station=PS1&status=received", "IX_Reports_Log_Status_ReceivedAt (Log=? AND Status=?)")]
    [InlineData("station=PS1&period=7d", "IX_Reports_Log_ReceivedAt (Log=? AND ReceivedAt>?)")]
    [InlineData("barangay=1130700143", "IX_Reports_BarangayPsgc_ReceivedAt (BarangayPsgc=?)")]
    [InlineData("text=pawnshop", "sqlite_autoindex_Reports_1 (Id=?)")]
    public void Each_question_is_driven_by_its_own_index(string query, string index)
    {
        using var db = app.App.Db();
        db.Database.OpenConnection();

        var plan = Plan(
            (SqliteConnection)db.Database.GetDbConnection(),
            ReportQuery.Page(app.Read(query, app.ScopeOf("hq")).Filter, null, TimeProvider.System.GetUtcNow(), null, false, 51));

        plan.Should().Contain(index);
    }

    [Fact]
    public void A_search_that_takes_too_long_is_given_up_and_leaves_no_trace()
    {
        var hasty = new SearchReports(app.The<IDbContextFactory<Dashboard.Data.AlertDavaoDb>>(), app.City, new ListLimits(TimeSpan.Zero, 10), TimeProvider.System);

        var search = () => hasty.Run(app.Read("type=!!", app.ScopeOf("hq")).Filter, ListPosition.First, app.ScopeOf("hq"));

        search.Should().Throw<ReadingTookTooLong>();
        app.Run("text=near").Count.Should().BeGreaterThan(0, "the same connection serves the next reader");
    }

    private static string Plan(SqliteConnection connection, ReportQuery query)
    {
        using var command = query.On(connection, null);
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        using var lines = command.ExecuteReader();
        var plan = new List<string>();
        while (lines.Read())
            plan.Add(lines.GetString(3));
        return string.Join('\n', plan);
    }

    /// <summary>Every pair of fields, and a part of what has more.</summary>
    private IEnumerable<string> Combinations()
    {
        var barangay = app.City.Barangays.Values.Where(one => one.StationCode == "PS1").OrderBy(one => one.Psgc).First().Psgc;
        return from status in Statuses
               from severity in Severities
               from type in Types
               from place in Stations.Append($"barangay={barangay}")
               from period in Periods
               from text in Texts
               let parts = new[] { status, severity, type, place, period, text }.Where(part => part.Length > 0).ToList()
               let query = string.Join('&', parts)
               where parts.Count <= 2 || query.Length % 17 == 0
               select query;
    }

    /// <summary>The question in plain C#: newest first, a search in the order of arrival.</summary>
    private List<Guid> Ask(IReadOnlyList<Report> reports, ReportFilter filter)
    {
        var (from, until) = filter.Period.Bounds(TimeProvider.System.GetUtcNow());
        var matching = reports.Index().Where(at => Matches(at.Item));
        return [.. (filter.Words is null && (filter.Type is null || from is not null)
            ? matching.OrderByDescending(at => at.Item.ReceivedAt.ToUnixTimeMilliseconds()).ThenByDescending(at => at.Index)
            : matching.OrderByDescending(at => at.Index)).Select(at => at.Item.Id)];

        bool Matches(Report report)
            => (filter.Statuses.IsEmpty || filter.Statuses.Contains(report.Status))
                && (filter.Severities.IsEmpty || filter.Severities.Contains(report.Severity))
                && (filter.Type is null || report.CrimeTypes.Contains(filter.Type, StringComparer.OrdinalIgnoreCase))
                && (filter.Barangay is null || report.BarangayPsgc == filter.Barangay)
                && (filter.Station is null || report.Log == filter.Station)
                && (from is null || report.ReceivedAt >= from) && (until is null || report.ReceivedAt < until)
                && (filter.Text is null || filter.Text.Split(' ').All(word => Says(report, word)));
    }

    // A word of a person is one or more words of the search, the last of which may go on.
    private bool Says(Report report, string word)
    {
        var barangay = report.BarangayPsgc is { } psgc ? app.City.Barangays[psgc].Name : "";
        var said = new[] { report.TrackingCode, report.Title, string.Join(' ', report.CrimeTypes), report.Description, report.Address ?? "", $"{barangay} {report.BarangayHint}" };
        return said.Any(text => Plain(text).Contains(Plain(word), StringComparison.Ordinal));

        static string Plain(string text)
        {
            var bare = text.Normalize(System.Text.NormalizationForm.FormD).Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark);
            return " " + string.Concat(bare.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')).Trim();
        }
    }
}
