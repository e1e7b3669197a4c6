namespace AlertDavao.Dashboard.Data;

/// <summary>For what begins when the program listens.</summary>
internal static class HostStart
{
    /// <summary>Ends when the program listens, or is to stop before it does.</summary>
    /// <returns>Whether it listens.</returns>
    public static async Task<bool> Started(this IHostApplicationLifetime life, CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return started.Task.IsCompletedSuccessfully;
    }
}
