using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Domain.Officers;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Accounts;

public sealed partial class AccountPage
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    /// <summary>What the officer serves as now, a line each.</summary>
    private IReadOnlyList<string> Duties { get; set; } = [];

    protected override void OnInitialized()
    {
        if (AccountClaims.OfficerOf(Http.User) is not { } officer)
            return;

        var scope = Scopes.Of(officer);
        Duties = scope.IsCityDesk
            ? [AccountTexts.CityDesk]
            : [.. scope.Logs.Select(log => string.Format(
                CultureInfo.CurrentCulture,
                scope.RoleAt(log) == DutyRole.StationAdmin ? AccountTexts.AdminAt : AccountTexts.OfficerAt,
                City.Stations[log].Name))];
    }
}
