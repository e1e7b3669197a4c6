using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Data.Seed;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertDavao.Tests.Data;

/// <summary>A migrated and seeded SQLite file with the product's own pragmas and a running writer.</summary>
internal sealed class Store : IDbContextFactory<AlertDavaoDb>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertdavao-store-").FullName;
    private readonly DbContextOptions<AlertDavaoDb> _options;
    private readonly ServiceProvider _services;

    public Store(params IInterceptor[] interceptors)
    {
        _options = new DbContextOptionsBuilder<AlertDavaoDb>()
            .UseSqlite($"Data Source={Database};Default Timeout=5")
            .AddInterceptors([new SqlitePragmas(), .. interceptors])
            .Options;
        using var db = CreateDbContext();
        db.Database.Migrate();
        CitySeed.Fill(db);
        var services = new ServiceCollection();
        services.AddMeters();
        _services = services.BuildServiceProvider();
        Writer = new Writer(this, Statement.Step, Meter, TimeProvider.System, NullLogger<Writer>.Instance);
        Writer.StartAsync(CancellationToken.None);
    }

    /// <summary>The database's own file.</summary>
    public string Database => Path.Combine(_folder, "store.db");

    public Writer Writer { get; }

    public ProductMeter Meter => _services.GetRequiredService<ProductMeter>();

    public AlertDavaoDb CreateDbContext() => new(_options);

    /// <summary>Stores one report in a log.</summary>
    /// <returns>Its number.</returns>
    public Task<long> Store1(string title, string log = "PS1", string? code = null)
        => Writer.Run(unit => unit.Arrive(NewReport(unit, title, log, code)));

    public static Report NewReport(WriteUnit unit, string title, string log, string? code = null)
    {
        var submission = new Submission { Title = title, CrimeTypes = ["Theft"], Description = "Text.", OccurredAt = unit.Now };
        return Report.Submit(
            Guid.CreateVersion7(), code ?? $"DVO-{Guid.NewGuid():N}", submission, new Route(log, RouteRule.Boundary, null, "test"), unit.Now);
    }

    public List<string> Titles()
    {
        using var db = CreateDbContext();
        return db.Reports.Select(report => report.Title).ToList();
    }

    public void Dispose()
    {
        Writer.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        Writer.Dispose();
        _services.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Keeps the writer busy with one unit until it is opened, so that a test decides what waits behind it.</summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _entered = new();

    private Gate() { }

    public Task Unit { get; private set; } = Task.CompletedTask;

    public static async Task<Gate> Close(Writer writer)
    {
        var gate = new Gate();
        gate.Unit = writer.Run(_ =>
        {
            gate._entered.SetResult();
            return gate._open.Wait(TimeSpan.FromMinutes(1));
        });
        await gate._entered.Task;
        return gate;
    }

    public void Open() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }
}
