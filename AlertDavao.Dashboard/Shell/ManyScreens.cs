namespace AlertDavao.Dashboard.Shell;

/// <summary>What the framework is told so that thousands of screens fit on one server; each line measured by bench.</summary>
internal static class ManyScreens
{
    private const string ArraysKept = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";

    /// <summary>
    /// The shared pool keeps 32 arrays of a size and a core, and every screen borrows some for as long as it is open: past a
    /// few dozen screens each draw made new ones. Before anything borrows: the pool reads it once, from the environment alone.
    /// </summary>
    public static void KeepArrays()
    {
        if (Environment.GetEnvironmentVariable(ArraysKept) is null)
            Environment.SetEnvironmentVariable(ArraysKept, "2048");
    }

    public static void AddManyScreens(this WebApplicationBuilder builder)
    {
        KeptProtectors.Use(builder.Services);
        // With this category on, the hub makes an activity with its tags for every call of every page. What goes wrong in a
        // circuit is said by the circuit itself.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
    }
}
