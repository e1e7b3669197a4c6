using System.Collections.Immutable;
using System.Security.Claims;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Board;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Limits;
using AlertDavao.Dashboard.Live;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Domain.Log;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using AlertDavao.Tests.Board;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Posting = AlertDavao.Domain.Officers.Duty;

namespace AlertDavao.Tests.Live;

/// <summary>
/// The live path without a web server: a SQLite file, the one writer, bus, tails, scopes and feeds, all the product's own.
/// Nothing rings by itself; <see cref="StartFanOut"/> starts the worker and its sweeps.
/// </summary>
internal sealed class House : IAsyncDisposable
{
    private const string Stamp = "stamp";

    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-house-").FullName;
    private readonly string _connection;
    private readonly ServiceProvider _services;
    private readonly CommandCount _commands = new();
    private FanOut? _fanOut;
    private SessionWatch? _watch;
    private int _codes;

    private House(TimeProvider time, IInterceptor[] interceptors)
    {
        Time = time;
        _connection = Template.CopyTo(_folder);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddDbContextFactory<AlertDavaoDb>(options => options.UseSqlite(_connection).AddInterceptors([new SqlitePragmas(), _commands, .. interceptors]));
        services.AddSingleton<Stepper>(Statement.Step);
        services.AddSingleton<Writer>();
        services.AddSingleton(provider => CityBook.Read(provider.GetRequiredService<IDbContextFactory<AlertDavaoDb>>()));
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<OfficerNotices>();
        services.AddSingleton(new SessionOptions(TimeSpan.FromMinutes(30)));
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<Callers>();
        services.AddSingleton(new LimitOptions(0, 0, 0));
        services.AddSingleton<EndSessions>();
        services.AddHostedService<SessionWatch>();
        services.AddMeters();
        services.AddBoard(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
    }

    public TimeProvider Time { get; }

    public CommandCount Database => _commands;

    public LiveBus Bus => Get<LiveBus>();

    public StationTails Tails => Get<StationTails>();

    public TailReader Reader => Get<TailReader>();

    public ScopeDirectory Scopes => Get<ScopeDirectory>();

    public CityBook City => Get<CityBook>();

    public Writer Writer => Get<Writer>();

    public static async Task<House> Open(TimeProvider? time = null, params IInterceptor[] interceptors)
    {
        var house = new House(time ?? TimeProvider.System, interceptors);
        await house.Writer.StartAsync(CancellationToken.None);
        return house;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public AlertDavaoDb Db() => Get<IDbContextFactory<AlertDavaoDb>>().CreateDbContext();

    public IServiceScope Circuit() => _services.CreateScope();

    public async Task StartFanOut()
    {
        _fanOut = _services.GetServices<IHostedService>().OfType<FanOut>().Single();
        await _fanOut.StartAsync(CancellationToken.None);
        await StartSessionWatch();
    }

    /// <summary>The sweep of the sessions alone.</summary>
    public async Task StartSessionWatch()
    {
        _watch = _services.GetServices<IHostedService>().OfType<SessionWatch>().Single();
        await _watch.StartAsync(CancellationToken.None);
    }

    /// <summary>A session of the officer, as the claims that a request or a circuit comes with.</summary>
    public ClaimsPrincipal SignIn(Guid officer)
    {
        var key = SessionCookie.NewKey();
        using (var db = Db())
        {
            if (!db.Users.Any(account => account.Id == officer))
                db.Users.Add(new Account { Id = officer, UserName = $"{officer}", SecurityStamp = Stamp });
            var now = Time.GetUtcNow();
            db.Sessions.Add(new OfficerSession
            {
                Id = Guid.CreateVersion7(now),
                OfficerId = officer,
                KeyHash = SessionDirectory.Hash(key),
                Stamp = Stamp,
                Label = "A test",
                OpenedAt = now,
                LastSeenAt = now,
                LastInputAt = now,
                EndsAt = now + OfficerSession.Longest,
            });
            db.SaveChanges();
        }

        return Get<SessionDirectory>().Find(key)!;
    }

    /// <summary>The new picture of a log when its worker has taken one ring, without the worker.</summary>
    public BoardPicture Advance(string log)
    {
        Tails.Advance(log);
        return Tails.Of(Rows.Scope(log));
    }

    public Task<Guid> Officer(params string[] logs) => Writer.Run(unit =>
    {
        var officer = new Officer(Guid.NewGuid(), "R. Santos");
        unit.Db.Officers.Add(officer);
        foreach (var log in logs)
            unit.Db.Duties.Add(new Posting(Guid.NewGuid(), officer.Id, log, Rows.RoleAt(log), unit.Now, null));
        return officer.Id;
    });

    /// <summary>Ends every duty of the officer and begins new ones; says nothing to anybody.</summary>
    public Task Post(Guid officer, params string[] logs) => Writer.Run(unit =>
    {
        unit.Db.Officers.Single(o => o.Id == officer).DutiesChanged();
        unit.Db.Duties.RemoveRange(unit.Db.Duties.Where(duty => duty.OfficerId == officer));
        foreach (var log in logs)
            unit.Db.Duties.Add(new Posting(Guid.NewGuid(), officer, log, Rows.RoleAt(log), unit.Now, null));
        return true;
    });

    /// <summary>Commits a report and rings nobody.</summary>
    public Task<Guid> Commit(string log, string type = "Others", string title = "A report", ReportStatus status = ReportStatus.Received)
        => Writer.Run(unit => Arrive(unit, log, type, title, status));

    /// <summary>Commits many in one unit, a second apart, the last one now.</summary>
    public Task CommitMany(string log, int count, string type = "Others", ReportStatus status = ReportStatus.Received) => Writer.Run(unit =>
    {
        for (var at = count - 1; at >= 0; at--)
        {
            Arrive(new WriteUnit(unit.Db, unit.Now.AddSeconds(-at)), log, type, "One of many", status);
            unit.Db.SaveChanges();
            unit.Db.ChangeTracker.Clear();
        }

        return true;
    });

    /// <summary>Lets the domain change a report and writes its entry; rings nobody.</summary>
    public Task Change(Guid id, Action<Report, DateTimeOffset> change) => Writer.Run(unit => Changed(unit, id, change));

    public static bool Changed(WriteUnit unit, Guid id, Action<Report, DateTimeOffset> change)
    {
        var report = unit.Db.Reports.Single(r => r.Id == id);
        change(report, unit.Now);
        unit.Append(report, EntryKind.Changed);
        return true;
    }

    public Task Transfer(Guid id, string to) => Writer.Run(unit => Transferred(unit, id, to));

    /// <summary>What a transfer leaves behind: Left in the old log, Arrived in the new one, the report in the new log.</summary>
    public static bool Transferred(WriteUnit unit, Guid id, string to)
    {
        var report = unit.Db.Reports.AsNoTracking().Single(r => r.Id == id);
        unit.Append(report, EntryKind.Left);
        var number = unit.Db.Database
            .SqlQuery<long>($"UPDATE StationLogs SET LastNumber = LastNumber + 1 WHERE Code = {to} RETURNING LastNumber AS Value")
            .AsEnumerable()
            .Single();
        unit.Db.StationEntries.Add(new StationEntry(to, number, id, report.Version + 1, EntryKind.Arrived, unit.Now));
        unit.Db.Reports.Where(r => r.Id == id).ExecuteUpdate(set => set
            .SetProperty(r => r.Log, to)
            .SetProperty(r => r.LogNumber, number)
            .SetProperty(r => r.Version, r => r.Version + 1));
        return true;
    }

    public ImmutableArray<Guid> ReportsOf(string log)
    {
        using var db = Db();
        return [.. db.Reports.Where(report => report.Log == log).Select(report => report.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_fanOut is not null)
            await _fanOut.StopAsync(CancellationToken.None);
        if (_watch is not null)
            await _watch.StopAsync(CancellationToken.None);
        await Writer.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        using (var pool = new SqliteConnection(_connection))
            SqliteConnection.ClearPool(pool);
        Directory.Delete(_folder, recursive: true);
    }

    public Guid Arrive(WriteUnit unit, string log, string type, string title, ReportStatus status)
    {
        var submission = new Submission { Title = title, CrimeTypes = [type], Description = "As told.", OccurredAt = unit.Now };
        var code = $"DVO-{Interlocked.Increment(ref _codes):D8}";
        var report = Report.Submit(Guid.CreateVersion7(unit.Now), code, submission, new Route(log, RouteRule.NoPlace, null, "v1"), unit.Now);
        if (status != ReportStatus.Received)
            report.Move(status, Guid.NewGuid(), "because", unit.Now);
        unit.Arrive(report);
        return report.Id;
    }
}
