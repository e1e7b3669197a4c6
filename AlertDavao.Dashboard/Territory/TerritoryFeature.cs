using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Reports;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertDavao.Dashboard.Territory;

/// <summary>Which station serves which ground: planned, rehearsed and published by the city desk.</summary>
internal static class TerritoryFeature
{
    public const string Page = ShellRoutes.Plan;
    public const string Said = "said";
    public const string Rehearse = "rehearse";
    public const string Moved = "moved";

    public const string Clear = Page + "/clear";
    public const string Publish = Page + "/publish";
    public const string Reroute = Page + "/reroute";

    /// <summary>What the page is told of an act that went well.</summary>
    public const string Done = "done";

    public const string Published = "published";

    private const string Busy = "busy";

    public static string RemoveOf(Guid step) => $"{Page}/steps/{step}/remove";

    public static void AddTerritory(this IServiceCollection services)
    {
        services.AddSingleton<AddPlanStep>();
        services.AddSingleton<RemovePlanSteps>();
        services.AddSingleton<PublishPlan>();
        services.AddSingleton<ReadPlan>();
        services.AddSingleton<RehearsePlan>();
    }

    public static void MapTerritory(this IEndpointRouteBuilder app)
    {
        app.MapPost(Page + "/steps/{step:guid}/remove", (HttpContext http, Guid step, IAntiforgery antiforgery, RemovePlanSteps remove)
            => Run(http, antiforgery, async (actor, _) => await remove.Run(actor, step) ? (Said, Done) : null));
        app.MapPost(Clear, (HttpContext http, IAntiforgery antiforgery, RemovePlanSteps remove)
            => Run(http, antiforgery, async (actor, _) => await remove.Run(actor, null) ? (Said, Done) : null));
        app.MapPost(Publish, (HttpContext http, IAntiforgery antiforgery, PublishPlan publish) => Run(http, antiforgery, async (actor, form)
            => await publish.Run(actor, form["plan"].ToString()) is { } outcome ? (Said, outcome.Fault ?? Published) : null));
        app.MapPost(Reroute, (HttpContext http, IAntiforgery antiforgery, RerouteReports reroute) => Run(http, antiforgery, async (actor, form)
            => await reroute.Run(actor, form["held"] == "true") is { } count ? (Moved, count.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static Task<IResult> Run(HttpContext http, IAntiforgery antiforgery, Func<Guid, IFormCollection, Task<(string, string)?>> act)
        => ActorForm.Run(http, antiforgery, (Said, Busy), act, (said, _) => said is var (name, value)
            ? Results.LocalRedirect($"{Page}{new QueryBuilder { { name, value } }}")
            : Results.NotFound());

    /// <summary>What the page says of an act; null for nothing that it knows.</summary>
    public static (string Words, bool IsGood)? WordsOf(string? said) => said switch
    {
        Done => (TerritoryTexts.Done, true),
        Published => (TerritoryTexts.PublishedNow, true),
        Busy => (TerritoryTexts.Busy, false),
        { } rule when PlanWords.OfRule(rule) is { } words => (words, false),
        _ => null,
    };
}
