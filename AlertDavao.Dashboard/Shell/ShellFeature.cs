using AlertDavao.Dashboard.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using MudBlazor.Services;

namespace AlertDavao.Dashboard.Shell;

internal static class ShellFeature
{
    /// <summary>Where the product listens when nobody says where.</summary>
    private const string DefaultAddress = "http://localhost:5080";

    /// <summary>A page notices a half-open connection within ten seconds: the server speaks this often.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A page that says nothing speaks every 15 s (start.js). That the server notices later than the page harms nobody: the
    /// page comes back with another connection, and what a dead one was told is read again by its cursor.
    /// </summary>
    private static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(35);

    /// <summary>Values of one field that a form may have: every barangay of the city can be chosen at once.</summary>
    private const int MostChosen = 256;

    public static void AddShell(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && string.IsNullOrEmpty(builder.Configuration["http_ports"]) && string.IsNullOrEmpty(builder.Configuration["https_ports"]))
            builder.WebHost.UseUrls(DefaultAddress);

        // The framework's lines about a request quote its path as it was decoded, line breaks and all: only who asks for them by name has them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddMudServices();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = answer => ForPrograms(answer.ProblemDetails));
        services.AddRazorComponents(options => options.MaxFormMappingCollectionSize = MostChosen).AddInteractiveServerComponents();
        services.Configure<HubOptions>(hub =>
        {
            hub.ClientTimeoutInterval = SilenceAllowed;
            hub.KeepAliveInterval = KeepAlive;
        });
        services.AddSingleton(typeof(HubConnectionHandler<>), typeof(QuietHub<>));
        services.AddSingleton<HubSockets>();
        services.AddHostedService(provider => provider.GetRequiredService<HubSockets>());
        services.AddSingleton<Draining>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Draining.Longest);
        services.AddSingleton<TouchedMemory>();
        services.AddHostedService(provider => provider.GetRequiredService<TouchedMemory>());
        services.AddHostedService<SocketTurns>();
        services.AddHealth();
        services.AddSingleton<PolicyViolations>();
        if (builder.Environment.IsDevelopment())
            services.AddApiDocument();
    }

    public static void UseShell(this WebApplication app)
    {
        Draining.Use(app);
        SecurityHeaders.Use(app);
        app.UseWhen(http => !IsPage(http), programs =>
        {
            programs.UseExceptionHandler();
            programs.UseStatusCodePages();
        });
        app.UseWhen(IsPage, pages =>
        {
            pages.UseExceptionHandler(ShellRoutes.Error);
            pages.UseStatusCodePagesWithReExecute(ShellRoutes.NotFound);
        });
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.UseSignInDoor();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseHubDoor();
        app.UseWhen(http => http.Request.Path.StartsWithSegments(HubDoor.Path), hub =>
        {
            hub.Use(RawUpgrade.Use);
            hub.UseWebSockets();
        });
        app.UseSessionLock();
        app.UseAntiforgery();
    }

    // The contract's two fields stand in every error, also in those that the framework answers.
    private static void ForPrograms(ProblemDetails problem)
    {
        problem.Extensions["success"] = false;
        problem.Extensions.TryAdd("message", problem.Title);
    }

    // Programs get a status and a problem document, people a page.
    private static bool IsPage(HttpContext http)
        => !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments(HubDoor.Path);

    public static void MapShell(this WebApplication app)
    {
        // A meter of requests has a line a route: of a file each that nobody reads.
        app.MapStaticAssets().AllowAnonymous().DisableHttpMetrics();
        ThemeStyles.Map(app);
        SecurityHeaders.Map(app);
        app.MapHealth();
        if (app.Environment.IsDevelopment())
            app.MapApiDocument();
        var sockets = app.Services.GetRequiredService<HubSockets>();
        // Compression of the socket costs 220 KiB and more a circuit; the policy guards the hub and its negotiate too.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options =>
            {
                options.DisableWebSocketCompression = true;
                // Said in the one policy of all answers.
                options.ContentSecurityFrameAncestorsPolicy = null;
            })
            .Add(endpoint =>
            {
                Close(endpoint);
                sockets.Take(endpoint);
            });
    }

    private static void Close(EndpointBuilder endpoint)
    {
        // A page that names a policy of its own means that one alone.
        if (!endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null))
            endpoint.Metadata.Add(new AuthorizeAttribute());
        // A page that was signed out says that its circuit may go, and has no session any more to say it with. It needs the
        // circuit's secret, and an origin of ours; all it does is to end the circuit.
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && path.Trim('/') == HubDoor.Disconnect.Trim('/'))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }
}
