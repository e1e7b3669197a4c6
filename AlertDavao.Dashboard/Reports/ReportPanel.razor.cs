using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class ReportPanel
{
    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private ReadReport Read { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    private ReportView? View { get; set; }

    protected override void OnParametersSet()
    {
        // Nothing of a report stays in the browser when the page is left: Back asks again.
        Http.Response.Headers.CacheControl = "no-cache, no-store";
        Look();
        if (View is not null)
            return;

        // The page itself says so beside the live board. Said any earlier, the framework would leave the page empty.
        Http.Response.OnStarting(() =>
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // Again after a call-back: it stands on the timeline.
    private void Look() => View = AccountClaims.OfficerOf(Http.User) is { } officer ? Read.Run(Id, Scopes.Of(officer)) : null;
}
