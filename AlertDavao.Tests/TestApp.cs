using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Demo;
using AlertDavao.Dashboard.Intake;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AlertDavao.Tests;

/// <summary>
/// The whole product on Kestrel and a SQLite file of its own, in Development with demo accounts and without the replay.
/// Everything is real but what a test replaces through <paramref name="services"/>.
/// </summary>
public sealed partial class TestApp(Dictionary<string, string>? settings = null, Action<IServiceCollection>? services = null, string? storage = null)
    : WebApplicationFactory<Program>
{
    public const string Password = DemoOptions.DefaultPassword;

    private readonly ConditionalWeakTable<HttpClient, CookieContainer> _cookies = [];
    private readonly string _storage = storage ?? Directory.CreateTempSubdirectory("alertdavao-test-").FullName;
    private readonly bool _isOwner = storage is null;
    private bool _isTemplate;

    /// <summary>Where it listens.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    public string Storage => _storage;

    private Dictionary<string, string>? Settings => settings;

    /// <summary>Builds, migrates, seeds and listens.</summary>
    public static TestApp Start(Dictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var app = new TestApp(settings, services);
        // Creating the store and hashing the demo's passwords takes seconds: what every test starts with is made once.
        if (settings?.Keys.Any(ChangesTheStore) != true)
            StoreTemplate.CopyTo(app._storage);
        app.UseKestrel();
        app.StartServer();
        return app;
    }

    /// <summary>Stops a product and starts it again on what it had stored, at another port. What is stored belongs to the first one.</summary>
    internal static TestApp Again(TestApp first)
    {
        first.Stop();
        var again = new TestApp(first.Settings, storage: first.Storage);
        again.UseKestrel();
        again.StartServer();
        return again;
    }

    /// <summary>Stops the product and waits until its folder is free: the program gives it back a moment after its host has stopped.</summary>
    internal void Stop()
    {
        Services.GetRequiredService<IHost>().StopAsync().GetAwaiter().GetResult();
        SpinWait.SpinUntil(IsFree, Eventually.Patience).Should().BeTrue("nobody serves from the folder any more");

        bool IsFree()
        {
            try
            {
                File.Open(Path.Combine(Storage, "running.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None).Dispose();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>Starts once on an empty store and leaves it behind.</summary>
    /// <returns>The folder of the store; nobody uses it any more.</returns>
    internal static string MakeStore()
    {
        var app = new TestApp { _isTemplate = true };
        using (app)
        {
            app.UseKestrel();
            app.StartServer();
        }

        return app._storage;
    }

    /// <summary>A client of the intake with the demo's key.</summary>
    public HttpClient Intake(string key = DemoOptions.DefaultIntakeKey)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A client with cookies that does not follow redirects; nobody is signed in.</summary>
    public HttpClient Anonymous()
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address };
        _cookies.Add(client, cookies);
        return client;
    }

    /// <summary>What a client of <see cref="Anonymous"/> would send now, as a Cookie header.</summary>
    public string CookiesOf(HttpClient client) => _cookies.GetValue(client, _ => new CookieContainer()).GetCookieHeader(Address);

    /// <summary>A client that went through the sign-in form.</summary>
    /// <param name="account">The part before the @, e.g. <c>officer.ps1</c>.</param>
    public async Task<HttpClient> SignedIn(string account, string password = Password)
    {
        var client = Anonymous();
        var answer = await SignIn(client, account, password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "the demo account may sign in");
        return client;
    }

    /// <summary>Sends the sign-in form as a browser does.</summary>
    public static async Task<HttpResponseMessage> SignIn(HttpClient client, string account, string password, string address = "/account/login")
    {
        var form = await client.GetStringAsync(address);
        var fields = HiddenFieldsOf(form);
        fields["Input.Email"] = account.Contains('@', StringComparison.Ordinal) ? account : DemoSeed.Email(account);
        fields["Input.Password"] = password;
        return await client.PostAsync(address, new FormUrlEncodedContent(fields));
    }

    /// <summary>What a page's forms carry besides what a person fills in.</summary>
    public static Dictionary<string, string> HiddenFieldsOf(string page)
        => HiddenFields().Matches(page).DistinctBy(field => field.Groups["name"].Value)
            .ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));

    internal AlertDavaoDb Db() => Services.GetRequiredService<IDbContextFactory<AlertDavaoDb>>().CreateDbContext();

    internal Writer Writer() => Services.GetRequiredService<Writer>();

    /// <summary>The key of a new intake client that is not the demo's. Keys are read again only every few seconds: make it first.</summary>
    internal string NewIntakeKey(string name, bool isRevoked = false)
    {
        var key = $"{name}-{Guid.NewGuid():N}";
        var now = TimeProvider.System.GetUtcNow();
        using var db = Db();
        db.IntakeClients.Add(new IntakeClient
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            KeyHash = IntakeKeys.Hash(key),
            CreatedAt = now,
            RevokedAt = isRevoked ? now : null,
        });
        db.SaveChanges();
        return key;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        // Any free port, said before it is built: UseKestrel(0) says it afterwards, while the program may already be listening.
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseSetting("Storage:Path", _storage);
        builder.UseSetting("Demo:ReplayPerMinute", "0");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        // All of a collection's officers sign in from one address, and some tests send more than a client's minute.
        foreach (var limit in new[] { "IntakePerKey", "IntakePerAddress", "SignInsPerAddress" })
            builder.UseSetting($"Limits:{limit}PerMinute", "0");
        // What waits is told again after a quarter of a minute, and sounds every few seconds: only where that is what a test is about.
        foreach (var severity in Enum.GetNames<AlertDavao.Domain.Reports.Severity>())
        {
            builder.UseSetting($"Escalation:{severity}Seconds:0", "0");
            builder.UseSetting($"Alerts:{severity}RepeatSeconds", "0");
        }

        foreach (var (key, value) in settings ?? [])
            builder.UseSetting(key, value);
        if (services is not null)
            builder.ConfigureServices(services);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        SqliteConnection.ClearAllPools();
        if (_isOwner && !_isTemplate)
            SpinWait.SpinUntil(IsGone, Eventually.Patience).Should().BeTrue("nothing of the product still writes into its folder");
    }

    // Another test that ends in this moment may still be closing connections of this one's: the pools are the process's.
    private bool IsGone()
    {
        try
        {
            if (Directory.Exists(_storage))
                Directory.Delete(_storage, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool ChangesTheStore(string setting)
        => new[] { "Demo:", "Database:", "Storage:", "environment" }.Any(start => setting.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" */?>""")]
    private static partial Regex HiddenFields();
}
