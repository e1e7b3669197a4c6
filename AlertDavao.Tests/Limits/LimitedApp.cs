namespace AlertDavao.Tests.Limits;

/// <summary>A product with small limits behind a proxy on this machine, so that each test comes from an address of its own.</summary>
public sealed class LimitedApp : IDisposable
{
    public const int PerKey = 5;
    public const int PerAddress = 8;
    public const int SignIns = 3;

    private readonly Queue<string> _keys = new();

    public LimitedApp()
    {
        App = TestApp.Start(new()
        {
            ["Limits:IntakePerKeyPerMinute"] = $"{PerKey}",
            ["Limits:IntakePerAddressPerMinute"] = $"{PerAddress}",
            ["Limits:SignInsPerAddressPerMinute"] = $"{SignIns}",
            ["Security:KnownProxies"] = "127.0.0.0/8,::1",
        });
        for (var client = 0; client < 6; client++)
            _keys.Enqueue(App.NewIntakeKey($"client-{client}"));
    }

    public TestApp App { get; }

    /// <summary>The key of a client that has sent nothing yet.</summary>
    public string NewKey() => _keys.Dequeue();

    /// <summary>A client at an address, as the proxy forwards it.</summary>
    public HttpClient At(string address, string? key = null)
    {
        var client = key is null ? App.Anonymous() : App.Intake(key);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    public void Dispose() => App.Dispose();
}
