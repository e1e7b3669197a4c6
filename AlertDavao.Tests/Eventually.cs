namespace AlertDavao.Tests;

/// <summary>Waits for a state, never for a time: asks again until it holds, and fails with words when it does not in time.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    /// <returns>The first value read that is as awaited.</returns>
    public static async Task<T> Reads<T>(Func<Task<T>> read, Func<T, bool> isThere, string what, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (isThere(value))
                return value;
            if (TimeProvider.System.GetElapsedTime(since) > patience)
                throw new TimeoutException($"Not within {patience.TotalSeconds} s: {what}.");
            await Task.Delay(Between, TimeProvider.System);
        }
    }

    public static Task Holds(Func<bool> condition, string what) => Reads(() => Task.FromResult(condition()), holds => holds, what);

    /// <summary>The page at an address once it contains a text: what is stored reaches the boards a moment after its answer.</summary>
    public static Task<string> Shows(HttpClient client, string text, string address = "/")
        => Reads(() => client.GetStringAsync(address), page => page.Contains(text, StringComparison.Ordinal), $"{address} shows \"{text}\"");
}
