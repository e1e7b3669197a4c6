using System.Runtime;

namespace AlertDavao.Bench.Measure;

/// <summary>
/// While it counts, the generator collects no garbage, as far as its memory reaches: whatever it stands still would be measured as
/// the server's latency. Dispose to let it collect again.
/// </summary>
internal sealed class NoPauses : IDisposable
{
    // Of the workstation's collector; more than a load of half a minute allocates.
    private const long Budget = 2L << 30;

    private NoPauses()
    {
    }

    public static NoPauses Begin()
    {
        try
        {
            GC.TryStartNoGCRegion(Budget);
        }
        catch (ArgumentOutOfRangeException)
        {
            // This machine's memory is smaller: it collects as ever, and the figure says so.
        }

        return new NoPauses();
    }

    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }
}
