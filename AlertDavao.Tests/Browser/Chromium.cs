using System.Diagnostics;
using Microsoft.Playwright;

namespace AlertDavao.Tests.Browser;

/// <summary>
/// The one browser of a row of browser tests: the one ALERTDAVAO_CHROMIUM names, else one the system has, else one that is
/// installed here and now. The shell without windows comes first: it is the same browser, and spends less on each page.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Variable = "ALERTDAVAO_CHROMIUM";

    // Nothing here is a time to wait: only when to give up on a slow machine.
    private const float GiveUpAfter = 30_000;

    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"];

    private static readonly string[] Quiet =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    // Two that install at once are in each other's way.
    private static readonly SemaphoreSlim One = new(1);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(GiveUpAfter);
        _playwright = await Playwright.CreateAsync();
        var path = await FindOrInstall(_playwright);
        string[] sandbox = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = [.. Quiet, .. sandbox] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static async Task<string> FindOrInstall(IPlaywright playwright)
    {
        await One.WaitAsync();
        try
        {
            return Find() ?? await Install(playwright);
        }
        finally
        {
            One.Release();
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names {named}, which does not exist.");

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return (from folder in path.Concat(Folders)
                from name in Names
                let file = Path.Combine(folder, name)
                where File.Exists(file)
                select file).FirstOrDefault();
    }

    private static async Task<string> Install(IPlaywright playwright)
    {
        if (Environment.UserName == "root" && File.Exists("/usr/bin/apt-get")
            && await Ran("apt-get", "update") && await Ran("apt-get", "install", "-y", "chromium-headless-shell") && Find() is { } installed)
            return installed;

        foreach (var options in new[] { new[] { "--with-deps" }, [] })
        {
            if (Microsoft.Playwright.Program.Main(["install", .. options, "chromium"]) == 0 && File.Exists(playwright.Chromium.ExecutablePath))
                return playwright.Chromium.ExecutablePath;
        }

        throw new InvalidOperationException(
            $"The browser tests need Chromium: none was found and none could be installed. Install it, or name one in {Variable}.");
    }

    private static async Task<bool> Ran(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}

/// <summary>
/// Browser tests stand in two rows, each with a browser of its own: most of their time they wait for a page, and meanwhile the
/// other row has the processor.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Browsers : ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}

/// <summary>The other row: what takes about as long together.</summary>
[CollectionDefinition(Name)]
public sealed class OtherBrowsers : ICollectionFixture<Chromium>
{
    public const string Name = "Other browser";
}
