using AlertDavao.Dashboard.Limits;
using Microsoft.AspNetCore.Components.Server;

namespace AlertDavao.Dashboard.Shell;

/// <summary>What the framework is told so that thousands of screens fit on one server; each line measured by bench.</summary>
internal static class ManyScreens
{
    public static void AddManyScreens(this WebApplicationBuilder builder)
    {
        KeptProtectors.Use(builder.Services);
        // When a switch fails all screens drop at once. The framework would keep a hundred of their circuits and let the rest
        // load their pages anew; how many one session may have is HubGuard's matter.
        builder.Services.AddOptions<CircuitOptions>().Configure<LimitOptions>((circuits, limits) =>
            circuits.DisconnectedCircuitMaxRetained = limits.CircuitsPerNode > 0 ? limits.CircuitsPerNode : int.MaxValue);
        // With this category on, the hub makes an activity with its tags for every call of every page. What goes wrong in a
        // circuit is said by the circuit itself.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
    }
}
