using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertDavao.Tests;

/// <summary>One running product for the tests of a collection, with everything it logs from Information up.</summary>
public sealed class LoggedApp : IDisposable
{
    private static readonly Dictionary<string, string> Talkative = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Information",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Information",
    };

    public LoggedApp()
        : this(null)
    {
    }

    private LoggedApp(Action<IServiceCollection>? services)
    {
        App = TestApp.Start(Talkative, all =>
        {
            all.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
            services?.Invoke(all);
        });
        OtherKey = App.NewIntakeKey("other");
        RevokedKey = App.NewIntakeKey("revoked", isRevoked: true);
        KeyToRevoke = App.NewIntakeKey("to-revoke");
        Client = App.Intake();
    }

    public TestApp App { get; }

    public CapturedLog Log { get; } = new();

    /// <summary>An intake client with the demo's key.</summary>
    public HttpClient Client { get; }

    /// <summary>The key of a client that is not the demo.</summary>
    public string OtherKey { get; }

    public string RevokedKey { get; }

    /// <summary>For the one test that revokes it.</summary>
    public string KeyToRevoke { get; }

    public static LoggedApp With(Action<IServiceCollection> services) => new(services);

    /// <summary>The report with this title as it is stored; fails when there is not exactly one.</summary>
    public Report Stored(string title)
    {
        using var db = App.Db();
        return db.Reports.AsNoTracking().Include(report => report.Events).Single(report => report.Title == title);
    }

    /// <summary>How much is stored: reports, entries and idempotent answers.</summary>
    public (int Reports, int Entries, int Answers) Counts()
    {
        using var db = App.Db();
        return (db.Reports.Count(), db.StationEntries.Count(), db.IdempotentAnswers.Count());
    }

    public void Dispose()
    {
        Client.Dispose();
        App.Dispose();
        Log.Dispose();
    }
}
