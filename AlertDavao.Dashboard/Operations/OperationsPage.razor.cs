using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Operations;

public sealed partial class OperationsPage
{
    private bool _isAllowed;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    protected override void OnInitialized()
        => _isAllowed = AccountClaims.OfficerOf(Http.User) is { } officer && Scopes.Of(officer).IsCityDesk;
}
