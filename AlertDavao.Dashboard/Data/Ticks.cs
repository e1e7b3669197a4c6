namespace AlertDavao.Dashboard.Data;

/// <summary>What is done again and again until the program stops.</summary>
internal static class Ticks
{
    /// <summary>Acts once every period, the first time when one has passed, and ends without a fault when the program stops.</summary>
    /// <param name="act">What it throws ends it.</param>
    public static async Task Every(this TimeProvider time, TimeSpan period, Action act, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                act();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The program stops.
        }
    }
}
