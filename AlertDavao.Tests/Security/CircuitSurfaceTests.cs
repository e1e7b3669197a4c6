using System.Reflection;
using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace AlertDavao.Tests.Security;

/// <summary>A18: everything a page can call on the server through its socket, as it was reviewed.</summary>
public sealed class CircuitSurfaceTests
{
    // All pass HubGuard; what they do is the framework's own.
    private static readonly string[] HubMethods =
    [
        "StartCircuit", "UpdateRootComponents", "ConnectCircuit", "ResumeCircuit", "PauseCircuit", "BeginInvokeDotNetFromJS", "EndInvokeJSFromDotNet",
        "ReceiveByteArray", "ReceiveJSDataChunk", "SendDotNetStreamToJS", "OnRenderCompleted", "OnLocationChanged", "OnLocationChanging",
    ];

    [Fact]
    public void A18_the_hub_has_the_reviewed_methods_and_no_other()
    {
        var hub = typeof(Circuit).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!;

        hub.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.GetBaseDefinition().DeclaringType == hub)
            .Select(method => method.Name)
            .Should().BeEquivalentTo(HubMethods);
    }

    [Fact]
    public void A18_nothing_of_ours_is_called_by_scripts()
        => Invokable(typeof(LiveBus).Assembly).Should().BeEmpty();

    // What is static is called by its name alone, with no object of a circuit in hand.
    [Fact]
    public void A18_no_part_of_the_product_has_anything_that_any_page_can_call_by_name()
    {
        var all = Loaded().SelectMany(Invokable).ToList();

        all.Should().Contain(method => method.Name == "DispatchEventAsync", "the framework's own, which needs its object, is found");
        all.Where(method => method.IsStatic).Should().BeEmpty();
    }

    private static IEnumerable<MethodInfo> Invokable(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(JSInvokableAttribute), inherit: false));

    // Ours and everything it is built from, loaded or not yet.
    private static IEnumerable<Assembly> Loaded()
    {
        var seen = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Queue<Assembly>([typeof(LiveBus).Assembly]);
        while (open.TryDequeue(out var assembly))
        {
            if (!seen.TryAdd(assembly.FullName!, assembly))
                continue;
            foreach (var name in assembly.GetReferencedAssemblies())
                open.Enqueue(Assembly.Load(name));
        }

        return seen.Values.Where(assembly => assembly.GetReferencedAssemblies().Any(name => name.Name == "Microsoft.JSInterop") || assembly == typeof(IJSRuntime).Assembly);
    }
}
