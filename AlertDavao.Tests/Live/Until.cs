using System.Diagnostics;

namespace AlertDavao.Tests.Live;

/// <summary>Waits for a state, never for a time: the bound only says when a test has failed.</summary>
internal static class Until
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(2);

    public static async Task True(Func<bool> state, string because)
    {
        var since = Stopwatch.GetTimestamp();
        while (!state())
        {
            if (Stopwatch.GetElapsedTime(since) > Bound)
                throw new TimeoutException($"It never came to be that {because}.");
            await Task.Delay(Between, TimeProvider.System);
        }
    }

    /// <summary>Awaits a task that would hang where the code is wrong.</summary>
    public static Task<T> Done<T>(ValueTask<T> task) => task.AsTask().WaitAsync(Bound, TimeProvider.System);
}
